import { type Failure } from '../../../contract/deployment.ts'
import { type EventDraft } from '../../event-draft.ts'
import { failure } from '../../failures.ts'
import { providerError } from '../../observations.ts'
import { noChanges } from '../../stacks/changes.ts'
import { HostLostError, type UnitOutcome } from '../../stacks/types.ts'
import { endAttempt, returnAttempt } from '../../store/units/attempt-end.ts'
import { type UnitState } from '../../store/units/units.ts'
import { spanTime, type TraceContext, underTrace } from '../../tracing/context.ts'
import { attemptContext, deploymentAttributes, phaseContext } from '../../tracing/deployment-spans.ts'
import { AttemptClock } from './attempt-clock.ts'
import { AttemptEvents } from './attempt-events.ts'
import { type RunContext } from './context.ts'
import { EventOrder } from './event-order.ts'
import { GrantWatch } from './grant-watch.ts'
import { type AttemptResult } from './state.ts'
import { runOnHost, type TimedClaim } from './unit-run.ts'
import { type Verdict, verdictOf } from './verdict.ts'
import { seededChance } from './virtual-time.ts'
import { maxWaitingEvents } from './writer.ts'

/** The end of an attempt, and what went wrong in it. */
interface Ended {
  readonly result: AttemptResult
  readonly error?: Failure
}

/** The attempt's span, with its start. */
type AttemptSpan = TraceContext & { readonly start: number }

/**
 * Runs a claimed unit to the end of the attempt and writes what became of it. Rejects only when the
 * store fails.
 */
export async function runAttempt (
  context: RunContext,
  unit: UnitState,
  claimed: TimedClaim,
  controller: AbortController
): Promise<AttemptResult> {
  const { service, request: { operation, mode } } = context
  const started = performance.now()
  const span: AttemptSpan | undefined = context.trace &&
    { ...attemptContext(context.trace, unit.id, claimed.attempt), start: spanTime() }
  const work = () => attempt(context, unit, claimed, controller)
  const ended = await (span ? underTrace(span, work) : work())
  const word = wordOf(ended.result, unit)
  service.observe({
    kind: 'attempt',
    phase: unit.phase,
    operation,
    mode,
    result: word,
    seconds: (performance.now() - started) / 1000
  })
  if (span?.sampled && context.trace) emitSpan(context, unit, claimed, { span, word, error: ended.error })
  return ended.result
}

/** The word for an attempt's result in metrics and traces. */
function wordOf (result: AttemptResult, unit: UnitState) {
  if (result.kind === 'ended') return result.status
  if (result.kind === 'lost') return 'lost'
  // A returned unit whose failures did not rise was interrupted: nothing of its own went wrong.
  return result.failures > unit.failures ? 'retried' : 'interrupted'
}

function emitSpan (
  context: RunContext,
  unit: UnitState,
  claimed: TimedClaim,
  { span, word, error }: { span: AttemptSpan, word: string, error: Failure | undefined }
): void {
  if (!context.trace) return
  const { traceId, spanId, start } = span
  context.service.tracing?.emit({
    traceId,
    spanId,
    parent: phaseContext(context.trace, unit.phase).spanId,
    name: `unit ${context.phaseNames.get(unit.phase) ?? unit.phase}`,
    kind: 'internal',
    start,
    end: spanTime(),
    attributes: {
      ...deploymentAttributes(context.deployment, { ...context, federation: context.federation.name }),
      'windlass.unit': unit.id,
      'windlass.stack': unit.stack,
      'windlass.phase': unit.phase,
      'windlass.attempt': claimed.attempt,
      'windlass.result': word
    },
    ...(error && { error: { code: error.code, message: error.message } })
  })
}

