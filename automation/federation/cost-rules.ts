/** Rules between the file's volumes, its budget and the rest. */
import { catalog } from '../../programs/catalog.ts'
import { type Federation } from '../../programs/types.ts'
import { allUnits } from '../plan/units.ts'
import { finding, mostFindings, type Finding } from './errors.ts'
import { expectCluster, type Rule } from './rules.ts'

/** Volumes and budgets name clusters that are there, and no part may cost more than the whole. */
export const costRule: Rule = (context) => {
  const { volumes, budget } = context.view
  for (const name of Object.keys(volumes?.clusters ?? {})) {
    expectCluster(context, name, ['volumes', 'clusters', name], 'key')
  }
  for (
    const [field, parts] of [['perPhase', budget?.perPhase], ['perCluster', budget?.perCluster], [
      'perUnit',
      budget?.perUnit
    ]] as const
  ) {
    for (const [name, dollars] of Object.entries(parts ?? {})) {
      if (field === 'perCluster') expectCluster(context, name, ['budget', field, name], 'key')
      if (typeof dollars === 'number' && budget?.monthly !== undefined && dollars > budget.monthly) {
        context.report('FED_BUDGET_PART', ['budget', field, name], 'value', name, dollars, budget.monthly)
      }
    }
  }
  const units = Object.values(budget?.perUnit ?? {}).reduce<number>(
    (sum, dollars) => sum + (typeof dollars === 'number' ? dollars : 0),
    0
  )
  // One that is too much by itself was reported above.
  if (
    budget?.monthly !== undefined && units > budget.monthly &&
    Object.values(budget.perUnit ?? {}).every((dollars) =>
      typeof dollars !== 'number' || dollars <= (budget.monthly ?? 0)
    )
  ) context.report('FED_BUDGET_UNITS', ['budget', 'perUnit'], 'key', units, budget.monthly)
}

/**
 * Units that `budget.perUnit` names and that the federation does not have: known only once the rest
 * of the file holds.
 */
export function unknownUnits (federation: Federation): Finding[] {
  const named = Object.keys(federation.budget?.perUnit ?? {})
  if (named.length === 0) return []
  const units = allUnits(federation, catalog)
  const ids = [...units.keys()]
  return named.filter((id) => !units.has(id)).slice(0, mostFindings).map((id) =>
    finding('FED_UNKNOWN_UNIT', ['budget', 'perUnit', id], 'key', id, ids)
  )
}
