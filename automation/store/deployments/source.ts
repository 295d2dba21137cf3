import { type Queryable } from '../postgres/database.ts'
import { type Lane } from './lane-lock.ts'

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

/** The federation files' texts of several deployments, by the deployment's id. */
export async function readSources (
  client: Queryable,
  deployments: readonly string[]
): Promise<Map<string, string>> {
  if (deployments.length === 0) return new Map()
  const { rows } = await client.query<{ id: string, source: string }>(
    `SELECT id, source
     FROM windlass.deployments
     WHERE id = ANY ($1)`,
    [deployments]
  )
  return new Map(rows.map(({ id, source }) => [id, source]))
}

/** The text of the last up that deployed anything that is left of a federation in a place. */
export async function readLastSource (client: Queryable, lane: Lane): Promise<string | undefined> {
  const { rows } = await client.query<{ source: string }>(
    `SELECT source
     FROM windlass.deployments
     WHERE id IN (
       SELECT deployment
       FROM windlass.deployed_units
       WHERE federation = $1
         AND place = $2
     )
     ORDER BY number DESC
     LIMIT 1`,
    [lane.federation, lane.place]
  )
  return rows[0]?.source
}
