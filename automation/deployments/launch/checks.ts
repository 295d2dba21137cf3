/** Refusals of launches that could never do what they are asked for. */
import { type Launch } from '../../../contract/launch.ts'
import { type Operation } from '../../../contract/words.ts'
import { AutomationError } from '../../errors.ts'
import { type ScheduleTurn } from '../../launcher.ts'
import { type PlannedGate } from '../../store/deployments/planned-gate.ts'
import { type Drivers, neverOpens } from '../gates.ts'
import { type LaunchPlan } from './launch-plan.ts'
import { blockingDependants, missingPrerequisites } from './selection.ts'

/** Throws `request-invalid` for what only a rehearsal takes in mode live. */
export function checkMode ({ mode, rehearsal }: Pick<Launch, 'mode' | 'rehearsal'>): void {
  if (mode === 'live' && rehearsal) {
    throw new AutomationError(
      'request-invalid',
      {
        field: 'rehearsal',
        wrong: 'rehearsal: only mode rehearsal takes it; leave it out, or set mode to rehearsal'
      }
    )
  }
}

/** Throws `approval-impossible` for a gate that could never open. */
export function checkGates (gates: readonly PlannedGate[], drivers: Drivers): void {
  for (const gate of gates) {
    const never = neverOpens(gate, drivers)
    if (never === undefined) continue
    throw new AutomationError(
      'approval-impossible',
      { phase: gate.phase, because: gate.because, why: never }
    )
  }
}

/**
 * Throws `prerequisites-missing` or `dependants-deployed` for a selection that cannot be deployed,
 * or destroyed, by itself. `deployed`: deployed unit -> the units that it reads.
 */
export function checkSelection (
  operation: Operation,
  { units, requires, standing }: Pick<LaunchPlan, 'units' | 'requires' | 'standing'>,
  deployed: ReadonlyMap<string, readonly string[]>
): void {
  if (operation === 'up' || operation === 'refresh') {
    const missing = missingPrerequisites(requires, deployed)
    if (missing.length > 0) {
      throw new AutomationError(
        'prerequisites-missing',
        { missing }
      )
    }
  }
  if (operation === 'destroy') {
    const dependants = blockingDependants(units.map((unit) => unit.id), deployed)
    if (dependants.length > 0) {
      const orphans = new Set(standing.orphans.map(({ id }) => id))
      // What the file has can be taken off an orphan, by an up; another orphan cannot.
      const read = dependants.every((id) => orphans.has(id))
        ? []
        : units.flatMap(({ id, declaredBy }) => declaredBy === undefined ? [] : [id])
      throw new AutomationError(
        'dependants-deployed',
        { dependants, ...(read.length > 0 && { orphaned: read }) }
      )
    }
  }
}

/**
 * Checks that a schedule overtakes nothing. `inTheWay`: what is not over, when there is something.
 * Throws `schedule-overlaps`.
 */
export function checkTurn ({ schedule, due }: ScheduleTurn, inTheWay: string | undefined): void {
  if (inTheWay === undefined) return
  throw new AutomationError('schedule-overlaps', { schedule, due, deployment: inTheWay })
}
