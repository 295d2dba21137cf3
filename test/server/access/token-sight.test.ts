/** Tokens that a credential lists and revokes: those that it could have made. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { everywhere, holds, tokenActor, type Principal, type StoredToken } from '../../../automation/index.ts'
import { type Grant, type Token } from '../../../contract/access.ts'
import { type Problem } from '../../../contract/problem.ts'
import { operations } from '../../../contract/words.ts'
import { nobody } from '../../../server/access/caller.ts'
import { maySeeToken } from '../../../server/access/tokens.ts'
import { startGuarded } from '../../fixtures/server/guarded.ts'

const problem = (body: unknown) => body as Problem
const corp = (name: string): Principal['actor'] => ({ subject: `corp:${name}`, name, kind: 'person' })
const within = (grant: Partial<Grant>, role: Grant['role'] = 'operator'): Grant => ({
  ...everywhere(role),
  ...grant
})

/** Fields of a token that decide nothing. */
const token = {
  id: 'that',
  name: 'that',
  bootstrap: false,
  createdBy: corp('bob'),
  createdAt: '',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null
}

test('a credential sees the tokens that it could have made, and no others', () => {
  const [nautilus, early] = [{ federations: ['nautilus'] }, { phases: { from: 1, to: 3 } }]
  const stored = (grants: Grant[], person = 'corp:bob', maker = person): StoredToken => ({
    ...token,
    person,
    maker,
    vouched: person === maker,
    grants
  })
  const by = (actor: Principal['actor'], ...grants: Grant[]): Principal => ({ actor, groups: [], grants })
  const bobs = tokenActor({ id: 'own', name: 'own', maker: 'corp:bob', person: 'corp:bob', vouched: true })
  const cases: [string, Principal, StoredToken, boolean][] = [
    ['a person, their own', by(corp('bob'), within({})), stored([within(nautilus)]), true],
    ['a person, their own, beyond them', by(corp('bob'), within(nautilus)), stored([within({})]), false],
    [
      'a person, their own, of another role',
      by(corp('bob'), within({})),
      stored([everywhere('admin')]),
      false
    ],
    ['a person without grants', by(corp('bob')), stored([within({})]), false],
    ['a person, of another', by(corp('eve'), within({})), stored([within(nautilus)]), false],
    [
      'a person, a token they gave away',
      by(corp('eve'), within({})),
      stored([within({})], 'corp:bob', 'corp:eve'),
      false
    ],
    ['an admin, of another', by(corp('eve'), everywhere('admin')), stored([within({})]), true],
    [
      'an admin of the federation',
      by(corp('eve'), within({ federations: ['naut*'] }, 'admin')),
      stored([within(nautilus)]),
      true
    ],
    [
      'an admin of another federation',
      by(corp('eve'), within({ federations: ['orion'] }, 'admin')),
      stored([within(nautilus)]),
      false
    ],
    ['an admin of some phases', by(corp('eve'), within(early, 'admin')), stored([within({})]), false],
    ['a viewer token of an admin', by(bobs, everywhere('viewer')), stored([everywhere('admin')]), false],
    [
      'a viewer token, another viewer token',
      by(bobs, everywhere('viewer')),
      stored([everywhere('viewer')]),
      false
    ],
    ['an admin token', by(bobs, everywhere('admin')), stored([everywhere('admin')]), true],
    [
      'a token, itself',
      by({ ...bobs, subject: 'token:that' }, everywhere('viewer')),
      stored([everywhere('viewer')]),
      true
    ],
    ['a job', by({ ...corp('bob'), kind: 'job' }, everywhere('admin')), stored([within({})]), false],
    ['nobody', by(nobody.actor), stored([within({})]), false]
  ]
  for (const [what, principal, other, sees] of cases) {
    assert.equal(maySeeToken(principal, other), sees, what)
  }
})

test('no credential sees a token whose grants go beyond its own', () => {
  const grants = fc.array(
    fc.record({
      role: fc.constantFrom('viewer', 'operator', 'approver', 'admin'),
      federations: fc.subarray(['nautilus', 'orion', 'naut*', '*'], { minLength: 1 }),
      phases: fc.record({ from: fc.constantFrom(1, 2), to: fc.constantFrom(3, 8) }),
      modes: fc.subarray(['rehearsal', 'live'] as Grant['modes'], { minLength: 1 }),
      operations: fc.subarray([...operations] as Grant['operations'], { minLength: 1 })
    }) as fc.Arbitrary<Grant>,
    { minLength: 1, maxLength: 3 }
  )
  fc.assert(
    fc.property(grants, grants, fc.constantFrom('person', 'token', 'local'), (own, others, kind) => {
      const actor = {
        ...corp('bob'),
        kind: kind as 'person',
        ...(kind === 'token' && { person: 'corp:bob' })
      }
      const sees = maySeeToken({ actor, groups: [], grants: own }, {
        ...token,
        maker: 'corp:bob',
        vouched: true,
        grants: others
      })
      assert.ok(!sees || others.every((grant) => holds(own, grant)))
    })
  )
})

test('a viewer token of an admin lists and revokes none but itself', async (context) => {
  const { call, admin, tokenOf } = await startGuarded(context)
  const viewer = await tokenOf(everywhere('viewer'))
  const listed = (await call('GET', '/v1/tokens', { headers: viewer })).body as { items: Token[] }
  assert.equal(listed.items.length, 1)
  const all = (await call('GET', '/v1/tokens', { headers: admin })).body as { items: Token[] }
  for (const { id, actsFor } of all.items) {
    assert.equal(actsFor, 'corp:alice')
    if (id === listed.items[0]?.id) continue
    const refused = await call('DELETE', `/v1/tokens/${id}`, { headers: viewer })
    assert.deepEqual([refused.status, problem(refused.body).code], [404, 'token-not-found'])
  }
  assert.equal(
    (await call('DELETE', `/v1/tokens/${listed.items[0]?.id ?? ''}`, { headers: viewer })).status,
    204
  )
  assert.equal((await call('GET', '/v1/tokens', { headers: viewer })).status, 401)
})
