/** Verdicts on a unit after an attempt at it. Pure. */
import { type Failure } from '../../../contract/deployment.ts'
import { type Operation } from '../../../contract/words.ts'
import { type EventDraft } from '../../event-draft.ts'
import { failure } from '../../failures.ts'
import { noChanges } from '../../stacks/changes.ts'
import { HostLostError, type UnitOutcome } from '../../stacks/types.ts'
import { type AttemptEnd, type AttemptReturn } from '../../store/units/attempt-end.ts'
import { type UnitState } from '../../store/units/units.ts'
import { mayLeave } from './clean-up.ts'
import { type GrantWait } from './grant-watch.ts'
import { afterFailure, afterLoss, backoff } from './retry.ts'

/** A unit ends, or goes back among those that wait; each with the event that tells of it. */
export type Verdict =
  | { readonly kind: 'end', readonly end: AttemptEnd, readonly event: EventDraft }
  | Returned

/** A unit goes back among those that wait. */
export interface Returned {
  readonly kind: 'return'
  readonly back: AttemptReturn
  /** Milliseconds of its world between this attempt and the next. */
  readonly virtualDelay: number
  readonly event: EventDraft
}

/** Circumstances of an attempt's end. */
export interface Circumstances {
  readonly operation: Operation
  /** The process is to end: what it stops is continued elsewhere. */
  readonly stopping: boolean
  /** The deployment is being canceled. */
  readonly canceling: boolean
  /** Speed of the rehearsal's clouds against real ones; live: 1. */
  readonly timeScale: number
  /** Units that others of the federation read. */
  readonly readers: ReadonlySet<string>
  /** Milliseconds since the epoch. */
  readonly now: number
  /** A number from 0 to 1. */
  readonly random: number
  /** What was denied may be allowed after it. */
  readonly wait?: GrantWait
}

/** The unit before the attempt's end, and the attempt's number. */
export type Attempted =
  & Pick<UnitState, 'id' | 'phase' | 'attempt' | 'failures' | 'losses' | 'leftovers'>
  & Pick<UnitState, 'dependsOn' | 'status'>

/** Decides what becomes of a unit whose attempt ended so. */
export function verdictOf (
  unit: Attempted,
  outcome: UnitOutcome | HostLostError,
  circumstances: Circumstances
): Verdict {
  if (outcome instanceof HostLostError || outcome.status === 'canceled') {
    return afterCut(unit, outcome, circumstances)
  }
  return outcome.status === 'succeeded'
    ? succeeded(unit, outcome, circumstances)
    : failed(unit, outcome, circumstances)
}

/** A unit that goes back among those that wait, since its attempt was cut off. */
export function interrupted (
  unit: Pick<Attempted, 'id' | 'phase' | 'attempt'>,
  cut: Pick<AttemptReturn, 'changes' | 'cost' | 'failures' | 'losses'> & { reason: string, detail: string },
  now: number
): Returned {
  const { reason, detail, ...counts } = cut
  return {
    kind: 'return',
    virtualDelay: 0,
    back: { ...counts, retryAt: now, reason: `it was interrupted: ${detail}`, settle: true },
    event: { type: 'unit.interrupted', ...subject(unit), reason, detail }
  }
}

function subject ({ id, phase, attempt }: Pick<Attempted, 'id' | 'phase' | 'attempt'>) {
  return { phase, unit: id, attempt }
}

/** A unit that ends. */
export function ended (unit: Pick<Attempted, 'id' | 'phase' | 'attempt'>, end: AttemptEnd): Verdict {
  return { kind: 'end', end, event: endEvent(unit, end) }
}

function endEvent (unit: Pick<Attempted, 'id' | 'phase' | 'attempt'>, end: AttemptEnd): EventDraft {
  const told = { ...subject(unit), resourceChanges: end.changes }
  const drift = end.drift ? { drift: end.drift.counts } : {}
  switch (end.status) {
    case 'succeeded':
      return {
        type: 'unit.succeeded',
        ...told,
        ...drift,
        ...(end.leftovers && { leftovers: end.leftovers })
      }
    case 'failed':
      return { type: 'unit.failed', ...told, ...drift, error: end.error }
    case 'canceled':
      return { type: 'unit.canceled', ...told, reason: end.reason }
  }
}

