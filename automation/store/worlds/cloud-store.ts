import { type CloudRecord, type CloudStore } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type Attempting, once } from '../postgres/patience.ts'
import { type Sealer } from '../postgres/sealer.ts'
import { findStatement } from './cloud-query.ts'
import { type CloudRow, CloudRows } from './cloud-rows.ts'
import { outagesOf } from './outages.ts'

const columns = 'r.id, r.pkg, r.type, r.account, r.region, r.name, r.token, r.body'

/** The world of the records, and the way in which failures that pass are met. */
export interface CloudStoreOptions {
  world: string
  sealer: Sealer
  /** @default once */
  attempting?: Attempting
}

/** Records of one world's simulated clouds in PostgreSQL; inputs and outputs are sealed. */
export function createCloudStore (
  database: Queryable,
  { world, sealer, attempting = once }: CloudStoreOptions
): CloudStore {
  const read = new CloudRows(sealer)
  return {
    unions: true,
    async find (query) {
      const statement = findStatement(world, query, columns)
      const { rows } = await attempting(() => database.query<CloudRow>(statement))
      // Alternatives may meet in one record.
      return [
        ...new Map(rows.map((row) => [[row.pkg, row.account, row.type, row.id].join('\n'), row])).values()
      ].map((row) => read.record(row))
    },
    async count (query) {
      const key = "r.pkg || ' ' || r.account || ' ' || r.type || ' ' || r.id AS key"
      const { rows } = await attempting(() =>
        database.query<{ key: string }>(findStatement(world, query, key))
      )
      return new Set(rows.map((row) => row.key)).size
    },
    async put (...records) {
      const values = [world, ...columnsOf(records.map((record) => valuesOf(record, sealer)))]
      await attempting(() =>
        database.query(
          `INSERT INTO windlass.cloud_records (world, pkg, account, type, id, region, name, token, body)
           SELECT $1, * FROM unnest(
             $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]
           )
           ON CONFLICT (world, pkg, account, type, id) DO UPDATE
           SET region = excluded.region, name = excluded.name, token = excluded.token, body = excluded.body`,
          values
        )
      )
    },
    async delete ({ pkg, account, type, id }) {
      return await attempting(async (repeated) => {
        const { rowCount } = await database.query(
          `DELETE FROM windlass.cloud_records
         WHERE world = $1
           AND pkg = $2
           AND account = $3
           AND type = $4
           AND id = $5`,
          [world, pkg, account, type, id]
        )
        // A try before may have deleted it, and its answer was lost.
        return rowCount === 1 || repeated
      })
    },
    async outages () {
      return (await attempting(() => outagesOf(database, world))).map(({ outage }) => outage)
    },
    async countFault (key) {
      // Counted twice when an answer is lost: one fault of a rehearsal fires once less.
      const { rows } = await attempting(() =>
        database.query<{ fired: number }>(
          `INSERT INTO windlass.fault_counts (world, key, fired)
         VALUES ($1, $2, 1)
         ON CONFLICT (world, key) DO UPDATE
         SET fired = fault_counts.fired + 1
         RETURNING fired`,
          [world, key]
        )
      )
      return (rows[0]?.fired ?? 1) - 1
    }
  }
}

/** The columns of a record besides its world. */
function valuesOf (
  { incarnation, created, inputs, outputs, ...row }: CloudRecord,
  sealer: Sealer
): string[] {
  const body = sealer.seal({ incarnation, created, inputs, outputs })
  return [row.pkg, row.account, row.type, row.id, row.region, row.name, row.token, body]
}

/** Turns rows into columns. */
function columnsOf (rows: string[][]): string[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ''))
}
