/**
 * What one unit may cost a month: the file's budgets, split among the units that they are for.
 * Pure.
 */
import { estimateResources } from '../../pricing/estimate.ts'
import { type PriceTable } from '../../pricing/model.ts'
import { catalog } from '../../programs/catalog.ts'
import { type Federation } from '../../programs/types.ts'
import { expectedResources } from './expected.ts'

/**
 * Of a budget, what follows the units' expected costs; the rest is split evenly, since a unit that
 * the file alone lets expect nothing of may still need a log or an alarm.
 */
const byCost = 0.9

/** A unit's budget in US dollars a month, and in words where it comes from. */
export interface UnitBudget {
  readonly budget: number
  readonly share: string
}
interface Expected {
  readonly id: string
  readonly phase: string
  readonly cluster: string | undefined
  readonly monthly: number
}

const figure = (amount: number): string => amount.toLocaleString('en-US', { maximumFractionDigits: 2 })

/**
 * Every unit's budget. What `budget.perUnit` says of a unit holds. The others split what is left of
 * each budget that they are part of, the federation's, their phase's and their cluster's, nine
 * tenths by what the file lets expect them to cost and one tenth evenly; the smallest of these
 * shares is theirs. So as long as every unit keeps to its own, all budgets hold. Undefined without
 * a budget.
 */
export function unitBudgets (
  federation: Federation,
  table: PriceTable
): ReadonlyMap<string, UnitBudget> | undefined {
  const { budget } = federation
  if (!budget) return undefined
  const units = catalog.flatMap((phase) =>
    phase.units.flatMap((kind) =>
      kind.scopes(federation).map((scope): Expected => {
        const id = `${phase.name}.${scope.name}`
        return {
          id,
          phase: phase.name,
          cluster: scope.kind === 'cluster' ? scope.name : undefined,
          monthly: estimateResources(expectedResources(federation, id), table, federation.volumes).monthly
        }
      })
    )
  )
  const budgets = new Map<string, UnitBudget>()
  const split = (part: string, amount: number, among: readonly Expected[]): void => {
    const open = among.filter(({ id }) => budget.perUnit[id] === undefined)
    const left = Math.max(0, among.reduce((rest, { id }) => rest - (budget.perUnit[id] ?? 0), amount))
    const expected = open.reduce((sum, { monthly }) => sum + monthly, 0)
    for (const { id, monthly } of open) {
      // Where nothing is expected of any, all is split evenly.
      const own = expected === 0
        ? left / open.length
        : left * (byCost * monthly / expected + (1 - byCost) / open.length)
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
