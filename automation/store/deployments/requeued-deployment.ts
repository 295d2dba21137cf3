import { type Queryable } from '../postgres/database.ts'

/**
 * Puts an ended deployment at the end of its lane's queue for another run: units that have not
 * succeeded wait again (their time counts anew: the pause between was nobody's work), phases that
 * have not succeeded are pending, and must be approved again where approvals are asked for. The
 * caller has locked lane and deployment. `trace`: what resumed it, and the span of the deployment
 * until now, as traceparents. Resolves with the number of the run.
 */
export async function requeueDeployment (
  client: Queryable,
  id: string,
  trace: { parent?: string, link?: string } = {}
): Promise<number> {
  await client.query(
    `UPDATE windlass.units
     SET status = 'waiting', reason = NULL, error = NULL, retry_at = NULL, failures = 0, losses = 0,
       started_at = NULL, finished_at = NULL, virtual_start = NULL
     WHERE deployment = $1
       AND status IN ('failed', 'skipped', 'canceled')`,
    [id]
  )
  await client.query(
    `UPDATE windlass.phases
     SET status = 'pending', finished_at = NULL
     WHERE deployment = $1
       AND status <> 'succeeded'`,
    [id]
  )
  await client.query(
    `UPDATE windlass.approvals
     SET past = true
     WHERE deployment = $1
       AND NOT past`,
    [id]
  )
  const { rows } = await client.query<{ run: number }>(
    `UPDATE windlass.deployments
     SET status = 'queued', run = run + 1, queue_order = nextval('windlass.queue_order'), finished_at = NULL,
       error = NULL, events_removed = false, gate = NULL, gate_expires_at = NULL, window_wait = NULL,
       window_override = NULL, trace = $2, trace_link = $3, traced_at = clock_timestamp(),
       approved = ARRAY(
         SELECT number
         FROM windlass.phases
         WHERE deployment = $1
           AND status = 'succeeded'
       )
     WHERE id = $1
     RETURNING run`,
    [id, trace.parent ?? null, trace.link ?? null]
  )
  return rows[0]?.run ?? 0
}

/**
 * Starts the next run of a deployment whose workflow is not there any more, without a change of its
 * state. Resolves with the number of the run, or undefined when another process did so.
 */
export async function restartRun (client: Queryable, id: string, run: number): Promise<number | undefined> {
  const { rows } = await client.query<{ run: number }>(
    `UPDATE windlass.deployments
     SET run = run + 1
     WHERE id = $1
       AND run = $2
     RETURNING run`,
    [id, run]
  )
  return rows[0]?.run
}
