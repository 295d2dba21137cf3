import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { everywhere } from '../../../automation/access/model.ts'
import { createAccessStore } from '../../../automation/access/store.ts'
import { hashOf, mintToken } from '../../../automation/access/tokens.ts'
import { type Actor } from '../../../contract/access.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const alice: Actor = { subject: 'corp:alice', name: 'alice', kind: 'person' }
const hour = 3_600_000
const from = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()

suite('tokens and sessions in the store', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('a token is found by its text, which is not stored; its use is noted once a minute', async () => {
    const { pool } = await server.database()
    const store = createAccessStore(pool)
    const { token, secret } = await store.createToken({
      name: 'ci',
      person: 'corp:bob',
      grants: [everywhere('operator')],
      createdBy: alice,
      expiresAt: from(hour)
    })
    assert.deepEqual(await store.token(token.id), token)
    assert.deepEqual([token.lastUsedAt, token.revokedAt, token.createdBy, token.person], [
      null,
      null,
      alice,
      'corp:bob'
    ])
    assert.equal((await store.useToken(secret))?.id, token.id)
    const used = (await store.token(token.id)).lastUsedAt
    assert.ok(used)
    await store.useToken(secret)
    assert.equal((await store.token(token.id)).lastUsedAt, used)
    await pool.query("UPDATE windlass.tokens SET last_used_at = last_used_at - interval '61 seconds'")
    await store.useToken(secret)
    assert.ok(((await store.token(token.id)).lastUsedAt ?? '') >= used)
    const { rows } = await pool.query<{ row: string, hash: Buffer }>(
      'SELECT tokens::text AS row, hash FROM windlass.tokens'
    )
    assert.ok(!rows[0]?.row.includes(secret))
    assert.deepEqual(rows[0]?.hash, hashOf(secret))
    assert.equal(await store.useToken(mintToken()), undefined)
    assert.equal(await store.useToken(`${secret}x`), undefined)
    await assert.rejects(store.token('none'), { code: 'token-not-found', kind: 'not-found' })
  })

  test('an expired or revoked token is not noted as used, and stays as it was ended', async () => {
    const { pool } = await server.database()
    const store = createAccessStore(pool)
    const { token, secret } = await store.createToken({
      name: 'old',
      grants: [everywhere('viewer')],
      createdBy: alice,
      expiresAt: from(-1)
    })
    assert.equal((await store.useToken(secret))?.lastUsedAt, null)
    assert.equal((await store.token(token.id)).lastUsedAt, null)
    await store.revokeToken(token.id, alice)
    const { revokedAt } = await store.token(token.id)
    assert.ok(revokedAt)
    await store.revokeToken(token.id, alice)
    assert.equal((await store.token(token.id)).revokedAt, revokedAt)
  })

  test('lists go on after the last token had, and hold only what is wanted', async () => {
    const { pool } = await server.database()
    const store = createAccessStore(pool)
    for (let n = 0; n < 210; n++) {
      await store.createToken({
        name: String(n),
        grants: [everywhere('viewer')],
        createdBy: alice,
        expiresAt: null
      })
    }
    const wanted = ({ name }: { name: string }) => Number(name) % 70 === 69
    const first = await store.tokens({ limit: 2 }, wanted)
    assert.deepEqual(first.items.map(({ name }) => name), ['69', '139'])
    const second = await store.tokens({ limit: 2, after: first.next ?? '' }, wanted)
    assert.deepEqual([second.items.map(({ name }) => name), second.next], [['209'], undefined])
  })

  test('many processes make one bootstrap token, until another admin has one', async () => {
    const { pool } = await server.database()
    const store = createAccessStore(pool)
    const kept: string[] = []
    const made = await Promise.all([1, 2, 3].map(() =>
      store.bootstrap(from(hour), async (secret) => {
        kept.push(secret)
      })
    ))
    assert.deepEqual([made.filter(Boolean).length, kept.length], [1, 1])
    const bootstrap = await store.useToken(kept[0] ?? '')
    assert.deepEqual(bootstrap?.grants, [everywhere('admin')])
    await store.createToken({
      name: 'mere',
      grants: [everywhere('operator')],
      createdBy: alice,
      expiresAt: null
    })
    assert.equal((await store.token(bootstrap?.id ?? '')).revokedAt, null)
    const { token } = await store.createToken({
      name: 'admin',
      grants: [everywhere('admin')],
      createdBy: alice,
      expiresAt: null
    })
    assert.ok((await store.token(bootstrap?.id ?? '')).revokedAt)
    assert.equal(
      await store.bootstrap(from(hour), async () => {
        throw new Error('not asked')
      }),
      false
    )
    await store.revokeToken(token.id, alice)
    await assert.rejects(
      store.bootstrap(from(hour), async () => {
        throw new Error('the disk is full')
      }),
      /disk is full/
    )
    assert.equal(
      await store.bootstrap(from(hour), async () => undefined),
      true,
      'what could not be handed over does not count'
    )
  })

  test('sessions end: by time, idleness, signing out, and what they rest on is theirs', async () => {
    const { pool } = await server.database()
    const store = createAccessStore(pool)
    const claims = { sub: 'u1', groups: ['platform'] }
    const id = await store.createSession({ issuer: 'corp', claims }, from(hour), {
      actor: alice,
      origin: { address: '10.1.2.3', requestId: 'r1' }
    })
    assert.deepEqual((await store.useSession(id, 60))?.basis, { issuer: 'corp', claims })
    await pool.query("UPDATE windlass.sessions SET last_seen_at = now() - interval '2 minutes'")
    assert.equal(await store.useSession(id, 60), undefined)
    assert.ok(await store.useSession(id, 600))
    assert.ok(await store.useSession(id, 60), 'its use was noted')
    await store.deleteSession(id, { actor: alice })
    await store.deleteSession(id, { actor: alice })
    assert.equal(await store.useSession(id, 60), undefined)
    const { token } = await store.createToken({
      name: 'x',
      grants: [everywhere('viewer')],
      createdBy: alice,
      expiresAt: null
    })
    const ended = await store.createSession({ token: token.id }, from(-1))
    assert.equal(await store.useSession(ended, 60), undefined)
    await store.createSession({ token: token.id }, from(hour))
    const { rows } = await pool.query('SELECT hash FROM windlass.sessions')
    assert.equal(rows.length, 1, 'those that ended are forgotten')
    assert.ok(!JSON.stringify(rows).includes(id))
    const audit = (await pool.query<{ entry: string }>(
      "SELECT entry FROM windlass.audit WHERE action LIKE 'session.%' ORDER BY seq"
    )).rows.map(({ entry }) =>
      JSON.parse(entry) as {
        action: string
        actor?: Actor
        origin?: object
        target: { id: string }
        after?: { with: object }
      }
    )
    assert.deepEqual(
      audit.map(({ action, actor, origin, after }) => [action, actor?.subject, origin, after?.with]),
      [
        ['session.begun', 'corp:alice', { address: '10.1.2.3', requestId: 'r1' }, { issuer: 'corp' }],
        ['session.ended', 'corp:alice', undefined, undefined],
        ['session.begun', undefined, undefined, { token: token.id }],
        ['session.begun', undefined, undefined, { token: token.id }]
      ]
    )
    assert.equal(audit[0]?.target.id, audit[1]?.target.id)
    assert.ok(!JSON.stringify(audit).includes(id))
  })
})
