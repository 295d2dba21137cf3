/**
 * The state machines of deployments, phases and units: which status may follow which. Pure. The
 * store's updates take their `from` lists here.
 */
import { type DeploymentStatus, type UnitStatus } from '../../contract/words.ts'
import { type StoredPhaseStatus } from '../store/deployments/statuses.ts'

/** Status -> the statuses that may follow it. Only a resume leaves failed and canceled. */
export const deploymentTransitions: Readonly<Record<DeploymentStatus, readonly DeploymentStatus[]>> = {
  queued: ['running', 'canceled'],
  running: ['waiting', 'canceling', 'succeeded', 'failed'],
  waiting: ['running', 'canceling', 'failed'],
  // What was finished in time counts: a cancel that came after the last unit changes nothing that
  // was done, but the deployment is canceled all the same.
  canceling: ['canceled'],
  succeeded: [],
  failed: ['queued'],
  canceled: ['queued']
}

export const phaseTransitions: Readonly<Record<StoredPhaseStatus, readonly StoredPhaseStatus[]>> = {
  pending: ['running', 'waiting'],
  waiting: ['running', 'failed', 'canceled'],
  running: ['succeeded', 'failed', 'canceled'],
  // A unit of it is run once more to delete what its replaced resources left.
  succeeded: ['running'],
  failed: ['pending'],
  canceled: ['pending']
}

export const unitTransitions: Readonly<Record<UnitStatus, readonly UnitStatus[]>> = {
  waiting: ['running', 'skipped', 'canceled'],
  // Back to waiting: a retry or an interruption.
  running: ['waiting', 'succeeded', 'failed', 'canceled'],
  // What its replaced resources left is deleted at the end of the deployment.
  succeeded: ['waiting'],
  failed: ['waiting'],
  skipped: ['waiting'],
  canceled: ['waiting']
}

function before<S extends string> (transitions: Readonly<Record<S, readonly S[]>>, to: S): S[] {
  return (Object.keys(transitions) as S[]).filter((from) => transitions[from].includes(to))
}

/** The statuses from which a deployment may come to `to`. */
export function deploymentBefore (to: DeploymentStatus): DeploymentStatus[] {
  return before(deploymentTransitions, to)
}

/** The statuses from which a phase may come to `to`. */
export function phaseBefore (to: StoredPhaseStatus): StoredPhaseStatus[] {
  return before(phaseTransitions, to)
}

/** Says whether nothing happens to a deployment any more unless it is resumed. */
export function isEnded (status: DeploymentStatus): status is 'succeeded' | 'failed' | 'canceled' {
  return status === 'succeeded' || status === 'failed' || status === 'canceled'
}

/** Says whether a unit will not run any more in this run of its deployment. */
export function isSettled (status: UnitStatus): boolean {
  return status !== 'waiting' && status !== 'running'
}

/** Gives the result of a phase by its units, which are all settled. */
export function phaseResult (
  units: readonly UnitStatus[],
  canceling: boolean
): 'succeeded' | 'failed' | 'canceled' {
  if (units.every((status) => status === 'succeeded')) return 'succeeded'
  return canceling ? 'canceled' : 'failed'
}