/** After an attempt that was stopped, or whose host was lost. */
function afterCut (
  unit: Attempted,
  outcome: UnitOutcome | HostLostError,
  { stopping, canceling, now }: Circumstances
): Verdict {
  const lost = outcome instanceof HostLostError ? outcome : undefined
  const detail = lost ? `its host was lost (${lost.reason}): ${lost.detail}` : 'it was stopped'
  const seen = outcome instanceof HostLostError
    ? { changes: noChanges() }
    : { changes: outcome.resourceChanges, ...(outcome.cost && { cost: outcome.cost }) }
  const { failures, losses } = unit
  if (stopping) {
    return interrupted(unit, { ...seen, reason: 'service-stopped', detail, failures, losses }, now)
  }
  if (canceling) {
    const reason = lost ? `canceled; ${detail}` : 'canceled'
    return ended(unit, { status: 'canceled', ...seen, stored: 'keep', reason, settle: lost !== undefined })
  }
  const cause = lost && lost.reason !== 'lease-lost' ? lost.reason : 'exited'
  const decision = afterLoss(unit, unit.id, cause, detail)
  return decision.retry
    ? interrupted(unit, {
      ...seen,
      reason: cause,
      detail,
      failures: decision.failures,
      losses: decision.losses
    }, now)
    : ended(unit, { status: 'failed', ...seen, stored: 'keep', error: decision.error, settle: true })
}

function succeeded (unit: Attempted, outcome: UnitOutcome, { operation }: Circumstances): Verdict {
  const outputs = operation === 'destroy' || operation === 'drift-check' ? undefined : outcome.outputs ?? {}
  return ended(unit, {
    status: 'succeeded',
    ...seenBy(outcome),
    ...(outputs && { outputs }),
    stored: operation === 'destroy'
      ? 'remove'
      : operation === 'preview' || operation === 'drift-check'
      ? 'keep'
      : 'replace',
    ...(outcome.drift && { drift: outcome.drift }),
    settle: false
  })
}

function failed (unit: Attempted, outcome: UnitOutcome, circumstances: Circumstances): Verdict {
  const { canceling, timeScale, readers, now, random, wait } = circumstances
  const seen = seenBy(outcome)
  const { leftovers } = outcome
  if (leftovers && mayLeave(unit, readers)) {
    const outputs = outcome.outputs ?? {}
    return ended(unit, { status: 'succeeded', ...seen, outputs, stored: 'replace', leftovers, settle: false })
  }
  const error: Failure = {
    ...(outcome.error ?? failure('internal', { text: 'the attempt failed without saying why' })),
    unit: unit.id
  }
  if (wait && !canceling) return awaiting(unit, { error, seen, wait }, circumstances)
  const decision = canceling ? { retry: false } as const : afterFailure(unit, error, timeScale, random)
  if (!decision.retry) {
    const drift = outcome.drift ? { drift: outcome.drift } : {}
    return ended(unit, { status: 'failed', ...seen, ...drift, stored: 'keep', error, settle: false })
  }
  return {
    kind: 'return',
    // In a world's own time it waits as it does live.
    virtualDelay: Math.round(backoff(decision.failures, 1, random)),
    back: {
      ...seen,
      retryAt: now + decision.delay,
      reason: `it is tried again: ${error.message}`,
      error,
      failures: decision.failures,
      losses: decision.losses,
      settle: false
    },
    event: {
      type: 'unit.retrying',
      ...subject(unit),
      error,
      delaySeconds: decision.delay / 1000,
      resourceChanges: outcome.resourceChanges
    }
  }
}

/** A unit that waits until a grant has taken effect; in a world's own time as long as live. */
function awaiting (
  unit: Attempted,
  { error, seen, wait }: { error: Failure, seen: ReturnType<typeof seenBy>, wait: GrantWait },
  { timeScale, now }: Circumstances
): Returned {
  const delay = wait.seconds * 1000 * Math.min(timeScale, 1)
  return {
    kind: 'return',
    virtualDelay: wait.seconds * 1000,
    back: {
      ...seen,
      retryAt: now + delay,
      reason: wait.told,
      error,
      failures: unit.failures + 1,
      losses: 0,
      settle: false
    },
    event: {
      type: 'unit.retrying',
      ...subject(unit),
      error,
      delaySeconds: delay / 1000,
      waitsFor: wait.told,
      resourceChanges: seen.changes
    }
  }
}

/** Gives the changes, the cost and the judged calls of an attempt. */
function seenBy (
  { resourceChanges, cost, judged }: UnitOutcome
): Pick<AttemptEnd, 'changes' | 'cost' | 'judged'> {
  return { changes: resourceChanges, ...(cost && { cost }), ...(judged && { judged }) }
}
