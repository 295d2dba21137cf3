import { type Queryable } from '../postgres/database.ts'

/** Deployments in which a process runs units. */
export async function deploymentsOfExecutor (client: Queryable, executor: string): Promise<string[]> {
  const { rows } = await client.query<{ deployment: string }>(
    `SELECT DISTINCT deployment
     FROM windlass.units
     WHERE executor = $1
     ORDER BY deployment`,
    [executor]
  )
  return rows.map((row) => row.deployment)
}

/**
 * Takes the running units of a deployment away from a process that is gone: they wait again, what
 * they had begun is to be settled, and their leases get the next fence, so that nothing of the
 * interrupted attempts can write any more. The caller has locked the deployment.
 */
export async function interruptUnits (
  client: Queryable,
  deployment: string,
  executor: string,
  reason: string
): Promise<{ unit: string, phase: number, attempt: number }[]> {
  const { rows } = await client.query<{ unit: string, phase: number, attempt: number }>(
    `WITH taken AS (
       UPDATE windlass.units
       SET status = 'waiting', settle = true, executor = NULL, reason = $3, retry_at = NULL, fence = fence + 1
       WHERE deployment = $1
         AND executor = $2
       RETURNING id, phase, attempt, place, stack, position
     ), leases AS (
       UPDATE windlass.leases l
       SET fence = l.fence + 1, holder = 'none'
       FROM taken
       WHERE l.place = taken.place
         AND l.stack = taken.stack
     )
     SELECT id AS unit, phase, attempt
     FROM taken
     ORDER BY position`,
    [deployment, executor, reason]
  )
  return rows
}
