import { type Queryable } from '../postgres/database.ts'

const batch = 5_000

/** Entries of stacks' histories, but for the last of each. `$1`: days. */
const old = `h.recorded_at < now() - $1 * interval '1 day'
  AND EXISTS (
    SELECT 1
    FROM windlass.stack_history n
    WHERE n.place = h.place
      AND n.project = h.project
      AND n.stack = h.stack
      AND n.number > h.number
  )`

export async function countOldHistories (client: Queryable, days: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count
     FROM windlass.stack_history h
     WHERE ${old}`,
    [days]
  )
  return rows[0]?.count ?? 0
}

/** Removes a batch. Resolves with how many; undefined when there are none. */
export async function removeOldHistories (client: Queryable, days: number): Promise<number | undefined> {
  const { rowCount } = await client.query(
    `DELETE FROM windlass.stack_history
     WHERE ctid IN (
       SELECT h.ctid
       FROM windlass.stack_history h
       WHERE ${old}
       LIMIT ${batch}
     )`,
    [days]
  )
  return rowCount || undefined
}
