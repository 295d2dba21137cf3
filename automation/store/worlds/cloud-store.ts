import { type CloudRecord, type CloudStore } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type Sealer } from '../postgres/sealer.ts'
import { findStatement } from './cloud-query.ts'

interface Row {
  id: string
  pkg: string
  type: string
  account: string
  region: string
  name: string
  token: string
  body: string
}
type Sealed = Pick<CloudRecord, 'incarnation' | 'created' | 'inputs' | 'outputs'>
const columns = 'r.id, r.pkg, r.type, r.account, r.region, r.name, r.token, r.body'
// Sealed texts that were opened before: a cluster's record is looked at by every object that is
// made in it. A text never changes its meaning, so nothing here can be stale, and what they hold is
// frozen, so that nobody changes it for others; the bound keeps it to a few megabytes.
const rememberedTexts = 256

/**
 * What exists in the simulated clouds of one world, in PostgreSQL; inputs and outputs are sealed.
 */
export function createCloudStore (
  database: Queryable,
  options: { world: string, sealer: Sealer }
): CloudStore {
  const { world, sealer } = options
  const opened = new Map<string, Sealed>()
  const read = (body: string): Sealed => {
    const content = opened.get(body) ??
      JSON.parse(sealer.openText(body), (_key, part: unknown) => Object.freeze(part)) as Sealed
    // Last used last: what is dropped is what nobody asked for lately.
    opened.delete(body)
    opened.set(body, content)
    const [oldest] = opened.keys()
    if (opened.size > rememberedTexts && oldest !== undefined) opened.delete(oldest)
    return content
  }
  // Opened when it is looked at: most finds only ask which records there are.
  const record = ({ body, ...row }: Row): CloudRecord => {
    let content: Sealed | undefined
    const open = (): Sealed => (content ??= read(body))
    return {
      ...row,
      get incarnation () {
        return open().incarnation
      },
      get created () {
        return open().created
      },
      get inputs () {
        return open().inputs
      },
      get outputs () {
        return open().outputs
      }
    }
  }
  return {
    unions: true,
    async find (query) {
      const { rows } = await database.query<Row>(findStatement(world, query, columns))
      // Alternatives may meet in one record.
      return [
        ...new Map(rows.map((row) => [[row.pkg, row.account, row.type, row.id].join('\n'), row])).values()
      ].map(record)
    },
    async count (query) {
      const { rows } = await database.query<{ key: string }>(
        findStatement(world, query, "r.pkg || ' ' || r.account || ' ' || r.type || ' ' || r.id AS key")
      )
      return new Set(rows.map((row) => row.key)).size
    },
    async put ({ incarnation, created, inputs, outputs, ...row }) {
      await database.query(
        `INSERT INTO windlass.cloud_records (world, pkg, account, type, id, region, name, token, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (world, pkg, account, type, id) DO UPDATE SET region = excluded.region, name = excluded.name, token = excluded.token, body = excluded.body`,
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
        'DELETE FROM windlass.cloud_records WHERE world = $1 AND pkg = $2 AND account = $3 AND type = $4 ' +
          'AND id = $5',
        [world, pkg, account, type, id]
      )
      return rowCount === 1
    },
    async countFault (key) {
      const { rows } = await database.query<{ fired: number }>(
        `INSERT INTO windlass.fault_counts (world, key, fired) VALUES ($1, $2, 1)
        ON CONFLICT (world, key) DO UPDATE SET fired = fault_counts.fired + 1 RETURNING fired`,
        [world, key]
      )
      return (rows[0]?.fired ?? 1) - 1
    }
  }
}
