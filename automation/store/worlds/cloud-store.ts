import { type CloudStore } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type Sealer } from '../postgres/sealer.ts'
import { findStatement } from './cloud-query.ts'
import { type CloudRow, CloudRows } from './cloud-rows.ts'

const columns = 'r.id, r.pkg, r.type, r.account, r.region, r.name, r.token, r.body'

/** Records of one world's simulated clouds in PostgreSQL; inputs and outputs are sealed. */
export function createCloudStore (
  database: Queryable,
  { world, sealer }: { world: string, sealer: Sealer }
): CloudStore {
  const read = new CloudRows(sealer)
  return {
    unions: true,
    async find (query) {
      const { rows } = await database.query<CloudRow>(findStatement(world, query, columns))
      // Alternatives may meet in one record.
      return [
        ...new Map(rows.map((row) => [[row.pkg, row.account, row.type, row.id].join('\n'), row])).values()
      ].map((row) => read.record(row))
    },
    async count (query) {
      const { rows } = await database.query<{ key: string }>(
        findStatement(world, query, "r.pkg || ' ' || r.account || ' ' || r.type || ' ' || r.id AS key")
      )
      return new Set(rows.map((row) => row.key)).size
    },
    async put ({ incarnation, created, inputs, outputs, ...row }) {
      await database.query(
        `INSERT INTO windlass.cloud_records (world, pkg, account, type, id, region, name, token, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (world, pkg, account, type, id) DO UPDATE
         SET region = excluded.region, name = excluded.name, token = excluded.token, body = excluded.body`,
        [
          world,
          row.pkg,
          row.account,
          row.type,
          row.id,
          row.region,
          row.name,
          row.token,
          sealer.seal({ incarnation, created, inputs, outputs })
        ]
      )
    },
    async delete ({ pkg, account, type, id }) {
      const { rowCount } = await database.query(
        `DELETE FROM windlass.cloud_records
         WHERE world = $1
           AND pkg = $2
           AND account = $3
           AND type = $4
           AND id = $5`,
        [world, pkg, account, type, id]
      )
      return rowCount === 1
    },
    async countFault (key) {
      const { rows } = await database.query<{ fired: number }>(
        `INSERT INTO windlass.fault_counts (world, key, fired)
         VALUES ($1, $2, 1)
         ON CONFLICT (world, key) DO UPDATE
         SET fired = fault_counts.fired + 1
         RETURNING fired`,
        [world, key]
      )
      return (rows[0]?.fired ?? 1) - 1
    }
  }
}
