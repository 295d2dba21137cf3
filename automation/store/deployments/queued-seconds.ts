import { type Queryable } from '../postgres/database.ts'

/** Seconds since a deployment was launched or, when it was, last resumed. */
export async function queuedSeconds (client: Queryable, id: string): Promise<number> {
  const { rows } = await client.query<{ seconds: number }>(
    `SELECT greatest(0, extract(epoch FROM clock_timestamp() - time))::float8 AS seconds
     FROM windlass.events
     WHERE deployment = $1
       AND type IN ('deployment.queued', 'deployment.resumed')
     ORDER BY seq DESC
     LIMIT 1`,
    [id]
  )
  return rows[0]?.seconds ?? 0
}
