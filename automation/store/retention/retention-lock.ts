import { type Queryable } from '../postgres/database.ts'

// Any constant that nothing else in the database uses: the first eight digits of sha256('windlass
// retention').
const lock = 0xb2e1f7e9

/**
 * Says whether this transaction is the one that removes what is old: one process at a time, until
 * it ends.
 */
export async function lockRetention (client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
    lock
  ])
  return rows[0]?.mine === true
}
