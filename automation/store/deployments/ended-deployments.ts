import { type Queryable } from '../postgres/database.ts'

/** Picks those of the deployments that have ended; unknown ids are left out. */
export async function endedDeployments (client: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id::text
     FROM windlass.deployments
     WHERE id::text = ANY($1::text[])
       AND status IN ('succeeded', 'failed', 'canceled')`,
    [ids]
  )
  return new Set(rows.map(({ id }) => id))
}
