import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type pg from 'pg'
import { type Pool, transaction } from '../../../automation/store/postgres/database.ts'
import { applyMigrations, migrate, migrationFiles } from '../../../automation/store/postgres/migrate.ts'
import { type TestServer, startDatabase } from '../../fixtures/database.ts'

const file = '076_deployed_units.sql'

/** A deployment of one unit as an earlier version stored it. */
interface Stored {
  readonly id: string
  readonly operation: 'up' | 'preview' | 'destroy'
  readonly place?: string
  readonly unit: string
  readonly status: string
  readonly attempt?: number
}

const history: readonly Stored[] = [
  { id: 'd1', operation: 'up', unit: 'a', status: 'succeeded' },
  { id: 'd2', operation: 'up', unit: 'b', status: 'failed' },
  { id: 'd3', operation: 'up', unit: 'never', status: 'skipped', attempt: 0 },
  { id: 'd4', operation: 'preview', unit: 'seen', status: 'succeeded' },
  { id: 'd5', operation: 'up', unit: 'gone', status: 'succeeded' },
  { id: 'd6', operation: 'destroy', unit: 'gone', status: 'succeeded' },
  { id: 'd7', operation: 'up', unit: 'half', status: 'succeeded' },
  { id: 'd8', operation: 'destroy', unit: 'half', status: 'failed' },
  { id: 'd9', operation: 'up', unit: 'a', status: 'failed' },
  { id: 'e1', operation: 'up', unit: 'again', status: 'succeeded' },
  { id: 'e2', operation: 'destroy', unit: 'again', status: 'succeeded' },
  { id: 'e3', operation: 'up', unit: 'again', status: 'succeeded' },
  { id: 'e4', operation: 'up', unit: 'real', place: 'live', status: 'failed' },
  { id: 'e5', operation: 'up', unit: 'dropped', place: 'rehearsal:gone', status: 'succeeded' }
]

async function store (client: pg.PoolClient, one: Stored, minute: number): Promise<void> {
  const { id, operation, place = 'rehearsal:w', unit, status, attempt = 1 } = one
  const world = place === 'live' ? null : place.slice('rehearsal:'.length)
  await client.query(
    `INSERT INTO windlass.deployments (
       id, federation, operation, mode, world, place, status, request, source
     )
     VALUES ($1, 'f', $2, $3, $4, $5, 'succeeded', '{}', 'text')`,
    [id, operation, world === null ? 'live' : 'rehearsal', world, place]
  )
  const times = attempt > 0
    ? [
      `2026-11-01T00:${String(minute).padStart(2, '0')}:00Z`,
      `2026-11-01T00:${String(minute).padStart(2, '0')}:30Z`
    ]
    : [null, null]
  await client.query(
    `INSERT INTO windlass.units (
       deployment, id, position, phase, scope, place, stack, depends_on, reads, status, attempt, started_at,
       finished_at
     )
     VALUES ($1, $2, 0, 1, $3, $4, $5, '{}', '{x}', $6, $7, $8, $9)`,
    [
      id,
      `prerequisites.${unit}`,
      JSON.stringify({ kind: 'cluster', name: unit, clusters: [unit] }),
      place,
      `f.prerequisites.${unit}`,
      status,
      attempt,
      ...times
    ]
  )
  if (operation === 'up' && place === 'rehearsal:w' && attempt > 0) {
    await client.query(
      `INSERT INTO windlass.stacks (place, project, stack)
       VALUES ($1, 'windlass', $2)
       ON CONFLICT DO NOTHING`,
      [place, `f.prerequisites.${unit}`]
    )
  }
}

suite('a database of a version before deployed units were kept', () => {
  let server: TestServer
  let pool: Pool
  before(async () => {
    server = await startDatabase()
    pool = (await server.database()).pool
  })
  after(async () => {
    await server.close()
  })

  test('knows after its migration what ups left and no destroy has removed, by the last up', async () => {
    const files = await migrationFiles()
    await pool.query('DROP SCHEMA windlass CASCADE')
    await transaction(pool, async (client) => {
      await applyMigrations(client, files.filter((name) => name < file))
      for (const [minute, one] of history.entries()) await store(client, one, minute)
    })
    await migrate(pool)
    const { rows } = await pool.query(
      `SELECT place, unit, deployment, federation, phase, scope->>'name' AS scope, reads
       FROM windlass.deployed_units
       ORDER BY unit`
    )
    const kept = (unit: string, deployment: string, place = 'rehearsal:w') => ({
      place,
      unit: `prerequisites.${unit}`,
      deployment,
      federation: 'f',
      phase: 1,
      scope: unit,
      reads: ['x']
    })
    assert.deepEqual(rows, [
      kept('a', 'd9'),
      kept('again', 'e3'),
      kept('b', 'd2'),
      kept('half', 'd7'),
      kept('real', 'e4', 'live')
    ])
  })
})
