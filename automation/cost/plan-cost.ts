/**
 * What the units of a plan cost a month: as their programs registered it last, or as the federation
 * file lets expect. Pure.
 */
import { type BudgetState, type PlanCost } from '../../contract/cost.ts'
import { estimateResources } from '../../pricing/estimate.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { addSummaries, type CostSummary, summarize } from '../../pricing/summary.ts'
import { type Federation } from '../../programs/types.ts'
import { expectedResources } from './expected.ts'

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

/**
 * The cost of a plan. `known` are units' costs as registered. Where it has none, a unit is
 * estimated from the federation alone (`basis` federation): its nodes, control planes, gateways,
 * tunnels, addresses, keys, buckets, load balancers, health checks and volumes, which is nearly all
 * of it.
 */
export function planCost (
  federation: Federation,
  units: readonly CostedUnit[],
  known: ReadonlyMap<string, CostSummary>,
  table: PriceTable
): PlanCost {
  const costs = units.map((unit) => {
    const registered = known.get(unit.id)
    const summary = registered ??
      summarize(estimateResources(expectedResources(federation, unit.id), table, federation.volumes), table)
    return { ...unit, summary, basis: registered ? 'resources' as const : 'federation' as const }
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
