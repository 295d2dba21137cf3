import { type Failure, type Leftover } from '../../contract/deployment.ts'
import { toldCut } from '../../contract/text/cut.ts'
import { failure } from '../failures.ts'
import { type Redactor } from '../redaction/redactor.ts'
import { type Observed } from './engine-events.ts'

/**
 * Says whether a provider's message is of the kind that goes away by itself (throttling, an
 * unavailable service).
 */
export type RetryClassifier = (message: string) => boolean

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
    return failure('resource-failed', {
      text: messages[0] ?? 'the operation failed',
      others: messages.length - 1,
      passing: messages.every(classify)
    }, { resource: failed.urn })
  }
  const [violation] = observed.policyViolations
  if (violation) {
    const violations = observed.policyViolations.map(({ message }) => message)
    return failure('policy-violated', { violations }, violation.urn ? { resource: violation.urn } : {})
  }
  const refused = observed.errors.find((diagnostic) =>
    diagnostic.urn !== undefined && !diagnostic.urn.includes('::pulumi:pulumi:Stack::')
  )
  if (refused?.urn !== undefined) {
    const text = refused.message
    return failure('resource-refused', { text, passing: classify(text) }, { resource: refused.urn })
  }
  if (name === 'ConcurrentUpdateError') {
    return failure('stack-locked', lockHolders === '' ? {} : { holders: lockHolders })
  }
  const [first] = observed.errors
  if (first) return failure('program-failed', { text: first.message })
  const text = redactor.text(error instanceof Error ? error.message : String(error))
  return failure('engine-failed', { text: toldCut(text, 4_000) })
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
