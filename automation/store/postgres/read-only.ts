import { type Queryable } from './database.ts'

/** Says whether the database takes reads only: a standby, or told so by who runs it. */
export async function isReadOnly (client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ only: boolean }>(
    "SELECT current_setting('transaction_read_only') = 'on' AS only"
  )
  return rows[0]?.only === true
}
