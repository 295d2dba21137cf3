/**
 * The monthly cost of a plan's units: as their programs registered it last, or as the plans of
 * their phases say. Pure.
 */
import { type BudgetState, type PlanCost } from '../../contract/cost.ts'
import { estimateResources } from '../../pricing/estimate.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { addSummaries, type CostSummary, summarize } from '../../pricing/summary.ts'
import { type Federation, type Phase } from '../../programs/types.ts'
import { allUnits, type Unit } from '../plan/units.ts'
import { plannedResources } from './planned-resources.ts'

/** A unit of the plan. */
export interface CostedUnit {
  readonly id: string
  readonly phase: number
  readonly phaseName: string
}

/** Compares with the budget where one is set; parts that the plan does not have cost nothing. */
function budgetOf (
  federation: Federation,
  monthly: number,
  perPhase: ReadonlyMap<string, number>,
  perCluster: ReadonlyMap<string, number>
): BudgetState | undefined {
  const { budget } = federation
  if (!budget) return undefined
  const parts = [
    { part: federation.name, budget: budget.monthly, monthly },
    ...Object.entries(budget.perPhase).map(([part, amount]) => ({
      part,
      budget: amount,
      monthly: perPhase.get(part) ?? 0
    })),
    ...Object.entries(budget.perCluster).map(([part, amount]) => ({
      part,
      budget: amount,
      monthly: perCluster.get(part) ?? 0
    }))
  ]
  return {
    monthly: budget.monthly,
    within: parts.every((part) => part.monthly <= part.budget),
    exceeded: parts.filter((part) => part.monthly > part.budget)
  }
}

/** Input of a plan's cost. */
export interface PlanCostInput {
  readonly federation: Federation
  /** Units of the plan. */
  readonly units: readonly CostedUnit[]
  /** Units that the federation does not have any more, with the federation that does. */
  readonly orphans?: readonly (Unit & { readonly declaration?: Federation })[]
  /** Costs by unit, as registered. */
  readonly known: ReadonlyMap<string, CostSummary>
  readonly table: PriceTable
  /** Phases that the units are of. */
  readonly catalog: readonly Phase[]
}

/**
 * The cost of a plan. A unit that is not among the known ones is estimated from its phase's plan
 * (`basis` federation).
 */
export function planCost (
  { federation, units, orphans = [], known, table, catalog }: PlanCostInput
): PlanCost {
  let all: ReadonlyMap<string, Unit> | undefined
  const gone = new Map(orphans.map((orphan) => [orphan.id, orphan]))
  const planned = (id: string): CostSummary => {
    all ??= allUnits(federation, catalog)
    const unit = all.get(id) ?? gone.get(id)
    const declaration = gone.get(id)?.declaration ?? federation
    const resources = unit ? plannedResources(declaration, unit) : []
    return summarize(estimateResources(resources, table, declaration.volumes), table)
  }
  const costs = units.map((unit) => {
    const registered = known.get(unit.id)
    const basis = registered ? 'resources' as const : 'federation' as const
    return { ...unit, summary: registered ?? planned(unit.id), basis }
  })
  const { monthly, currency, range, usage, fromMemory, perCluster, unpriced } = addSummaries(
    costs.map((unit) => unit.summary)
  )
  const phases = [...new Map(units.map((unit) => [unit.phase, unit.phaseName]))].sort(([a], [b]) => a - b)
  const perPhase = phases.map(([phase, name]) => ({
    phase,
    name,
    monthly: costs.filter((unit) => unit.phase === phase).reduce((sum, unit) => sum + unit.summary.monthly, 0)
  }))
  const budget = budgetOf(
    federation,
    monthly,
    new Map(perPhase.map((one) => [one.name, one.monthly])),
    new Map(perCluster.flatMap((one) => one.cluster === undefined ? [] : [[one.cluster, one.monthly]]))
  )
  return {
    monthly,
    currency,
    range: { ...range },
    usage,
    fromMemory,
    perPhase,
    perCluster: perCluster.map((one) => ({ ...one })),
    perUnit: costs.map(({ id, summary, basis }) => ({ unit: id, monthly: summary.monthly, basis })),
    unpriced: unpriced.map((one) => ({ ...one })),
    ...(budget && { budget })
  }
}
