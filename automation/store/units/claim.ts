import { type Queryable } from '../postgres/database.ts'

/** The lease of a claimed unit. */
export interface Claim {
  attempt: number
  fence: number
  /** An earlier attempt was cut off. */
  settle: boolean
  /** The unit is deployed and not in the federation file of this deployment. */
  orphaned: boolean
}

/**
 * Takes a waiting unit for one attempt: it runs, the lease of its stack gets the next fence, all in
 * one statement. Undefined when the unit is not waiting any more, or when a unit of the same stack
 * runs (of whatever deployment). From the first claim for an up the unit counts as deployed, since
 * nobody can say how far a lost attempt came. The caller has locked the deployment. Two claims of
 * one stack at the same moment end in a unique violation of units_running for the later.
 */
export async function claimUnit (
  client: Queryable,
  unit: { deployment: string, unit: string, executor: string, virtualStart?: number | undefined }
): Promise<Claim | undefined> {
  const { rows } = await client.query<Omit<Claim, 'fence'> & { fence: string }>({
    name: 'claim-unit',
    text: `WITH free AS (
        SELECT u.place, u.stack
        FROM windlass.units u
        WHERE u.deployment = $1
          AND u.id = $2
          AND u.status = 'waiting'
          AND NOT EXISTS (
            SELECT 1
            FROM windlass.units o
            WHERE o.place = u.place
              AND o.stack = u.stack
              AND o.status = 'running'
          )
        FOR UPDATE OF u
      ), deployed AS (
        INSERT INTO windlass.deployed_units (
          place, stack, federation, unit, phase, scope, reads, deployment
        )
        SELECT u.place, u.stack, d.federation, u.id, u.phase, u.scope, u.reads, d.id
        FROM free
        JOIN windlass.units u ON u.deployment = $1 AND u.id = $2
        JOIN windlass.deployments d ON d.id = u.deployment
        WHERE d.operation = 'up'
        ON CONFLICT (place, stack) DO UPDATE
        SET scope = excluded.scope, reads = excluded.reads, deployment = excluded.deployment
        WHERE deployed_units.deployment <> excluded.deployment
      ), lease AS (
        INSERT INTO windlass.leases (place, stack, fence, holder)
        SELECT place, stack, 1, $3
        FROM free
        ON CONFLICT (place, stack) DO UPDATE
        SET fence = leases.fence + 1, holder = excluded.holder
        RETURNING fence
      )
      UPDATE windlass.units
      SET status = 'running', attempt = attempt + 1, fence = lease.fence, executor = $3, retry_at = NULL,
        reason = NULL, error = NULL, started_at = coalesce(started_at, clock_timestamp()), finished_at = NULL,
        virtual_start = coalesce(virtual_start, to_timestamp($4::float8 / 1000))
      FROM lease
      WHERE deployment = $1
        AND id = $2
      RETURNING attempt, lease.fence, settle, declared_by IS NOT NULL AS orphaned`,
    values: [unit.deployment, unit.unit, unit.executor, unit.virtualStart ?? null]
  })
  const row = rows[0]
  return row && { ...row, fence: Number(row.fence) }
}
