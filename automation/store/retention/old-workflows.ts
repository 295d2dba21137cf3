import { type Queryable } from '../postgres/database.ts'

/** Workflows removed at once. */
const batch = 200

/**
 * Runs that are over for good. Each has one row, and one for each step that it took. `$1`: days;
 * the workflow library counts milliseconds.
 */
const old = `status IN ('SUCCESS', 'ERROR', 'CANCELLED')
  AND updated_at < (extract(epoch FROM now()) - $1 * 86400) * 1000`

export async function countOldWorkflows (client: Queryable, days: number): Promise<number> {
  const { rows: [known] } = await client.query<{ known: boolean }>(
    "SELECT to_regclass('dbos.workflow_status') IS NOT NULL AS known"
  )
  if (known?.known !== true) return 0
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count
     FROM dbos.workflow_status
     WHERE ${old}`,
    [days]
  )
  return rows[0]?.count ?? 0
}

/** Ids of some of them, for the library to remove. */
export async function oldWorkflows (client: Queryable, days: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT workflow_uuid AS id
     FROM dbos.workflow_status
     WHERE ${old}
     ORDER BY updated_at
     LIMIT ${batch}`,
    [days]
  )
  return rows.map(({ id }) => id)
}
