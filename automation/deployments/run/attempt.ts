import { type Failure } from '../../../contract/deployment.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type PhaseName } from '../../../contract/words.ts'
import { type Federation } from '../../../programs/types.ts'
import { type EventDraft } from '../../event-draft.ts'
import { providerError } from '../../observations.ts'
import { noChanges } from '../../stacks/changes.ts'
import { HostLostError, type OutputValues, type UnitOutcome, type UnitRun } from '../../stacks/types.ts'
import { setPhaseStatus } from '../../store/deployments/statuses.ts'
import {
  type AttemptEnd,
  type AttemptReturn,
  endAttempt,
  returnAttempt
} from '../../store/units/attempt-end.ts'
import { claimUnit, type Claim } from '../../store/units/claim.ts'
import { type UnitState } from '../../store/units/units.ts'
import { spanTime, type TraceContext, underTrace } from '../../tracing/context.ts'
import { attemptContext, deploymentAttributes, phaseContext } from '../../tracing/deployment-spans.ts'
import { type Service } from '../service.ts'
import { phaseBefore } from '../states.ts'
import { mayLeave } from './clean-up.ts'
import { afterFailure, afterLoss, type RetryDecision } from './retry.ts'
import { unitFailure } from './unit-failure.ts'
import { type DeploymentWriter, EventFloodError } from './writer.ts'

/** What all attempts of a run share. `world` is resolved. */
export interface RunContext {
  service: Service
  writer: DeploymentWriter
  deployment: string
  request: Launch
  /** The deployment's span; undefined when nobody traces it. */
  trace: TraceContext | undefined
  world: string | null
  federation: Federation
  phaseNames: ReadonlyMap<number, PhaseName>
  secrets: Record<string, string>
  /**
   * Outputs of what is deployed, kept up to date by this run's own units; in a preview, over them,
   * what its units would hand on.
   */
  outputs: Map<string, OutputValues>
  /** Units that others of the federation read, of this deployment or deployed before. */
  readers: ReadonlySet<string>
  canceling(): boolean
}

/** How an attempt left its unit. `lost`: another process has it now, or had; the store knows. */
export type AttemptResult =
  | { kind: 'ended', status: AttemptEnd['status'], leftovers: UnitState['leftovers'] }
  | { kind: 'returned', retryAt: number, failures: number, losses: number }
  | { kind: 'lost' }

/**
 * Claims a unit, with its event and, for the first of a phase, the phase's. Undefined when it can't
 * be had.
 */
export async function claim (context: RunContext, unit: UnitState): Promise<Claim | undefined> {
  const { service, writer, deployment } = context
  return await writer.change<Claim | undefined>(async (client, { status }) => {
    const claimed = status === 'running'
      ? await claimUnit(client, { deployment, unit: unit.id, executor: service.executor })
      : undefined
    if (!claimed) return { value: undefined, events: [] }
    const events: EventDraft[] = []
    const opened = await setPhaseStatus(client, deployment, {
      phases: [unit.phase],
      from: phaseBefore('running'),
      to: 'running'
    })
    for (const phase of opened) {
      events.push({ type: 'phase.started', phase, name: context.phaseNames.get(phase) })
    }
    events.push({
      type: 'unit.started',
      phase: unit.phase,
      unit: unit.id,
      attempt: claimed.attempt,
      ...(claimed.settle ? { settle: true } : {})
    })
    return { value: claimed, events }
  })
}

/**
 * Runs a claimed unit to the end of the attempt and writes what became of it. Rejects only when the
 * store fails.
 */
