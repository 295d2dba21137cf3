import { type Queryable } from '../postgres/database.ts'

/** The federation file's text as a deployment was launched with it. */
export async function readSource (client: Queryable, deployment: string): Promise<string | undefined> {
  const { rows } = await client.query<{ source: string }>(
    `SELECT source
     FROM windlass.deployments
     WHERE id = $1`,
    [deployment]
  )
  return rows[0]?.source
}