async function attempt (
  context: RunContext,
  unit: UnitState,
  claimed: TimedClaim,
  controller: AbortController
): Promise<Ended> {
  const { request, service } = context
  const events = new AttemptEvents(context.writer, { unit: unit.id, fence: claimed.fence }, controller)
  const order = new EventOrder(
    claimed.virtualStart !== undefined && !request.rehearsal?.timeScale,
    (drafts) => {
      events.store(drafts)
    }
  )
  const clock = new AttemptClock(claimed.virtualStart)
  const grants = new GrantWatch(context.grants)
  const missing = missingUpstream(context, unit)
  let outcome: UnitOutcome | HostLostError = missing.length > 0
    ? notRun(failure('upstream-missing', { missing }, { unit: unit.id }))
    : await runOnHost(context, unit, claimed, {
      signal: controller.signal,
      onEvents: (drafts) => {
        observeErrors(context, drafts)
        if (request.operation === 'up') grants.hear(drafts, Date.now())
        clock.hear(drafts)
        order.add(drafts)
      }
    })
  order.flush()
  if (!await events.stored) return { result: { kind: 'lost' } }
  if (events.flood) {
    outcome = {
      ...notRun(failure('event-flood', {
        deployment: context.deployment,
        limit: maxWaitingEvents
      }, { unit: unit.id })),
      ...('resourceChanges' in outcome && { resourceChanges: outcome.resourceChanges })
    }
  }
  const error = outcome instanceof HostLostError
    ? failure('host-lost', { reason: outcome.reason, detail: outcome.detail })
    : outcome.error
  if (error && request.operation === 'up') grants.hearEnd(error)
  const { failures } = unit
  const wait = grants.wait('virtual' in outcome && outcome.virtual ? outcome.virtual.end : Date.now())
  const verdict = verdictOf({ ...unit, attempt: claimed.attempt }, outcome, {
    operation: request.operation,
    stopping: service.stopping.aborted,
    canceling: context.canceling(),
    timeScale: request.mode === 'live' ? 1 : request.rehearsal?.timeScale ?? 0,
    readers: context.readers,
    now: Date.now(),
    ...(wait && { wait }),
    random: request.rehearsal
      ? seededChance(request.rehearsal.seed, unit.id, failures)
      : service.random()
  })
  const told = clock.told(verdict, outcome instanceof HostLostError ? undefined : outcome.virtual?.end)
  return { result: await write(context, unit, claimed, told), ...(error && { error }) }
}

function observeErrors ({ service }: RunContext, drafts: readonly EventDraft[]): void {
  for (const draft of drafts) if (draft.type === 'resource.failed') service.observe(providerError(draft))
}

/** The outcome of a unit that did nothing, or whose work is not worth anything. */
function notRun (error: Failure): UnitOutcome {
  return { status: 'failed', resourceChanges: noChanges(), error }
}

function missingUpstream ({ request, outputs }: RunContext, unit: UnitState): string[] {
  // No program of an orphan runs: nothing is read.
  return unit.declaredBy === null && (request.operation === 'up' || request.operation === 'refresh')
    ? unit.reads.filter((id) => !outputs.has(id))
    : []
}

/** Writes a verdict and its event in one transaction, and keeps the outputs for units after it. */
async function write (
  context: RunContext,
  unit: UnitState,
  { fence }: TimedClaim,
  verdict: Verdict
): Promise<AttemptResult> {
  const { writer, deployment, service } = context
  const held = { deployment, unit: unit.id, fence }
  const kept = await writer.change(async (client) => {
    const value = verdict.kind === 'end'
      ? await endAttempt(client, service.sealer, held, verdict.end)
      : await returnAttempt(client, held, verdict.back)
    return { value, events: value ? [verdict.event] : [] }
  })
  if (!kept) return { kind: 'lost' }
  if (verdict.kind === 'return') {
    const { retryAt, failures, losses, virtualEnd } = verdict.back
    return { kind: 'returned', retryAt, failures, losses, ...(virtualEnd !== undefined && { virtualEnd }) }
  }
  const { status, stored, outputs, leftovers, virtualEnd } = verdict.end
  if (stored === 'replace' || (outputs && context.request.operation === 'preview')) {
    context.outputs.set(unit.id, outputs ?? {})
  }
  if (stored === 'remove') context.outputs.delete(unit.id)
  return {
    kind: 'ended',
    status,
    leftovers: leftovers ?? null,
    ...(virtualEnd !== undefined && { virtualEnd })
  }
}
