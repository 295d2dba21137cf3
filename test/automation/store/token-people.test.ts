import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { everywhere } from '../../../automation/access/model.ts'
import { createAccessStore } from '../../../automation/access/store.ts'
import { inspectDatabase } from '../../../automation/store/postgres/inspection.ts'
import { migrate } from '../../../automation/store/postgres/migrate.ts'
import { type Actor, type Grant } from '../../../contract/access.ts'
import { operations } from '../../../contract/words.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const alice: Actor = { subject: 'corp:alice', name: 'alice', kind: 'person' }
const by = (token: string, person?: string): Actor => ({
  subject: `token:${token}`,
  name: token,
  kind: 'token',
  ...(person !== undefined && { person })
})

/**
 * Tokens as the version before kept them: id, the person they name, their maker; whom they count
 * for now.
 */
const old: [string, string | null, Actor, string | undefined][] = [
  ['first', null, { subject: 'windlass', name: 'the service', kind: 'local' }, 'local'],
  ['admin', 'alice', by('first'), 'local'],
  ['admins', 'alice', by('admin', 'alice'), 'local'],
  ['for-bob', 'bob', by('admin', 'alice'), undefined],
  ['of-bobs', 'bob', by('for-bob', 'bob'), undefined],
  ['back', 'alice', by('for-bob', 'bob'), undefined],
  ['signed-in', 'corp:alice', alice, 'corp:alice'],
  ['hers', 'corp:alice', by('signed-in', 'corp:alice'), 'corp:alice'],
  ['for-carol', 'corp:carol', alice, undefined],
  ['carols', 'corp:carol', by('for-carol', 'corp:carol'), undefined],
  // Its maker is gone with its row: nobody can tell whose that one was.
  ['orphan', 'corp:dave', by('gone', 'corp:dave'), undefined],
  ['of-first', 'eve', by('gone'), 'local'],
  ['at-home', 'somebody', { subject: 'local', name: 'local', kind: 'local' }, 'local']
]

suite('people of tokens in the store', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('tokens that may approve and act for nobody are told to whoever looks after the service', async () => {
    const { url, pool } = await server.database()
    const insert = async (id: string, grants: Grant[], more: string) => {
      await pool.query(
        `INSERT INTO windlass.tokens (
           id, hash, name, grants, bootstrap, created_by, maker, vouched, revoked_at, expires_at
         )
         VALUES ($1, $2, $1, $3, false, $4, 'corp:alice', ${more})`,
        [id, Buffer.from(id), JSON.stringify(grants), JSON.stringify(alice)]
      )
    }
    await insert('own', [everywhere('admin')], 'true, NULL, NULL')
    await insert('revoked', [everywhere('admin')], 'false, clock_timestamp(), NULL')
    await insert('expired', [everywhere('admin')], 'false, NULL, clock_timestamp()')
    await insert('deploys', [everywhere('viewer'), everywhere('operator')], 'false, NULL, NULL')
    assert.deepEqual((await inspectDatabase(url, ['approver', 'admin'])).voiceless, { names: [], count: 0 })
    await insert('approves', [everywhere('viewer'), everywhere('approver')], 'false, NULL, NULL')
    assert.deepEqual((await inspectDatabase(url, ['approver', 'admin'])).voiceless, {
      names: ['approves (approves)'],
      count: 1
    })
    for (let n = 0; n < 11; n++) await insert(`a${n}`, [everywhere('admin')], 'false, NULL, NULL')
    const { names, count } = (await inspectDatabase(url, ['approver', 'admin'])).voiceless
    assert.deepEqual([names.length, count], [10, 12])
  })

  test('tokens of before count for their makers, and those for somebody else for nobody', async () => {
    const { pool } = await server.database()
    await pool.query('ALTER TABLE windlass.tokens DROP COLUMN maker, DROP COLUMN vouched')
    await pool.query("DELETE FROM windlass.migrations WHERE name = '081_token_people.sql'")
    for (const [id, person, maker] of old) {
      await pool.query(
        `INSERT INTO windlass.tokens (id, hash, name, person, grants, bootstrap, created_by)
         VALUES ($1, $2, $1, $3, '[]', $4, $5)`,
        [id, Buffer.from(id), person, id === 'first', JSON.stringify(maker)]
      )
    }
    await pool.query(
      `INSERT INTO windlass.deployments (id, federation, operation, mode, place, status, request, source)
       VALUES ('d', 'nautilus', 'up', 'live', 'live', 'running', '{}', '')`
    )
    for (const [id, person] of old) {
      await pool.query(
        `INSERT INTO windlass.approvals (deployment, phase, decision, person, actor)
         VALUES ('d', $1, 'approved', $2, $3)`,
        [old.findIndex(([one]) => one === id), person ?? id, JSON.stringify(by(id, person ?? undefined))]
      )
    }
    await migrate(pool)
    const store = createAccessStore(pool)
    const { rows } = await pool.query<{ token: string }>(
      "SELECT substr(actor->>'subject', 7) AS token FROM windlass.approvals WHERE NOT past"
    )
    for (const [id, , , person] of old) {
      const { maker, vouched } = await store.token(id)
      assert.equal(vouched ? maker : undefined, person, id)
      assert.equal(rows.some(({ token }) => token === id), person !== undefined, `the approval of ${id}`)
    }
  })

  test('a bootstrap token is made unless a token is an admin of everything, in any words', async () => {
    const whole = everywhere('admin')
    const cases: [string, Grant[], boolean][] = [
      ['all of it', [whole], false],
      ['in another order', [{
        ...whole,
        operations: [...operations].reverse(),
        modes: ['live', 'rehearsal']
      }], false],
      ['in several grants', operations.map((one) => ({ ...whole, operations: [one] })), false],
      ['with more beside', [everywhere('viewer'), whole], false],
      ...operations.map((left): [string, Grant[], boolean] => [
        `without ${left}`,
        [{ ...whole, operations: operations.filter((one) => one !== left) }],
        true
      ]),
      ['of some federations', [{ ...whole, federations: ['a*', 'b*'] }], true],
      ['of some phases', [{ ...whole, phases: { from: 1, to: 7 } }], true],
      ['of a lesser role', [everywhere('operator'), everywhere('approver')], true]
    ]
    const { pool } = await server.database()
    const store = createAccessStore(pool)
    const never = new Date(Date.now() + 60_000).toISOString()
    for (const [what, grants, made] of cases) {
      await pool.query('DELETE FROM windlass.tokens')
      await store.createToken({ name: what, grants, createdBy: alice, expiresAt: null })
      assert.equal(await store.bootstrap(never, async () => undefined), made, what)
      if (!made) continue
      const ended = async () =>
        (await pool.query('SELECT FROM windlass.tokens WHERE bootstrap AND revoked_at IS NOT NULL')).rowCount
      // A lesser admin does not end it, an admin of everything does.
      await store.createToken({ name: what, grants, createdBy: alice, expiresAt: null })
      assert.equal(await ended(), 0, what)
      await store.createToken({ name: 'whole', grants: [whole], createdBy: alice, expiresAt: null })
      assert.equal(await ended(), 1, what)
    }
  })
})
