import { type EventDraft } from '../../event-draft.ts'
import { failure } from '../../failures.ts'
import { noChanges } from '../../stacks/changes.ts'
import { HostLostError, type UnitOutcome, type UnitRun } from '../../stacks/types.ts'
import { type Claim } from '../../store/units/claim.ts'
import { type UnitState } from '../../store/units/units.ts'
import { attemptContext } from '../../tracing/deployment-spans.ts'
import { type RunContext } from './context.ts'

/** Runs a claimed unit on a host. A lost host is given, not thrown: it is an end like others. */
export async function runOnHost (
  context: RunContext,
  unit: UnitState,
  claimed: Claim,
  options: { signal: AbortSignal, onEvents: (events: EventDraft[]) => void }
): Promise<UnitOutcome | HostLostError> {
  const { service, deployment } = context
  const run = unitRun(context, unit, claimed)
  try {
    return await service.runner.run(run, options)
  } catch (error) {
    if (error instanceof HostLostError) return error
    service.logger.error({ err: error, deployment, unit: unit.id }, 'the unit runner failed')
    return {
      status: 'failed',
      resourceChanges: noChanges(),
      error: failure('internal', { text: error instanceof Error ? error.message : String(error) }, {
        unit: unit.id
      })
    }
  }
}

/** Describes a unit for its host. */
function unitRun (context: RunContext, unit: UnitState, claimed: Claim): UnitRun {
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
    ...(request.rehearsal && world !== null && { rehearsal: { ...request.rehearsal, world } }),
    fence: claimed.fence,
    settle: claimed.settle,
    ...(context.trace?.sampled && service.tracing &&
      { trace: attemptContext(context.trace, unit.id, claimed.attempt) })
  }
}