export async function runAttempt (
  context: RunContext,
  unit: UnitState,
  claimed: Claim,
  controller: AbortController
): Promise<AttemptResult> {
  const { service, request: { operation, mode } } = context
  const started = performance.now()
  const span = context.trace &&
    { ...attemptContext(context.trace, unit.id, claimed.attempt), start: spanTime() }
  const work = () => attempt(context, unit, claimed, controller)
  const { result, error } = await (span ? underTrace(span, work) : work())
  // A returned unit whose failures did not rise was interrupted: nothing of its own went wrong.
  const word = result.kind === 'ended'
    ? result.status
    : result.kind === 'lost'
    ? 'lost'
    : result.failures > unit.failures
    ? 'retried'
    : 'interrupted'
  service.observe({
    kind: 'attempt',
    phase: unit.phase,
    operation,
    mode,
    result: word,
    seconds: (performance.now() - started) / 1000
  })
  if (span?.sampled && context.trace) {
    const { traceId, spanId, start } = span
    service.tracing?.emit({
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
  return result
}

async function attempt (
  context: RunContext,
  unit: UnitState,
  claimed: Claim,
  controller: AbortController
): Promise<{ result: AttemptResult, error?: Failure }> {
  const { writer } = context
  const held = { unit: unit.id, fence: claimed.fence }
  let flood: EventFloodError | undefined
  // Resolves once all events are stored: with false when the lease was lost on the way. A failure
  // of the store waits here too.
  let stored: Promise<boolean> = Promise.resolve(true)
  const onEvents = (drafts: EventDraft[]): void => {
    for (const draft of drafts) {
      if (draft.type === 'resource.failed') context.service.observe(providerError(draft))
    }
    if (flood || drafts.length === 0) return
    try {
      const before = stored
      const now = writer.events(held, drafts)
      stored = Promise.all([before, now]).then(([a, b]) => a && b)
      stored.then((kept) => {
        if (!kept) controller.abort()
      }, () => {
        controller.abort()
      })
    } catch (error) {
      if (!(error instanceof EventFloodError)) throw error
      flood = error
      controller.abort()
    }
  }
  const missing = missingUpstream(context, unit)
  let outcome: UnitOutcome | HostLostError
  if (missing.length > 0) {
    outcome = {
      status: 'failed',
      resourceChanges: noChanges(),
      error: unitFailure(
        'upstream-missing',
        unit.id,
        `it reads outputs of ${missing.join(', ')}, which is not deployed (any more)`
      )
    }
  } else outcome = await runOnHost(context, unit, claimed, { signal: controller.signal, onEvents })
  if (!await stored) return { result: { kind: 'lost' } }
  if (flood) {
    outcome = {
      status: 'failed',
      resourceChanges: 'resourceChanges' in outcome ? outcome.resourceChanges : noChanges(),
      error: unitFailure(
        'event-flood',
        unit.id,
        `${flood.message}: the unit was stopped, since its log would have had a hole`
      )
    }
  }
  const error = outcome instanceof HostLostError
    ? { code: 'host-lost', message: outcome.message, retryable: true }
    : outcome.error
  return { result: await writeOutcome(context, unit, claimed, outcome), ...(error && { error }) }
}

function missingUpstream ({ request, outputs }: RunContext, unit: UnitState): string[] {
  return request.operation === 'up' || request.operation === 'refresh'
    ? unit.reads.filter((id) => !outputs.has(id))
    : []
}

async function runOnHost (
  context: RunContext,
  unit: UnitState,
  claimed: Claim,
  options: { signal: AbortSignal, onEvents: (events: EventDraft[]) => void }
): Promise<UnitOutcome | HostLostError> {
  const { request, federation, service, deployment, world } = context
  const phase = context.phaseNames.get(unit.phase)
  if (!phase) throw new RangeError(`phase ${unit.phase} of deployment ${deployment} has no name`)
  const run: UnitRun = {
    deployment,
    unit: unit.id,
    attempt: claimed.attempt,
    operation: request.operation,
    mode: request.mode,
    federation,
    phase,
    phaseNumber: unit.phase,
    scope: unit.scope,
    stack: unit.stack,
    upstream: Object.fromEntries(unit.reads.map((id) => [id, context.outputs.get(id) ?? null])),
    secrets: context.secrets,
    ...(request.rehearsal && world !== null ? { rehearsal: { ...request.rehearsal, world } } : {}),
    fence: claimed.fence,
    settle: claimed.settle,
    ...(context.trace?.sampled && service.tracing
      ? { trace: attemptContext(context.trace, unit.id, claimed.attempt) }
      : {})
  }
  try {
    return await service.runner.run(run, options)
  } catch (error) {
    if (error instanceof HostLostError) return error
    service.logger.error({ err: error, deployment, unit: unit.id }, 'the unit runner failed')
    return {
      status: 'failed',
      resourceChanges: noChanges(),
      error: unitFailure('internal', unit.id, error instanceof Error ? error.message : String(error))
    }
  }
}

async function writeOutcome (
  context: RunContext,
  unit: UnitState,
  claimed: Claim,
  outcome: UnitOutcome | HostLostError
): Promise<AttemptResult> {
  if (outcome instanceof HostLostError || outcome.status === 'canceled') {
    const detail = outcome instanceof HostLostError
      ? `its host was lost (${outcome.reason}): ${outcome.detail}`
      : 'it was stopped'
    const changes = outcome instanceof HostLostError ? noChanges() : outcome.resourceChanges
    const cost = outcome instanceof HostLostError || !outcome.cost ? {} : { cost: outcome.cost }
    if (context.service.stopping.aborted) {
      return await interrupt(context, unit, claimed, {
        changes,
        ...cost,
        reason: 'service-stopped',
        detail,
        failures: unit.failures,
        losses: unit.losses
      })
    }
    if (context.canceling()) {
      const reason = outcome instanceof HostLostError ? `canceled; ${detail}` : 'canceled'
      return await end(context, unit, claimed, {
        status: 'canceled',
        changes,
        ...cost,
        stored: 'keep',
        reason,
        settle: outcome instanceof HostLostError
      })
    }
    const cause = outcome instanceof HostLostError && outcome.reason !== 'lease-lost'
      ? outcome.reason
      : 'exited'
    const decision = afterLoss(unit, unit.id, cause, detail)
    if (decision.retry) {
      return await interrupt(context, unit, claimed, {
        changes,
        ...cost,
        reason: cause,
        detail,
        failures: decision.failures,
        losses: decision.losses
      })
    }
    return await end(context, unit, claimed, {
      status: 'failed',
      changes,
      ...cost,
      stored: 'keep',
      error: decision.error,
      settle: true
    })
  }
  const cost = outcome.cost ? { cost: outcome.cost } : {}
  const drift = outcome.drift ? { drift: outcome.drift } : {}
  if (outcome.status === 'succeeded') {
    const { operation } = context.request
    const outputs = operation === 'destroy' || operation === 'drift-check' ? undefined : outcome.outputs ?? {}
    return await end(context, unit, claimed, {
      status: 'succeeded',
      changes: outcome.resourceChanges,
      ...cost,
      ...(outputs ? { outputs } : {}),
      stored: operation === 'destroy'
        ? 'remove'
        : operation === 'preview' || operation === 'drift-check'
        ? 'keep'
        : 'replace',
      ...drift,
      settle: false
    })
  }
  const { leftovers } = outcome
  if (leftovers && mayLeave(unit, context.readers)) {
    return await end(context, unit, claimed, {
      status: 'succeeded',
      changes: outcome.resourceChanges,
      ...cost,
      outputs: outcome.outputs ?? {},
      stored: 'replace',
      leftovers,
      settle: false
    })
  }
  const error = {
    ...(outcome.error ?? unitFailure('internal', unit.id, 'the attempt failed without saying why')),
    unit: unit.id
  }
  const timeScale = context.request.mode === 'live' ? 1 : context.request.rehearsal?.timeScale ?? 0
  const decision: RetryDecision = context.canceling()
    ? { retry: false, error, failures: unit.failures + 1, losses: 0 }
    : afterFailure(unit, error, timeScale, context.service.random())
  if (!decision.retry) {
    return await end(context, unit, claimed, {
      status: 'failed',
      changes: outcome.resourceChanges,
      ...cost,
      ...drift,
      stored: 'keep',
      error,
      settle: false
    })
  }
  const back: AttemptReturn = {
    changes: outcome.resourceChanges,
    ...cost,
    retryAt: Date.now() + decision.delay,
    reason: `it is tried again: ${error.message}`,
    error,
    failures: decision.failures,
    losses: decision.losses,
    settle: false
  }
  const event: EventDraft = {
    type: 'unit.retrying',
    phase: unit.phase,
    unit: unit.id,
    attempt: claimed.attempt,
    error,
    delaySeconds: decision.delay / 1000,
    resourceChanges: outcome.resourceChanges
  }
  return await giveBack(context, unit, claimed, back, event)
}

async function interrupt (
  context: RunContext,
  unit: UnitState,
  claimed: Claim,
  cut: Pick<AttemptReturn, 'changes' | 'cost' | 'failures' | 'losses'> & { reason: string, detail: string }
): Promise<AttemptResult> {
  const { reason, detail, ...counts } = cut
  const event: EventDraft = {
    type: 'unit.interrupted',
    phase: unit.phase,
    unit: unit.id,
    attempt: claimed.attempt,
    reason,
    detail
  }
  return await giveBack(context, unit, claimed, {
    ...counts,
    retryAt: Date.now(),
    reason: `it was interrupted: ${detail}`,
    settle: true
  }, event)
}

async function giveBack (
  { writer, deployment }: RunContext,
  unit: UnitState,
  { fence }: Claim,
  back: AttemptReturn,
  event: EventDraft
): Promise<AttemptResult> {
  const kept = await writer.change(async (client) => {
    const value = await returnAttempt(client, { deployment, unit: unit.id, fence }, back)
    return { value, events: value ? [event] : [] }
  })
  return kept
    ? { kind: 'returned', retryAt: back.retryAt, failures: back.failures, losses: back.losses }
    : { kind: 'lost' }
}

async function end (
  context: RunContext,
  unit: UnitState,
  claimed: Claim,
  result: AttemptEnd
): Promise<AttemptResult> {
  const { writer, deployment, service } = context
  const event: EventDraft = {
    type: `unit.${result.status}`,
    phase: unit.phase,
    unit: unit.id,
    attempt: claimed.attempt,
    resourceChanges: result.changes,
    ...(result.error ? { error: result.error } : {}),
    ...(result.leftovers ? { leftovers: result.leftovers } : {}),
    ...(result.drift ? { drift: result.drift.counts } : {}),
    ...(result.reason === undefined ? {} : { reason: result.reason })
  }
  const kept = await writer.change(async (client) => {
    const value = await endAttempt(client, service.sealer, {
      deployment,
      unit: unit.id,
      fence: claimed.fence
    }, result)
    return { value, events: value ? [event] : [] }
  })
  if (!kept) return { kind: 'lost' }
  if (result.stored === 'replace' || (result.outputs && context.request.operation === 'preview')) {
    context.outputs.set(unit.id, result.outputs ?? {})
  }
  if (result.stored === 'remove') context.outputs.delete(unit.id)
  return { kind: 'ended', status: result.status, leftovers: result.leftovers ?? null }
}
