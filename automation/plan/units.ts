/** All units of a federation by the catalog of phases: what a plan selects from. Pure. */
import { type PhaseName } from '../../contract/words.ts'
import {
  type EstimateStep,
  type Federation,
  type Phase,
  type Scope,
  type UnitRef
} from '../../programs/types.ts'
import { PlanError } from './errors.ts'
import { findCycle, type Graph } from './graph.ts'

/** A unit of a federation. */
export interface Unit {
  readonly id: string
  readonly phase: number
  readonly phaseName: PhaseName
  readonly scope: Scope
  /** Ids of units, each of the same phase or an earlier one. */
  readonly dependsOn: readonly string[]
  /** Ids of units that only come first where both are selected. */
  readonly after: readonly string[]
  estimate(): EstimateStep[]
}

/** A unit's id. */
export function unitId (phase: PhaseName, scope: string): string {
  return `${phase}.${scope}`
}

const idsOf = (
  refs: readonly UnitRef[]
): string[] => [...new Set(refs.map((ref) => unitId(ref.phase, ref.scope)))]

function phaseUnits (federation: Federation, phase: Phase): Unit[] {
  return phase.units.flatMap((kind) =>
    kind.scopes(federation).map((scope): Unit => ({
      id: unitId(phase.name, scope.name),
      phase: phase.number,
      phaseName: phase.name,
      scope,
      dependsOn: idsOf(kind.dependsOn(federation, scope)),
      after: idsOf(kind.after?.(federation, scope) ?? []),
      estimate: () => kind.estimate(federation, scope)
    }))
  )
}

/**
 * The units of all phases, by id: phases in order, scopes in the federation's order. Throws
 * PLAN_DUPLICATE_UNIT, PLAN_UNKNOWN_DEPENDENCY, PLAN_PHASE_ORDER or PLAN_CYCLE when the phases
 * contradict each other.
 */
export function allUnits (federation: Federation, catalog: readonly Phase[]): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>()
  for (
    const unit of [...catalog].sort((a, b) => a.number - b.number).flatMap((phase) =>
      phaseUnits(federation, phase)
    )
  ) {
    if (units.has(unit.id)) throw new PlanError('PLAN_DUPLICATE_UNIT', { unit: unit.id })
    units.set(unit.id, unit)
  }
  for (const unit of units.values()) {
    for (const id of precedentsOf(unit)) {
      const dependency = units.get(id)
      if (!dependency) throw new PlanError('PLAN_UNKNOWN_DEPENDENCY', { unit: unit.id, dependency: id })
      if (dependency.phase > unit.phase) {
        throw new PlanError('PLAN_PHASE_ORDER', { unit: unit.id, dependency: id })
      }
    }
  }
  const cycle = findCycle(dependencyGraph(units))
  if (cycle) throw new PlanError('PLAN_CYCLE', { units: cycle })
  return units
}

/** Every unit that comes before this one. */
export function precedentsOf (unit: Unit): readonly string[] {
  return [...new Set([...unit.dependsOn, ...unit.after])]
}

/** Unit -> the units that come before it. */
export function dependencyGraph (units: ReadonlyMap<string, Unit>): Graph {
  return new Map([...units].map(([id, unit]) => [id, precedentsOf(unit)]))
}
