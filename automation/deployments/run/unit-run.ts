import { type RehearsalOptions } from '../../../contract/launch.ts'
import { toldCut } from '../../../contract/text/cut.ts'
import { storableValue } from '../../../contract/text/json-walk.ts'
import { failure } from '../../failures.ts'
import { leastSeconds, unitOverheadSeconds } from '../../plan/unit-duration.ts'
import { noChanges } from '../../stacks/changes.ts'
import { HostLostError, type OrderedDraft, type UnitOutcome, type UnitRun } from '../../stacks/types.ts'
import { type Claim } from '../../store/units/claim.ts'
import { type UnitState } from '../../store/units/units.ts'
import { attemptContext } from '../../tracing/deployment-spans.ts'
import { type RunContext } from './context.ts'

/**
 * Units of an error's text at most. The engine's messages are cut at 8,000 before; this is for what
 * a program throws and for the stack of a host that failed.
 */
const longestMessage = 10_000

/** A claim with the time of the world at which the attempt begins; absent: it is live. */
export type TimedClaim = Claim & { readonly virtualStart?: number | undefined }

/** Runs a claimed unit on a host. A lost host is given, not thrown: it is an end like others. */
export async function runOnHost (
  context: RunContext,
  unit: UnitState,
  claimed: TimedClaim,
  options: { signal: AbortSignal, onEvents: (events: OrderedDraft[]) => void }
): Promise<UnitOutcome | HostLostError> {
  const { service, deployment } = context
  const run = unitRun(context, unit, claimed)
  try {
    return storable(
      await service.runner.run(run, {
        signal: options.signal,
        onEvents: (drafts) => {
          options.onEvents(drafts.map(storableValue))
        }
      })
    )
  } catch (error) {
    if (error instanceof HostLostError) return error
    service.logger.error({ err: error, deployment, unit: unit.id }, 'the unit runner failed')
    return storable({
      status: 'failed',
      resourceChanges: noChanges(),
      error: failure('internal', { text: error instanceof Error ? error.message : String(error) }, {
        unit: unit.id
      })
    })
  }
}

/**
 * The outcome as it can be stored, sent and shown, whatever providers and programs wrote: the gate
 * for all that a host says at the end, as the one above is for its events.
 */
function storable (outcome: UnitOutcome): UnitOutcome {
  const { error, leftovers } = outcome
  return storableValue({
    ...outcome,
    ...(error && { error: { ...error, message: toldCut(error.message, longestMessage) } }),
    ...(leftovers && {
      leftovers: leftovers.map((one) => ({ ...one, message: toldCut(one.message, longestMessage) }))
    })
  })
}

/** The options of a rehearsal with what its scenario does. */
const rehearsalOf = (
  options: RehearsalOptions,
  world: string,
  { scenario }: RunContext
): RehearsalOptions => ({
  ...options,
  // Outages are the world's (begin.ts): they last until they are ended there.
  faults: [...options.faults, ...scenario?.faults ?? []].filter(({ kind }) => kind !== 'outage'),
  world
})

/** Describes a unit for its host. */
function unitRun (context: RunContext, unit: UnitState, claimed: TimedClaim): UnitRun {
  const { request, federation, service, deployment, world } = context
  const phase = context.phaseNames.get(unit.phase)
  if (!phase) throw new RangeError(`phase ${unit.phase} of deployment ${deployment} has no name`)
  return {
    deployment,
    unit: unit.id,
    attempt: claimed.attempt,
    operation: request.operation,
    mode: request.mode,
    federation: context.declarations.get(unit.id) ?? federation,
    phase,
    phaseNumber: unit.phase,
    scope: unit.scope,
    stack: unit.stack,
    upstream: Object.fromEntries(unit.reads.map((id) => [id, context.outputs.get(id) ?? null])),
    secrets: context.secrets,
    ...(request.rehearsal && world !== null && { rehearsal: rehearsalOf(request.rehearsal, world, context) }),
    ...(claimed.virtualStart !== undefined && {
      virtual: {
        start: claimed.virtualStart,
        overheadSeconds: unitOverheadSeconds,
        leastSeconds: leastSeconds(request.operation, context.outputs.has(unit.id))
      }
    }),
    fence: claimed.fence,
    settle: claimed.settle,
    ...(context.trace?.sampled && service.tracing &&
      { trace: attemptContext(context.trace, unit.id, claimed.attempt) })
  }
}
