/**
 * The automation room's errors: one table, stable codes, each with what the caller should do. Rooms
 * inside (federation, plan, stacks) have tables of their own in the same form.
 */
import { type AnyCodedError, defineErrors } from '../contract/errors.ts'
import { type FederationProblem } from '../contract/federation.ts'
import { type DeploymentStatus, type GateReason, type Operation } from '../contract/words.ts'

/** Kind of answer; the server maps kinds, not codes, to HTTP statuses. */
export type ErrorKind =
  | 'invalid'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'mismatch'
  | 'refused'
  | 'unavailable'
  /** Too much of it already: it can be asked for again later. */
  | 'exhausted'
  | 'internal'

/** A deployment or notification whose status does not allow something, with what would. */
export type WrongStatus =
  & { readonly status: string }
  & (
    | { readonly notification: string, readonly because: 'not-given-up' }
    | { readonly deployment: string } & StatusRefusal
  )

/** Reasons why a deployment's status does not allow an act. */
export type StatusRefusal =
  | { readonly because: 'ended' | 'not-waiting' | 'not-resumable' | 'no-window' }
  /** It waits for a window or the end of a freeze, which nobody approves. */
  | { readonly because: 'window' | 'freeze' }
  /** `phase`: the one that waits. */
  | { readonly because: 'other-phase', readonly phase: number, readonly decided: number }
  /** What a resume needs is gone. */
  | { readonly because: 'fresh-world' | 'outputs-removed' }
  | { readonly because: 'world-removed', readonly world: string }

function statusText (details: WrongStatus): string {
  const one = 'deployment' in details
    ? `deployment ${details.deployment}`
    : `notification ${details.notification}`
  return `${one} is ${details.status}; ${statusReason(details)}`
}

function statusReason (details: WrongStatus): string {
  switch (details.because) {
    case 'not-given-up':
      return 'only one that was given up (dead) can be sent again'
    case 'ended':
      return 'only one that has not ended can be canceled'
    case 'not-waiting':
      return 'only one that waits for an approval can be approved or rejected'
    case 'window':
    case 'freeze':
      return `it waits for ${
        details.because === 'freeze' ? 'the end of a freeze' : 'a maintenance window'
      }, ` +
        'which nobody approves: have it go on by overriding that, with a reason'
    case 'other-phase':
      return `it waits for the approval of phase ${details.phase}, not ${details.decided}`
    case 'not-resumable':
      return 'only a failed or canceled one can be resumed'
    case 'fresh-world':
      return 'it cannot be resumed, since its fresh world was dropped when it ended: launch it again, in a ' +
        'named world if it is to be resumed'
    case 'world-removed':
      return `it cannot be resumed, since its world, ${details.world}, was dropped, or ` +
        'went since nobody used it for long: launch it again'
    case 'outputs-removed':
      return 'it cannot be resumed, since the outputs of its units were removed with their age: launch it ' +
        'again'
    case 'no-window':
      return 'only one that waits for a maintenance window, or for the end of a freeze, can be had to go on'
  }
}

/** Explains why live deployments are refused. */
function liveRefusal ({ reason, problem = 'none was looked for' }: {
  reason: 'off' | 'not-loopback' | 'no-cli'
  problem?: string
}): string {
  switch (reason) {
    case 'off':
      return 'this service does not deploy to live clouds: start it with WINDLASS_LIVE=on and a Pulumi CLI ' +
        'on its PATH'
    case 'not-loopback':
      return 'this service can be reached from other machines, and whoever reaches it could deploy to live ' +
        'clouds: start it with WINDLASS_HOST=127.0.0.1, or have it authenticate its callers with ' +
        'WINDLASS_ACCESS'
    case 'no-cli':
      return `live deployments need the Pulumi CLI: ${problem}; then start the service again`
  }
}

/** Says whose bound is reached: the caller's, or that of all in a federation. */
const whose = ({ of, federation }: { of: 'caller' | 'federation', federation: string }): string =>
  of === 'caller' ? 'this caller' : `federation ${federation}`

/** `units`: those of the last phase. */
function noReport ({ deployment, status, operation, units }: {
  deployment: string
  status: DeploymentStatus
  operation: Operation
  units: number
}): string {
  const why = operation === 'preview'
    ? 'a preview measures nothing'
    : units === 0
    ? 'it does not include phase 8'
    : `none of the ${units} units of phase 8 has ended (the deployment is ${status})`
  return `deployment ${deployment} has no validation report: ${why}`
}

