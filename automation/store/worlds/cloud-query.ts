import { createHash } from 'node:crypto'
import { type CloudQuery } from '../../stacks/types.ts'

/** A statement with its values, and a name under which PostgreSQL keeps its plan. */
export interface Statement {
  name: string
  text: string
  values: unknown[]
}

const fields = ['pkg', 'type', 'account', 'region', 'name', 'id', 'token'] as const
type Field = typeof fields[number]

/**
 * One statement for a query with any number of alternatives. Alternatives that ask by the same
 * fields become one join with their values as arrays, so statements differ only in which fields are
 * asked by: few enough to be prepared, and each join goes through an index. A record that two of
 * them find comes twice.
 */
export function findStatement (world: string, query: CloudQuery, columns: string): Statement {
  const { any = [{}], ...common } = query
  const groups = new Map<string, { asked: Field[], rows: CloudQuery[] }>()
  for (const alternative of any) {
    const row = { ...alternative, ...common }
    const asked = fields.filter((field) => row[field] !== undefined)
    const key = asked.join(' ')
    const group = groups.get(key) ?? { asked, rows: [] }
    group.rows.push(row)
    groups.set(key, group)
  }
  const values: unknown[] = [world]
  const selects = [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([, { asked, rows }]) => {
    if (asked.length === 0) {
      return `SELECT ${columns}
      FROM windlass.cloud_records r
      WHERE r.world = $1`
    }
    const arrays = asked.map((field) => `$${values.push(rows.map((row) => row[field]))}::text[]`)
    const joins = asked.map((field) => `r.${field} = q.${field}`).join(' AND ')
    // DISTINCT: the same thing may be asked for twice.
    return `SELECT ${columns}
      FROM (
        SELECT DISTINCT *
        FROM unnest(${arrays.join(', ')}) AS u(${asked.join(', ')})
      ) AS q
      JOIN windlass.cloud_records r ON r.world = $1 AND ${joins}`
  })
  const text = selects.length === 0
    ? `SELECT ${columns}
      FROM windlass.cloud_records r
      WHERE r.world = $1
        AND false`
    : selects.join(' UNION ALL ')
  return { name: `cloud-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text, values }
}
