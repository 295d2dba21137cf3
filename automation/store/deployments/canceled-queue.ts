import { type Queryable } from '../postgres/database.ts'
import { type EndedUnit } from '../units/waiting-units.ts'

/**
 * Ends a queued deployment that never began, with its units, in one statement: hundreds that wait
 * are canceled in a second. Resolves with its units in the plan's order. The caller has locked it.
 */
export async function cancelQueued (
  client: Queryable,
  deployment: string,
  reason: string
): Promise<EndedUnit[]> {
  const { rows } = await client.query<Omit<EndedUnit, 'orphaned'> & { orphaned: boolean }>({
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
        RETURNING u.id, u.phase, u.position, u.declared_by
      )
      SELECT id AS unit, phase, $2::text AS reason, declared_by IS NOT NULL AS orphaned
      FROM canceled
      ORDER BY position`,
    values: [deployment, reason]
  })
  return rows.map(({ orphaned, ...row }) => ({ ...row, ...(orphaned && { orphaned: true as const }) }))
}
