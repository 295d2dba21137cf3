import { type Queryable } from '../postgres/database.ts'

/**
 * Has units that succeeded but for their leftovers wait for one more attempt. Resolves with the
 * units that were so. The caller has locked the deployment.
 */
export async function reopenUnits (
  client: Queryable,
  deployment: string,
  units: readonly string[]
): Promise<string[]> {
  const { rows } = await client.query<{ unit: string }>(
    `UPDATE windlass.units
     SET status = 'waiting', reason = 'it succeeded; what its replaced resources left is deleted now',
       failures = 0, losses = 0, retry_at = NULL, finished_at = NULL
     WHERE deployment = $1
       AND id = ANY($2)
       AND status = 'succeeded'
       AND leftovers IS NOT NULL
     RETURNING id AS unit`,
    [deployment, units]
  )
  return rows.map(({ unit }) => unit)
}
