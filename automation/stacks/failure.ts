import { type Failure, type Leftover } from '../../contract/deployment.ts'
import { type Observed } from './engine-events.ts'
import { type Redactor } from './redact.ts'

/**
 * Failures of a unit by stable code, and whether the same attempt may succeed later (null: the
 * provider's message decides).
 */
export const unitErrors = {
  /** An operation on a resource failed in its provider. */
  'resource-failed': { retryable: null },
  /** The provider or the engine refused a resource before anything was done to it. */
  'resource-refused': { retryable: null },
  'policy-violated': { retryable: false },
  /** The unit's own program threw. */
  'program-failed': { retryable: false },
  /** Another operation holds the stack: only possible when someone works on it by hand. */
  'stack-locked': { retryable: true },
  /**
   * The clouds cannot tell whether what an interrupted attempt had begun to create exists: someone
   * has to say.
   */
  'pending-operations': { retryable: false },
  /** The engine or its command line failed in a way that no diagnostic explains. */
  'engine-failed': { retryable: false }
} as const satisfies Record<string, { retryable: boolean | null }>
export type UnitErrorCode = keyof typeof unitErrors

/**
 * Says whether a provider's message is of the kind that goes away by itself (throttling, an
 * unavailable service).
 */
export type RetryClassifier = (message: string) => boolean

/**
 * A failure with its code's verdict on retrying; where the code leaves it to the message,
 * `classify` decides.
 */
export function unitFailure (
  code: UnitErrorCode,
  message: string,
  classify: RetryClassifier,
  resource?: string
): Failure {
  return {
    code,
    message,
    retryable: unitErrors[code].retryable ?? classify(message),
    ...(resource && { resource })
  }
}

/**
 * Says what went wrong in an operation that rejected with `error`: the engine's own events say it
 * best, in this order: a resource operation that failed, a policy, a resource that was refused, the
 * program; the SDK's error text (made from the command's output) is the last resort. A unit is
 * worth retrying only when every failed resource is. `lockHolders` names who holds a stack that is
 * locked.
 */
export function failureOf (
  error: unknown,
  observed: Observed,
  redactor: Redactor,
  classify: RetryClassifier,
  lockHolders = ''
): Failure {
  const name = error instanceof Error ? error.constructor.name : ''
  const [failed] = observed.failed
  if (failed !== undefined) {
    const messages = observed.failed.map(({ urn }) => messageOn(urn, observed))
    const failure = unitFailure(
      'resource-failed',
      messages[0] ?? 'the operation failed',
      classify,
      failed.urn
    )
    return {
      ...failure,
      retryable: messages.every(classify),
      message: messages.length > 1 ? `${failure.message} (and ${messages.length - 1} more)` : failure.message
    }
  }
  const [violation] = observed.policyViolations
  if (violation) {
    return unitFailure(
      'policy-violated',
      observed.policyViolations.map(({ message }) => message).join('; '),
      classify,
      violation.urn
    )
  }
  const refused = observed.errors.find((diagnostic) =>
    diagnostic.urn !== undefined && !diagnostic.urn.includes('::pulumi:pulumi:Stack::')
  )
  if (refused) return unitFailure('resource-refused', refused.message, classify, refused.urn)
  if (name === 'ConcurrentUpdateError') {
    return unitFailure(
      'stack-locked',
      lockHolders === ''
        ? 'another operation holds the stack'
        : `the stack is held by ${lockHolders}: wait for it to end, or, when it has ended without giving ` +
          'the stack back, run "pulumi cancel" on the stack',
      classify
    )
  }
  const [first] = observed.errors
  if (first) return unitFailure('program-failed', first.message, classify)
  const text = redactor.text(error instanceof Error ? error.message : String(error))
  return unitFailure('engine-failed', text.slice(0, 4_000), classify)
}

/**
 * The replaced resources that an `up` could not delete since something else still uses them, when
 * nothing but that went wrong: the new ones are there, the outputs are right, and the old ones are
 * known to the state and go with a later `up`, once what holds them has moved. None when anything
 * else failed too. `held` says whether a provider's message means that.
 */
export function leftoversOf (observed: Observed, held: (message: string) => boolean): Leftover[] {
  // One that was to be deleted before its replacement is made keeps the replacement from being
  // there.
  const leftovers = observed.failed.map(({ urn, op, stands }) => ({
    old: op === 'delete-replaced' && stands,
    resource: urn,
    message: messageOn(urn, observed)
  }))
  return leftovers.every(({ old, message }) => old && held(message))
    ? leftovers.map(({ resource, message }) => ({ resource, message }))
    : []
}

function messageOn (urn: string, observed: Observed): string {
  return observed.errors.findLast((diagnostic) => diagnostic.urn === urn)?.message ?? 'the operation failed'
}
