/** The gates of a deployment once an act makes it go on. */
import { type By } from '../../acts.ts'
import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { keepGates } from '../../store/deployments/planned-gate.ts'
import { readPhaseStatuses, type StoredPhaseStatus } from '../../store/deployments/statuses.ts'
import { type Queryable } from '../../store/postgres/database.ts'
import { type Drivers, driversOf, unknownBehind, withUnknown } from '../gates.ts'
import { checkGates } from '../launch/checks.ts'

/** A deployment with its gates as an act leaves them. */
export interface Ahead extends LockedDeployment {
  /** The statuses of its phases, by their numbers. */
  statuses: ReadonlyMap<number, StoredPhaseStatus>
  /** Those behind the act of whom nobody knows which person they are. */
  unknown: number
}

/**
 * Has the gates of a deployment that are not behind it for good ask for one approval more for each
 * of those behind an act of whom nobody knows which person they are. The caller has locked the
 * deployment.
 */
export async function raiseGates (
  client: Queryable,
  deployment: LockedDeployment,
  { actor, triggeredBy = [] }: By
): Promise<Ahead> {
  const statuses = await readPhaseStatuses(client, deployment.id)
  const unknown = unknownBehind(actor, triggeredBy, driversOf(deployment))
  const gates = deployment.gates && deployment.gates.flatMap((gate) =>
    // A phase that failed is asked for anew after a resume.
    statuses.get(gate.phase) === 'succeeded' ? [gate] : withUnknown([gate], unknown)
  )
  if (gates && unknown > 0) await keepGates(client, deployment.id, gates)
  return { ...deployment, gates, statuses, unknown }
}

/**
 * Throws `approval-impossible` when a gate that a deployment still has to pass could not open any
 * more once these people made it go on.
 */
export function checkGatesAhead (
  { gates, approved }: Pick<LockedDeployment, 'gates' | 'approved'>,
  drivers: Drivers
): void {
  checkGates((gates ?? []).filter(({ phase }) => !approved.includes(phase)), drivers)
}
