import { type Actor } from '../../../contract/access.ts'
import { type Driver } from '../../../contract/gate.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type WindowOverride, type WindowWait } from '../../../contract/window.ts'
import { type DeploymentStatus, type Operation } from '../../../contract/words.ts'
import { type FittedScenario } from '../../scenarios/fit.ts'
import { type Queryable } from '../postgres/database.ts'
import { type PlannedGate } from './planned-gate.ts'

/** A deployment as every change of it starts from. */
export interface LockedDeployment {
  id: string
  federation: string
  operation: Operation
  place: string
  world: string | null
  fresh: boolean
  status: DeploymentStatus
  run: number
  /** Phase whose approval it waits for. */
  gate: number | null
  /** The time of that gate is over. */
  gateExpired: boolean
  /** Null: launched before gates were kept. */
  gates: PlannedGate[] | null
  /** The window that it waits for when it waits for no approval. */
  window: WindowWait | null
  windowOverride: WindowOverride | null
  launchedBy: Actor | null
  /** Who made it go on. */
  drivers: Driver[]
  approved: number[]
  /** The outputs of its units, in a preview, were removed with their age. */
  outputsRemoved: boolean
  /** The world that it rehearsed in was not used for long, and is gone. */
  worldDropped: boolean
  request: Launch
  /** Its scenario, as it was at the launch; null: nothing was asked for. */
  scenario: FittedScenario | null
  /** Units at once, as decided at the launch; null: launched before it was kept. */
  parallelism: number | null
  /** The world's time when the run began, milliseconds since the epoch; null: live. */
  virtualBase: number | null
  /** The span that launched or last resumed it, as a traceparent; null when nobody traces it. */
  trace: string | null
}

/**
 * Locks a deployment's row until the transaction ends: whoever changes the deployment, its phases,
 * units or events does this first, so that changes come one after another and no two transactions
 * wait for each other. Undefined when there is none.
 */
export async function lockDeployment (client: Queryable, id: string): Promise<LockedDeployment | undefined> {
  const { rows } = await client.query<LockedDeployment>(
    `SELECT id, federation, operation, place, world, fresh, status, run, gate,
       coalesce(gate_expires_at <= clock_timestamp(), false) AS "gateExpired", gates, window_wait AS "window",
       window_override AS "windowOverride", launched_by AS "launchedBy", drivers, approved,
       request, scenario, parallelism,
       round(extract(epoch FROM virtual_base) * 1000)::float8 AS "virtualBase",
       outputs_removed AS "outputsRemoved", world_dropped AS "worldDropped", trace
     FROM windlass.deployments
     WHERE id = $1
     FOR UPDATE`,
    [id]
  )
  return rows[0]
}
