import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { callerOf } from '../../../automation/deployments/shares.ts'
import { queueHeads } from '../../../automation/store/deployments/queue-heads.ts'
import { createPool, type Pool } from '../../../automation/store/postgres/database.ts'
import { migrate } from '../../../automation/store/postgres/migrate.ts'
import { type Actor } from '../../../contract/access.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

interface Row {
  id: string
  mode: 'live' | 'rehearsal'
  federation: string
  world: string
  status: 'queued' | 'running' | 'waiting' | 'canceling' | 'succeeded'
  launchedBy: Actor
}

const people: readonly Actor[] = [
  { subject: 'corp:ann', name: 'Ann', kind: 'person' },
  { subject: 'token:1', name: 'one', kind: 'token', person: 'corp:ann' },
  { subject: 'corp:ben', name: 'Ben', kind: 'person' },
  { subject: 'github:job', name: 'job', kind: 'job' }
]
const anyRow: fc.Arbitrary<Omit<Row, 'id'>> = fc.record({
  mode: fc.constantFrom('rehearsal', 'rehearsal', 'rehearsal', 'live'),
  federation: fc.constantFrom('a', 'b', 'c'),
  world: fc.constantFrom(...Array.from({ length: 20 }, (_, n) => `w${n}`)),
  status: fc.constantFrom(
    'queued',
    'queued',
    'queued',
    'queued',
    'running',
    'waiting',
    'canceling',
    'succeeded'
  ),
  launchedBy: fc.constantFrom(...people)
})
const place = ({ mode, world }: Row) => mode === 'live' ? 'live' : `rehearsal:${world}`
const lane = (row: Row) => `${row.federation} ${place(row)}`
const share = (row: Row) => JSON.stringify([row.mode, row.federation])
const own = (row: Row) => JSON.stringify([row.mode, row.federation, callerOf(row.launchedBy)])
const bounds = { caller: 2, federation: 3 }

/** Counts rows by a key. */
function tally (rows: readonly Row[], key: (row: Row) => string): (row: Row) => number {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  return (row) => counts.get(key(row)) ?? 0
}

async function insert (pool: Pool, rows: readonly Row[]): Promise<void> {
  await pool.query('TRUNCATE windlass.deployments CASCADE')
  await pool.query(
    `INSERT INTO windlass.deployments (
       id, federation, operation, mode, world, place, status, request, source, launched_by
     )
     SELECT r->>'id', r->>'federation', 'up', r->>'mode', r->>'world', r->>'place', r->>'status', '{}', '',
       r->'launchedBy'
     FROM jsonb_array_elements($1) WITH ORDINALITY AS row(r, number)
     ORDER BY number`,
    [JSON.stringify(rows.map((row) => ({
      ...row,
      place: place(row),
      world: row.mode === 'live' ? null : row.world
    })))]
  )
}

suite('the queue', () => {
  let server: TestServer
  let pools: Pool[]
  before(async () => {
    server = await startDatabase()
    const { url } = await server.database()
    // Two processes: each asks for itself.
    pools = [createPool(url, { max: 1, name: 'one' }), createPool(url, { max: 1, name: 'other' })]
    if (pools[0]) await migrate(pools[0])
  })
  after(async () => {
    for (const pool of pools) await pool.end()
    await server.close()
  })

  test('begins live deployments, then each federation and caller by turns, within their shares', async () => {
    const [pool, other] = pools
    if (!pool || !other) assert.fail()
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 60 }), async (drafts) => {
        const rows = drafts.map((draft): Row => ({ ...draft, id: randomUUID() }))
        await insert(pool, rows)
        const chosen = (await queueHeads(pool, 100, bounds)).map(({ id }) =>
          rows.find((row) => row.id === id) ?? assert.fail()
        )
        assert.deepEqual(
          (await queueHeads(other, 100, bounds)).map(({ id }) => id),
          chosen.map(({ id }) => id)
        )
        const busy = new Set(
          rows.filter(({ status }) => ['running', 'waiting', 'canceling'].includes(status)).map(lane)
        )
        const heads = rows.filter((row, index) =>
          row.status === 'queued' && !busy.has(lane(row)) &&
          !rows.slice(0, index).some((earlier) => earlier.status === 'queued' && lane(earlier) === lane(row))
        )
        const underWay = rows.filter(({ status }) => status === 'running' || status === 'canceling')
        assert.ok(chosen.every((row) => heads.includes(row)), 'the order within a lane stays')
        const live = heads.filter(({ mode }) => mode === 'live')
        assert.deepEqual(new Set(chosen.slice(0, live.length)), new Set(live), 'live comes first, all of it')

        const [before, all] = [tally(underWay, own), tally([...underWay, ...chosen], own)]
        const [ofAll, ofFederation] = [tally(underWay, share), tally([...underWay, ...chosen], share)]
        for (const row of heads.filter(({ mode }) => mode === 'rehearsal')) {
          // Who has nothing under way is begun, whatever others have.
          if (before(row) === 0) assert.ok(all(row) > 0, `${own(row)} waits for others`)
          assert.ok(all(row) <= Math.max(bounds.caller, before(row)))
          const callers = new Set(chosen.filter((one) => share(one) === share(row)).map(own)).size
          assert.ok(ofFederation(row) <= Math.max(bounds.federation, ofAll(row)) + callers)
        }
        // At each moment the next is of a federation that has no more than any that still waits.
        const rehearsals = chosen.slice(live.length)
        for (const [index, row] of rehearsals.entries()) {
          const now = tally([...underWay, ...rehearsals.slice(0, index)], share)
          for (const later of rehearsals.slice(index + 1)) assert.ok(now(row) <= now(later))
        }
      }),
      { numRuns: 40, seed: 12 }
    )
  })
})
