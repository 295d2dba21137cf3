import { type Failure } from '../../../contract/deployment.ts'
import { type WindowWait } from '../../../contract/window.ts'
import { type DeploymentStatus, type PhaseStatus } from '../../../contract/words.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText, toldText } from '../postgres/json.ts'

/** A phase's status as it is stored: `skipped` is only shown, for one that never began. */
export type StoredPhaseStatus = Exclude<PhaseStatus, 'skipped'>

/**
 * Moves a deployment from one of the statuses `from` to `to`. `gate` is the phase it waits for,
 * with status waiting, `minutes` how long; `window` what it waits for otherwise. False when it was
 * in none of them.
 */
export async function setDeploymentStatus (
  client: Queryable,
  id: string,
  change: {
    from: readonly DeploymentStatus[]
    to: DeploymentStatus
    gate?: { phase: number, minutes?: number }
    window?: WindowWait
    error?: Failure
  }
): Promise<boolean> {
  const ended = change.to === 'succeeded' || change.to === 'failed' || change.to === 'canceled'
  const { rowCount } = await client.query(
    `UPDATE windlass.deployments
     SET status = $3, gate = $4, error = $5,
       gate_expires_at = clock_timestamp() + $7::float8 * interval '1 minute', window_wait = $8,
       started_at = CASE WHEN $3 = 'running' THEN coalesce(started_at, clock_timestamp()) ELSE started_at END,
       finished_at = CASE WHEN $6 THEN clock_timestamp() END
     WHERE id = $1
       AND status = ANY($2)`,
    [
      id,
      change.from,
      change.to,
      change.gate?.phase ?? null,
      change.error ? toldText(change.error) : null,
      ended,
      change.gate?.minutes ?? null,
      change.window ? jsonText(change.window) : null
    ]
  )
  return rowCount === 1
}

/**
 * Moves phases of a deployment from one of the statuses `from` to `to`. Resolves with those that
 * were in one of them, in the phases' order.
 */
export async function setPhaseStatus (
  client: Queryable,
  deployment: string,
  change: { phases: readonly number[], from: readonly StoredPhaseStatus[], to: StoredPhaseStatus }
): Promise<number[]> {
  const ended = change.to === 'succeeded' || change.to === 'failed' || change.to === 'canceled'
  const { rows } = await client.query<{ number: number }>(
    `UPDATE windlass.phases
     SET status = $4,
       started_at = CASE WHEN $4 = 'running' THEN coalesce(started_at, clock_timestamp()) ELSE started_at END,
       finished_at = CASE WHEN $5 THEN clock_timestamp() END
     WHERE deployment = $1
       AND number = ANY($2)
       AND status = ANY($3)
     RETURNING number`,
    [deployment, change.phases, change.from, change.to, ended]
  )
  return rows.map((row) => row.number).sort((a, b) => a - b)
}

/** The statuses of a deployment's phases, by number. */
export async function readPhaseStatuses (
  client: Queryable,
  deployment: string
): Promise<Map<number, StoredPhaseStatus>> {
  const { rows } = await client.query<{ number: number, status: StoredPhaseStatus }>(
    `SELECT number, status
     FROM windlass.phases
     WHERE deployment = $1
     ORDER BY number`,
    [deployment]
  )
  return new Map(rows.map((row) => [row.number, row.status]))
}
