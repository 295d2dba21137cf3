import { type Queryable } from '../postgres/database.ts'

/** A unit that will not run, and why. */
export interface EndedUnit {
  unit: string
  phase: number
  reason: string
  /** It is deployed and not in the federation file of this deployment. */
  orphaned?: true
}

/**
 * Ends units that wait, as skipped or canceled. Resolves with those that did wait. The caller has
 * locked the deployment.
 */
export async function endWaitingUnits (
  client: Queryable,
  deployment: string,
  status: 'skipped' | 'canceled',
  units: readonly { unit: string, reason: string }[]
): Promise<EndedUnit[]> {
  if (units.length === 0) return []
  const { rows } = await client.query<Omit<EndedUnit, 'orphaned'> & { position: number, orphaned: boolean }>(
    `UPDATE windlass.units u
     SET status = $2, reason = ended.reason, retry_at = NULL, finished_at = clock_timestamp()
     FROM unnest($3::text[], $4::text[]) AS ended(id, reason)
     WHERE u.deployment = $1
       AND u.id = ended.id
       AND u.status = 'waiting'
     RETURNING u.id AS unit, u.phase, u.reason, u.position, u.declared_by IS NOT NULL AS orphaned`,
    [deployment, status, units.map((unit) => unit.unit), units.map((unit) => unit.reason)]
  )
  return rows.sort((a, b) => a.position - b.position).map(({ unit, phase, reason, orphaned }) => ({
    unit,
    phase,
    reason,
    ...(orphaned && { orphaned: true as const })
  }))
}
