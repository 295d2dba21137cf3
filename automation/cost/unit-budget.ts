/**
 * The monthly budget of one unit: the file's budgets, split among the units that they are for.
 * Pure.
 */
import { estimateResources } from '../../pricing/estimate.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { catalog } from '../../programs/catalog.ts'
import { type Federation } from '../../programs/types.ts'
import { allUnits } from '../plan/units.ts'
import { plannedResources } from './planned-resources.ts'

/**
 * Share of a budget that follows the units' planned costs. The rest is split evenly, since a unit
 * whose plan costs nothing may still need a log or an alarm.
 */
const byCost = 0.9

/** A unit's budget. */
export interface UnitBudget {
  /** US dollars a month. */
  readonly budget: number
  /** In words where it comes from. */
  readonly share: string
}
interface PlannedUnit {
  readonly id: string
  readonly phase: string
  readonly cluster: string | undefined
  readonly monthly: number
}

const figure = (amount: number): string => amount.toLocaleString('en-US', { maximumFractionDigits: 2 })

/**
 * Every unit's budget, by its id. What `budget.perUnit` says of a unit holds. The others split what
 * is left of each budget that they are part of, the federation's, their phase's and their
 * cluster's: nine tenths by their planned costs and one tenth evenly; the smallest of these shares
 * is theirs. So all budgets hold as long as every unit keeps to its own. Undefined without a
 * budget.
 */
export function unitBudgets (
  federation: Federation,
  table: PriceTable
): ReadonlyMap<string, UnitBudget> | undefined {
  const { budget } = federation
  if (!budget) return undefined
  const units = [...allUnits(federation, catalog).values()].map((unit): PlannedUnit => ({
    id: unit.id,
    phase: unit.phaseName,
    cluster: unit.scope.kind === 'cluster' ? unit.scope.name : undefined,
    monthly: estimateResources(plannedResources(federation, unit), table, federation.volumes).monthly
  }))
  const budgets = new Map<string, UnitBudget>()
  const split = (part: string, amount: number, among: readonly PlannedUnit[]): void => {
    const open = among.filter(({ id }) => budget.perUnit[id] === undefined)
    const left = Math.max(0, among.reduce((rest, { id }) => rest - (budget.perUnit[id] ?? 0), amount))
    const planned = open.reduce((sum, { monthly }) => sum + monthly, 0)
    for (const { id, monthly } of open) {
      // Where none of them costs anything by its plan, all is split evenly.
      const own = planned === 0
        ? left / open.length
        : left * (byCost * monthly / planned + (1 - byCost) / open.length)
      if (own < (budgets.get(id)?.budget ?? Infinity)) {
        budgets.set(id, {
          budget: own,
          share: `its share of the ${figure(amount)} USD that the federation file has for ${part}`
        })
      }
    }
  }
  split(federation.name, budget.monthly, units)
  for (const [phase, amount] of Object.entries(budget.perPhase)) {
    split(
      `the phase ${phase}`,
      amount,
      units.filter((unit) => unit.phase === phase)
    )
  }
  for (const [cluster, amount] of Object.entries(budget.perCluster)) {
    split(
      cluster,
      amount,
      units.filter((unit) => unit.cluster === cluster)
    )
  }
  for (const [id, amount] of Object.entries(budget.perUnit)) {
    budgets.set(id, { budget: amount, share: 'what budget.perUnit gives it' })
  }
  return budgets
}
