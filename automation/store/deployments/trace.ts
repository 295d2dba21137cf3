import { type Failure } from '../../../contract/deployment.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type Queryable } from '../postgres/database.ts'

/** A deployment as its spans tell of it. Times are milliseconds since 1970. */
export interface TracedDeployment {
  trace: string
  since: number
  link: string | null
  federation: string
  world: string | null
  request: Launch
  run: number
  error: Failure | null
  phases: { number: number, name: string, since: number }[]
}

/**
 * Reads the parts of a deployment's spans; undefined when nobody traces it. A phase that was under
 * way before the deployment was resumed counts from then.
 */
export async function readTrace (client: Queryable, id: string): Promise<TracedDeployment | undefined> {
  const { rows } = await client.query<TracedDeployment>(
    `SELECT trace, extract(epoch FROM traced_at)::float8 * 1000 AS since, trace_link AS link, federation,
       world, request, run, error,
       (
         SELECT coalesce(
           jsonb_agg(
             jsonb_build_object(
               'number', number, 'name', name,
               'since', extract(
                 epoch FROM greatest(coalesce(started_at, traced_at), traced_at)
               )::float8 * 1000
             )
             ORDER BY number
           ),
           '[]'
         )
         FROM windlass.phases
         WHERE deployment = $1
       ) AS phases
     FROM windlass.deployments
     WHERE id = $1
       AND trace IS NOT NULL`,
    [id]
  )
  return rows[0]
}

/**
 * Finds the last time at which something happened in a deployment (milliseconds since 1970), by its
 * event: `unit.started` of a unit, `deployment.waiting`.
 */
export async function readLastTime (
  client: Queryable,
  id: string,
  type: 'unit.started' | 'deployment.waiting',
  unit?: string
): Promise<number | undefined> {
  const { rows } = await client.query<{ since: number }>(
    `SELECT extract(epoch FROM time)::float8 * 1000 AS since
     FROM windlass.events
     WHERE deployment = $1
       AND type = $2
       AND ($3::text IS NULL OR unit = $3)
     ORDER BY seq DESC
     LIMIT 1`,
    [id, type, unit ?? null]
  )
  return rows[0]?.since
}