/** Says which events of a deployment are still kept. */
function keptEvents (details: { deployment: string, eventsFrom: number, lastEvent: number }): string {
  const { deployment, eventsFrom, lastEvent } = details
  const kept = eventsFrom > lastEvent
    ? `all ${lastEvent} were`
    : `the first ${eventsFrom - 1} were, and ${eventsFrom} to ${lastEvent} are kept`
  return `events of deployment ${deployment} were removed with their age: ${kept}; read on after ` +
    `${eventsFrom - 1}`
}

const table = {
  'deployment-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ deployment }: { deployment: string }) => `there is no deployment ${deployment}`
  },
  /** Events before `eventsFrom` were removed with their age. */
  'events-removed': { kind: 'gone', retryable: false, message: keptEvents },
  'unit-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ deployment, unit }: { deployment: string, unit: string }) =>
      `deployment ${deployment} has no unit ${unit}`
  },
  /** Phase 8 has not run in this deployment. */
  'validation-not-found': {
    kind: 'not-found',
    retryable: true,
    message: noReport
  },
  'notification-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ notification }: { notification: string }) => `there is no notification ${notification}`
  },
  /** `known`: the federations that there are, for callers who may see all of them. */
  'federation-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ federation, known }: { federation: string, known?: readonly string[] }) =>
      `there is no federation ${federation}` +
      (known === undefined ? '' : `; there are: ${known.length === 0 ? 'none' : known.join(', ')}`)
  },
  'token-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ token }: { token: string }) => `there is no token ${token}`
  },
  'stack-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ stack, place }: { stack: string, place: string }) => `there is no stack ${stack} in ${place}`
  },
  'world-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ world }: { world: string }) => `there is no world ${world}`
  },
  /** Deployments in it have not ended, or one is launched at this moment: then none is named. */
  'world-in-use': {
    kind: 'conflict',
    retryable: true,
    message: ({ world, deployments }: { world: string, deployments: readonly string[] }) =>
      deployments.length === 0
        ? `somebody is about to rehearse in the world ${world}: try again in a moment`
        : `the world ${world} cannot be dropped while deployments in it have not ended: ` +
          `${deployments.join(', ')}; cancel them, or wait for their end`
  },
  'outages-full': {
    kind: 'conflict',
    retryable: false,
    message: ({ world, limit }: { world: string, limit: number }) =>
      `the world ${world} has ${limit} outages already: end them (windlass world recover ${world}) first`
  },
  'hook-not-found': {
    kind: 'not-found',
    retryable: false,
    message: ({ hook }: { hook: string }) => `there is no hook ${hook}`
  },
  /** Nothing shows that a delivery comes from a holder of the hook's secret, or it is too old. */
  'hook-refused': {
    kind: 'refused',
    retryable: false,
    message: ({ hook, why }: { hook: string, why: string }) =>
      `the delivery to hook ${hook} is refused: ${why}`
  },
  'hook-payload-invalid': {
    kind: 'invalid',
    retryable: false,
    message: ({ hook, wrong }: { hook: string, wrong: string }) => `the body sent to hook ${hook} ${wrong}`
  },
  /** A delivery's id was used for another body. */
  'hook-delivery-mismatch': {
    kind: 'mismatch',
    retryable: false,
    message: ({ delivery }: { hook: string, delivery: string }) =>
      `the delivery id ${delivery} was used for another body: expected a new id for each`
  },
  /** The federation file has errors, or the text stored at launch is no longer valid. */
  'federation-invalid': {
    kind: 'invalid',
    retryable: false,
    message: ({ federation, errors, stored = false }: {
      federation: string
      errors: readonly FederationProblem[]
      stored?: boolean
    }) =>
      stored
        ? `the text of federation ${federation} that was stored at launch is not valid for this version of ` +
          `the service: ${errors[0]?.message ?? ''}`
        : `the federation ${federation} has ${errors.length} ${
          errors.length === 1 ? 'error' : 'errors'
        } in its ` +
          'file'
  },
  /** A schedule is due while what it launched before is not over, or left this time out before. */
  'schedule-overlaps': {
    kind: 'conflict',
    retryable: false,
    message: ({ schedule, due, deployment }: { schedule: string, due: string, deployment: string }) =>
      `the schedule ${schedule} launches nothing at ${due}: deployment ${deployment}, which it launched ` +
      'before, was not over'
  },
  /** A field of the request is not acceptable. `known`: values that would be. */
  'request-invalid': {
    kind: 'invalid',
    retryable: false,
    message: ({ wrong }: {
      field: string
      wrong: string
      known?: readonly string[]
      missing?: readonly string[]
      unknown?: readonly string[]
    }) => wrong
  },
  /** Selected phases and clusters hold no unit. */
  'plan-empty': { kind: 'invalid', retryable: false, message: ({ why }: { why: string }) => why },
  'plan-cycle': {
    kind: 'invalid',
    retryable: false,
    message: ({ why }: { why: string, units: readonly string[] }) => why
  },
  /** Earlier phases are not deployed. */
  'prerequisites-missing': {
    kind: 'conflict',
    retryable: false,
    message: ({ missing }: { missing: readonly string[] }) =>
      `${missing.length} units that the selected phases stand on are not deployed: ${missing.join(', ')}; ` +
      'deploy them first, or select their phases and all the clusters that they span too'
  },
  /** Later phases stand on what would be destroyed. */
  'dependants-deployed': {
    kind: 'conflict',
    retryable: false,
    message: (
      { dependants, orphaned }: { dependants: readonly string[], orphaned?: readonly string[] }
    ) =>
      `${dependants.length} deployed units stand on what would be destroyed: ${dependants.join(', ')}; ` +
      (orphaned && orphaned.length > 0
        ? 'bring them up with the federation file as it is now, which takes them off ' +
          `${orphaned.join(', ')}, or destroy them too`
        : 'destroy them first, or select them too')
  },
  /** The status does not allow it. */
  'wrong-status': { kind: 'conflict', retryable: false, message: statusText },
  /** This person's approval does not count at this gate. */
  'approval-refused': {
    kind: 'refused',
    retryable: false,
    message: ({ phase, why }: {
      deployment: string
      phase: number
      people: readonly string[]
      groups: readonly string[]
      launcherMayApprove: boolean
      why: string
    }) => `this approval of phase ${phase} does not count: ${why}`
  },
  /** The gate's time is over: the deployment fails. Also the code of that failure. */
  'approval-expired': {
    kind: 'conflict',
    retryable: false,
    message: ({ deployment, phase, minutes }: { deployment: string, phase: number, minutes: number }) =>
      `phase ${phase} of deployment ${deployment} waited for its approval for ${minutes} minutes, which ` +
      'are over: resume the deployment to ask again'
  },
  /** A gate of the launch could never open. */
  'approval-impossible': {
    kind: 'conflict',
    retryable: false,
    message: ({ phase, because, why }: { phase: number, because: GateReason, why: string }) =>
      `phase ${phase} waits for an approval that could never come: ${why}; ` +
      (because === 'live-destroy'
        ? 'have the service authenticate its callers (WINDLASS_ACCESS), or set approvals.liveDestroy: ' +
          'alone in the federation file'
        : 'have somebody else launch it, or change approvals.gates in the federation file')
  },
  /** A caller, or all callers of a federation, have as many deployments queued as they may. */
  'queue-full': {
    kind: 'exhausted',
    retryable: true,
    message: (details: { of: 'caller' | 'federation', federation: string, limit: number }) =>
      `${whose(details)} has ${details.limit} deployments queued, and more may not wait: try again when ` +
      'some have begun, or cancel those that are not needed'
  },
  /** A caller, or all callers of a federation, rehearse in as many worlds as they may. */
  'worlds-full': {
    kind: 'exhausted',
    retryable: true,
    message: (details: { of: 'caller' | 'federation', federation: string, world: string, limit: number }) =>
      `${whose(details)} has ${details.limit} worlds, and ${details.world} would be one more: rehearse in ` +
      'one of those, or in the world "fresh", which goes with its deployment, or drop one that nobody ' +
      'needs (windlass world list, windlass world drop); a world that nobody uses goes after ' +
      'WINDLASS_KEEP_WORLDS days'
  },
  'idempotency-mismatch': {
    kind: 'mismatch',
    retryable: false,
    message: ({ key, deployment }: { key: string, deployment: string }) =>
      `the idempotency key ${key} was used for another request, which made deployment ${deployment}: use a ` +
      'new key'
  },
  /** Live mode is off or has no Pulumi CLI. */
  'live-refused': { kind: 'refused', retryable: false, message: liveRefusal },
  'shutting-down': {
    kind: 'unavailable',
    retryable: true,
    message: () => 'the service is shutting down: try again in a moment'
  },
  'store-unavailable': {
    kind: 'unavailable',
    retryable: true,
    message: () => 'the database cannot be reached at the moment: try again'
  },
  internal: { kind: 'internal', retryable: true, message: ({ what }: { what: string }) => what }
} as const satisfies Record<
  string,
  { kind: ErrorKind, retryable: boolean, message: (details: never) => string }
>

export type ErrorCode = keyof typeof table

/** An error of this room. Decide by its code; details are safe to show. */
export const AutomationError = defineErrors('AutomationError', '', table)
export type AutomationError = AnyCodedError<typeof table>

/** Tells the kind of answer of a code. */
export const errorKind = (code: ErrorCode): ErrorKind => table[code].kind
