import { type Queryable } from '../postgres/database.ts'

/**
 * Ends a queued deployment that never began, with its units, in one statement: hundreds that wait
 * are canceled in a second. Resolves with its units in the plan's order. The caller has locked it.
 */
export async function cancelQueued (
  client: Queryable,
  deployment: string,
  reason: string
): Promise<{ unit: string, phase: number }[]> {
  const { rows } = await client.query<{ unit: string, phase: number }>({
    name: 'cancel-queued',
    text: `WITH ended AS (
        UPDATE windlass.deployments
        SET status = 'canceled', finished_at = clock_timestamp()
        WHERE id = $1
          AND status = 'queued'
        RETURNING id
      ), canceled AS (
        UPDATE windlass.units u
        SET status = 'canceled', reason = $2, retry_at = NULL, finished_at = clock_timestamp()
        FROM ended
        WHERE u.deployment = ended.id
          AND u.status = 'waiting'
        RETURNING u.id, u.phase, u.position
      )
      SELECT id AS unit, phase
      FROM canceled
      ORDER BY position`,
    values: [deployment, reason]
  })
  return rows
}
