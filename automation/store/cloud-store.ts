import { type CloudQuery, type CloudRecord, type CloudStore } from '../stacks/contract.ts'
import { type Queryable } from './database.ts'
import { type Sealer } from './seal.ts'

interface Row { id: string, pkg: string, type: string, account: string, region: string, name: string, token: string, body: string }
const columns = ['pkg', 'type', 'account', 'region', 'name', 'id', 'token'] as const

function where (world: string, query: CloudQuery): { text: string, values: string[] } {
  const values = [world]
  const conditions = ['world = $1']
  for (const column of columns) {
    const value = query[column]
    if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`)
  }
  return { text: conditions.join(' AND '), values }
}

/** What exists in the simulated clouds of one world, in PostgreSQL; inputs and outputs are sealed. */
export function openCloudStore (database: Queryable, options: { world: string, sealer: Sealer }): CloudStore {
  const { world, sealer } = options
  const record = ({ body, ...row }: Row): CloudRecord => ({ ...row, ...sealer.open(body) as Pick<CloudRecord, 'inputs' | 'outputs'> })
  return {
    async find (query) {
      const { text, values } = where(world, query)
      const { rows } = await database.query<Row>(`SELECT id, pkg, type, account, region, name, token, body FROM windlass.cloud_records WHERE ${text} ORDER BY pkg, type, id`, values)
      return rows.map(record)
    },
    async count (query) {
      const { text, values } = where(world, query)
      const { rows } = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM windlass.cloud_records WHERE ${text}`, values)
      return rows[0]?.n ?? 0
    },
    async put ({ inputs, outputs, ...row }) {
      await database.query(`INSERT INTO windlass.cloud_records (world, pkg, account, type, id, region, name, token, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (world, pkg, account, type, id) DO UPDATE SET region = excluded.region, name = excluded.name, token = excluded.token, body = excluded.body`,
      [world, row.pkg, row.account, row.type, row.id, row.region, row.name, row.token, sealer.seal({ inputs, outputs })])
    },
    async delete ({ pkg, account, type, id }) {
      const { rowCount } = await database.query('DELETE FROM windlass.cloud_records WHERE world = $1 AND pkg = $2 AND account = $3 AND type = $4 AND id = $5', [world, pkg, account, type, id])
      return rowCount === 1
    },
    async countFault (key) {
      const { rows } = await database.query<{ fired: number }>(`INSERT INTO windlass.fault_counts (world, key, fired) VALUES ($1, $2, 1)
        ON CONFLICT (world, key) DO UPDATE SET fired = fault_counts.fired + 1 RETURNING fired`, [world, key])
      return (rows[0]?.fired ?? 1) - 1
    }
  }
}
