import { type Queryable } from '../postgres/database.ts'

const batch = 5_000

/** Notifications that were delivered or given up, and deliveries of webhooks. `$1`: days. */
const old = {
  notifications: "ended_at < now() - $1 * interval '1 day'",
  hook_deliveries: "received_at < now() - $1 * interval '1 day'"
} as const

export async function countOldMessages (
  client: Queryable,
  table: keyof typeof old,
  days: number
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count
     FROM windlass.${table}
     WHERE ${old[table]}`,
    [days]
  )
  return rows[0]?.count ?? 0
}

/** Removes a batch. Resolves with how many; undefined when there are none. */
export async function removeOldMessages (
  client: Queryable,
  table: keyof typeof old,
  days: number
): Promise<number | undefined> {
  const { rowCount } = await client.query(
    `DELETE FROM windlass.${table}
     WHERE ctid IN (SELECT ctid FROM windlass.${table} WHERE ${old[table]} LIMIT ${batch})`,
    [days]
  )
  return rowCount || undefined
}
