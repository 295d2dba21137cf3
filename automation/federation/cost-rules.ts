/** What must hold between the file's volumes, its budget and the rest. */
import { expectCluster, type Rule } from './rules.ts'

/** Volumes and budgets name clusters that are there, and no part may cost more than the whole. */
export const costRule: Rule = (context) => {
  const { volumes, budget } = context.view
  for (const name of Object.keys(volumes?.clusters ?? {})) expectCluster(context, name, ['volumes', 'clusters', name], 'key')
  for (const [field, parts] of [['perPhase', budget?.perPhase], ['perCluster', budget?.perCluster]] as const) {
    for (const [name, dollars] of Object.entries(parts ?? {})) {
      if (field === 'perCluster') expectCluster(context, name, ['budget', field, name], 'key')
      if (typeof dollars === 'number' && budget?.monthly !== undefined && dollars > budget.monthly) context.report('FED_BUDGET_PART', ['budget', field, name], 'value', name, dollars, budget.monthly)
    }
  }
}
