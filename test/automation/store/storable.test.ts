/** The last line in front of PostgreSQL: no text can make a write fail. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { verifyChain } from '../../../automation/audit/verify.ts'
import { appendAudit } from '../../../automation/store/identity/audit.ts'
import { createPool, type Pool } from '../../../automation/store/postgres/database.ts'
import { jsonText } from '../../../automation/store/postgres/json.ts'
import { isStorable } from '../../../contract/text/storable.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { hostileJson, hostileText, hostileTexts } from '../../fixtures/hostile-text.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'automation', 'store')

/**
 * Files that write JSON into text columns or files: PostgreSQL takes any escape there, and a
 * state has to be exported as it was.
 */
const notJsonColumns = [
  'postgres/embedded-roles.ts',
  'postgres/embedded.ts',
  'postgres/json.ts',
  'postgres/sealer.ts',
  'stacks/stack-history.ts',
  'stacks/stack-journal.ts',
  'stacks/stack-rows.ts'
]

suite('what PostgreSQL is given', () => {
  let server: TestServer
  let pool: Pool
  before(async () => {
    server = await startDatabase()
    const { url } = await server.database()
    pool = createPool(url, { max: 2, name: 'test' })
  })
  after(async () => {
    await pool.end()
    await server.close()
  })

  test('is taken, as text, in lists, as JSON, in every form of a query', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileJson, async (text, value) => {
        const { rows: [row] } = await pool.query<
          { one: string, all: string[], json: unknown, given: unknown }
        >(
          'SELECT $1::text AS one, $2::text[] AS all, $3::jsonb AS json, $4::jsonb AS given',
          [text, [text, 'x'], jsonText(value), { [text]: value }]
        )
        assert.ok(row && isStorable(row.one))
        assert.deepEqual(row.all, [row.one, 'x'])
        const named = await pool.query<{ one: string }>({
          name: 'one',
          text: 'SELECT $1::text AS one',
          values: [text]
        })
        assert.equal(named.rows[0]?.one, row.one)
      }),
      { numRuns: 60 }
    )
  })

  test('is hashed in the audit log as it is stored', async () => {
    for (const text of hostileTexts) {
      await appendAudit(pool, {
        action: 'test',
        outcome: 'done',
        actor: { subject: text, name: text, kind: 'person' },
        target: { kind: 'service', id: text, federation: text },
        reason: text,
        after: { [text]: [text] }
      })
    }
    const { valid, entries } = await verifyChain(pool, AbortSignal.timeout(10_000))
    assert.deepEqual([valid, entries], [true, hostileTexts.length])
  })

  test('is written as JSON by one function', async () => {
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'))
    const others: string[] = []
    for (const file of files) {
      if ((await readFile(join(folder, file), 'utf8')).includes('JSON.stringify(')) others.push(file)
    }
    assert.deepEqual(others.sort(), notJsonColumns)
  })
})
