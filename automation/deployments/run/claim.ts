import { type EventDraft } from '../../event-draft.ts'
import { setPhaseStatus } from '../../store/deployments/statuses.ts'
import { type Claim, claimUnit } from '../../store/units/claim.ts'
import { type UnitState } from '../../store/units/units.ts'
import { phaseBefore } from '../states.ts'
import { type RunContext } from './context.ts'

/** The index that allows one running unit for each stack. */
const oneRunning = 'units_running'

/**
 * Claims a unit from a time of its world on, with its event and, for the first of a phase, the
 * phase's. Undefined when it cannot be had: it does not wait any more, or another unit of its stack
 * runs.
 */
export async function claim (
  context: RunContext,
  unit: UnitState,
  virtualStart: number | undefined
): Promise<Claim | undefined> {
  try {
    return await claimed(context, unit, virtualStart)
  } catch (error) {
    // Two claims of one stack at the same moment.
    if (error instanceof Error && 'constraint' in error && error.constraint === oneRunning) return undefined
    throw error
  }
}

async function claimed (
  context: RunContext,
  unit: UnitState,
  virtualStart: number | undefined
): Promise<Claim | undefined> {
  const { service, writer, deployment } = context
  return await writer.change<Claim | undefined>(async (client, { status }) => {
    const claimed = status === 'running'
      ? await claimUnit(client, { deployment, unit: unit.id, executor: service.executor, virtualStart })
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
      ...(virtualStart !== undefined && { virtual: { start: new Date(virtualStart).toISOString() } }),
      ...(claimed.settle && { settle: true }),
      ...(claimed.orphaned && { orphaned: true as const })
    })
    return { value: claimed, events }
  })
}
