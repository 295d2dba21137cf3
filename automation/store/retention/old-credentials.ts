import { type Queryable } from '../postgres/database.ts'

const batch = 1_000

const old = {
  /** Revoked or expired. The audit log has who made and ended them. */
  tokens: "least(revoked_at, expires_at) < now() - $1 * interval '1 day'",
  /**
   * Expired, or not used for longer than the access file can allow (a day): nobody can go on with
   * them.
   */
  sessions:
    "(expires_at < now() - $1 * interval '1 day' OR last_seen_at < now() - ($1 + 1) * interval '1 day')"
} as const

/** API tokens or sessions that ended more than `days` ago. */
export async function countOldCredentials (
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
export async function removeOldCredentials (
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
