/**
 * Failures of units and deployments by code: the table of the reasons that are stored, told in
 * events and shown. What a provider, a program or the engine says is passed on in its own words.
 */
import { type Failure } from '../contract/deployment.ts'
import { defineErrors, type DetailsOf } from '../contract/errors.ts'

/** `passing`: the provider's message is of a kind that goes away by itself. */
interface Said {
  readonly text: string
  readonly passing: boolean
}

/** The loss of a unit's host, or the last of several in a row. */
interface Loss {
  /** How many in a row; absent: one. */
  readonly losses?: number
  readonly reason: 'exited' | 'silent' | 'out-of-memory' | 'lease-lost'
  readonly detail: string
}

const ends = {
  exited: 'ended',
  silent: 'fell silent',
  'out-of-memory': 'ran out of memory',
  'lease-lost': 'lost its lease'
}

const lossText = ({ losses, reason, detail }: Loss) =>
  losses === undefined
    ? `the unit host was lost (${reason}): ${detail}`
    : `its host was lost ${losses} times in a row; at last it ${ends[reason]}: ${detail}`

/** Says how a person finds out what an interrupted attempt made, and tells Pulumi. */
function pendingText ({ stack, unsettled }: { stack: string, unsettled: readonly string[] }): string {
  return 'an interrupted attempt had begun to create ' +
    `${unsettled.join(', ')}, and whether it was made cannot be found out here, since its id is not known: ` +
    'look for it in the cloud; for each one that exists run ' +
    `"pulumi refresh --stack ${stack} --import-pending-creates <urn> --import-pending-creates <id>", ` +
    `if none does "pulumi refresh --stack ${stack} --clear-pending-creates", then resume the deployment`
}

interface ClusterPlace {
  readonly cluster: string
}

/** A login that failed; `passing`: it may work by itself later. */
interface Login {
  readonly command: string
  readonly reason: string
  readonly identity: string
  readonly passing: boolean
}

/** An API server out of reach; `passing`: it may answer by itself later. */
interface Reach {
  readonly server: string
  readonly reason: string
  readonly opening: string
  readonly passing: boolean
}

/** Requests that an API server does not take; `granting`: what has to be granted, and where. */
interface Denied {
  readonly identity: string
  /** Predicate of the identity. */
  readonly denied: string
  readonly granting: string
}

const table = {
  /** An operation on a resource failed in its provider; `others`: so many failed besides. */
  'resource-failed': {
    retryable: ({ passing }: Said) => passing,
    message: ({ text, others }: Said & { readonly others: number }) =>
      others > 0 ? `${text} (and ${others} more)` : text
  },
  /** The provider or the engine refused a resource before anything was done to it. */
  'resource-refused': { retryable: ({ passing }: Said) => passing, message: ({ text }: Said) => text },
  'policy-violated': {
    retryable: false,
    message: ({ violations }: { violations: readonly string[] }) => violations.join('; ')
  },
  /** The unit's own program threw. */
  'program-failed': { retryable: false, message: ({ text }: { text: string }) => text },
  /** A program by which a kubeconfig gets its tokens is not there. `advice`: where it is. */
  'cluster-client-missing': {
    retryable: false,
    message: ({ cluster, command, advice }: ClusterPlace & { command: string, advice: string }) =>
      `${cluster}: its kubeconfig gets tokens by ${command}, which is not on the PATH of the service, or ` +
      `may not be executed by its user: ${advice}`
  },
  /** That program is there, and gives no token. `identity`: as whom it should. */
  'cluster-login-failed': {
    retryable: ({ passing }: { passing: boolean }) => passing,
    message: ({ cluster, command, reason, identity }: ClusterPlace & Login) =>
      `${cluster}: ${command} gives no token for the API: ${reason}. It has to give one as ${identity}, ` +
      "without asking anybody, to the service's user and with the variables of its environment"
  },
  /** A cluster's API server does not answer. `opening`: what has to be opened, and by what. */
  'cluster-unreachable': {
    retryable: ({ passing }: { passing: boolean }) => passing,
    message: ({ cluster, server, reason, opening }: ClusterPlace & Reach) =>
      `${cluster}: ${server} cannot be reached from where Windlass runs: ${reason}. ${opening}`
  },
  /** A cluster's API server does not let the caller do what the unit needs. */
  'cluster-access-denied': {
    retryable: false,
    message: ({ cluster, identity, denied, granting }: ClusterPlace & Denied) =>
      `${cluster}: ${identity} ${denied}. ${granting}`
  },
  /**
   * Another operation holds the stack: only possible when someone works on it by hand. `holders`:
   * who, where it is known.
   */
  'stack-locked': {
    retryable: true,
    message: ({ holders }: { holders?: string }) =>
      holders === undefined
        ? 'another operation holds the stack'
        : `the stack is held by ${holders}: wait for it to end, or, when it has ended without giving the ` +
          'stack back, run "pulumi cancel" on the stack'
  },
  /**
   * The clouds cannot tell whether what an interrupted attempt had begun to create exists: someone
   * has to say.
   */
  'pending-operations': { retryable: false, message: pendingText },
  /** The engine or its command line failed in a way that no diagnostic explains. */
  'engine-failed': { retryable: false, message: ({ text }: { text: string }) => text },
  /** The unit host itself failed before or beside the operation. */
  'host-failed': { retryable: true, message: ({ text }: { text: string }) => text },
  'host-lost': { retryable: true, message: lossText },
  'out-of-memory': { retryable: true, message: lossText },
  /** `missing`: units whose outputs it reads. */
  'upstream-missing': {
    retryable: false,
    message: ({ missing }: { missing: readonly string[] }) =>
      `it reads outputs of ${missing.join(', ')}, which is not deployed (any more)`
  },
  /** More than `limit` events of the deployment waited to be stored. */
  'event-flood': {
    retryable: false,
    message: ({ deployment, limit }: { deployment: string, limit: number }) =>
      `more than ${limit} events of deployment ${deployment} wait to be stored: the unit was stopped, ` +
      'since its log would have had a hole'
  },
  /** The database refused to store what was done, and would again. */
  'store-refused': {
    retryable: false,
    message: ({ refusal }: { refusal: string }) => `the database refused to store what was done: ${refusal}`
  },
  /** The service itself failed. */
  internal: { retryable: true, message: ({ text }: { text: string }) => text },
  /** A unit that failed without a stored reason. */
  unknown: { retryable: true, message: () => 'no reason is known' },
  /** `comment`: the person's own. */
  rejected: {
    retryable: false,
    message: ({ phase, comment }: { phase: number, comment?: string }) =>
      `phase ${phase} was rejected${comment === undefined ? '' : `: ${comment}`}`
  },
  /** A gate's time is over. */
  'approval-expired': {
    retryable: false,
    message: ({ phase, minutes }: { phase: number, minutes: number }) =>
      `phase ${phase} was not approved within ${minutes} minutes`
  },
  'units-not-succeeded': {
    retryable: false,
    message: ({ units }: { units: readonly string[] }) => `${units.join(', ')} did not succeed`
  }
} as const

/** The reason why a unit or a deployment failed. Stored as a `Failure`. */
export const FailureError = defineErrors('FailureError', '', table)
export type FailureCode = keyof typeof table

/** The failure of a unit or resource, to be stored, with its code's verdict on retrying. */
export function failure<Code extends FailureCode> (
  code: Code,
  details: DetailsOf<typeof table, Code>,
  place: Pick<Failure, 'unit' | 'resource'> = {}
): Failure {
  const { message, retryable } = new FailureError(code, details)
  return { code, message, retryable, ...place }
}
