/** Errors of requests about deployments. */
import { AutomationError, type StatusRefusal } from '../errors.ts'
import { type LockedDeployment } from '../store/deployments/locked-deployment.ts'
import { type PlannedGate } from '../store/deployments/planned-gate.ts'

/** The error of a deployment that does not exist. */
export function deploymentNotFound (id: string): AutomationError {
  return new AutomationError('deployment-not-found', { deployment: id })
}

/** The error of a read of events that are no longer kept. */
export function eventsRemoved (
  id: string,
  { eventsFrom, lastEvent }: { eventsFrom: number, lastEvent: number }
): AutomationError {
  return new AutomationError('events-removed', { deployment: id, eventsFrom, lastEvent })
}

/** The error of an approval that does not count at a gate, with the reason. */
export function approvalRefused ({ id }: { id: string }, gate: PlannedGate, why: string): AutomationError {
  const { phase, people, groups, launcherMayApprove } = gate
  return new AutomationError('approval-refused', {
    why,
    deployment: id,
    phase,
    people,
    groups,
    launcherMayApprove
  })
}

/** The error of a decision that the deployment's status does not allow. */
export function wrongStatus (
  { id, status }: Pick<LockedDeployment, 'id' | 'status'>,
  refusal: StatusRefusal
): AutomationError {
  return new AutomationError('wrong-status', { deployment: id, status, ...refusal })
}
