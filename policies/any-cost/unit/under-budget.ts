import { estimateResources, isPriced } from '../../../pricing/estimate.ts'
import { nameOf } from '../../../pricing/inputs.ts'
import { locate } from '../../../pricing/locate.ts'
import { type CostItem, type Estimate } from '../../../pricing/model.ts'
import { stackPolicy, type Subject } from '../../policy.ts'
import { known } from '../../properties.ts'

/** Number of the dearest resources, and of kinds that are not priced, that a message names. */
const named = 3

const dollars = (amount: number): string =>
  `${amount.toLocaleString('en-US', { maximumFractionDigits: amount < 100 ? 2 : 0 })} USD`

/** Whole resources with what their items cost together, dearest first. */
function dearest (items: readonly CostItem[]): string[] {
  const costs = new Map<string, { type: string, monthly: number }>()
  for (const { urn, type, monthly } of items) {
    costs.set(urn, { type, monthly: (costs.get(urn)?.monthly ?? 0) + monthly })
  }
  return [...costs].sort(([, a], [, b]) => b.monthly - a.monthly).slice(0, named).map((
    [urn, { type, monthly }]
  ) => `${nameOf(urn)} (${type}, ${dollars(monthly)})`)
}

/** The kinds that the sum leaves out, by type and reason. */
function unpricedText ({ unpriced }: Estimate): string {
  const kinds = [...new Set(unpriced.map(({ type, reason }) => `${type} (${reason})`))]
  if (kinds.length === 0) return ''
  return `; not in it, since not priced: ${kinds.slice(0, named).join(', ')}${
    kinds.length > named ? ` and ${kinds.length - named} more kinds` : ''
  }`
}

/**
 * Inputs are read only where a rule prices the type, or where they say a region: most of a stack
 * costs nothing by itself.
 */
function inputsOf ({ type, props }: Subject): Readonly<Record<string, unknown>> {
  return isPriced(type) || type.startsWith('pulumi:providers:') ? known(props) : {}
}

export const unitUnderBudget = stackPolicy({
  name: 'cost-unit-under-budget',
  description: "A unit costs no more than its part of the federation file's budget.",
  level: 'advisory',
  reads: 'cost',
  check: (resources, cost) => {
    if (cost === undefined) return []
    const { unit, budget, share, table, volumes, clusters, places } = cost
    const registered = resources.map((subject) => ({
      urn: subject.urn,
      type: subject.type,
      inputs: inputsOf(subject),
      ...(subject.providerUrn !== undefined && { provider: `${subject.providerUrn}::known` })
    }))
    const estimate = estimateResources(locate(registered, { clusters, all: places }), table, volumes)
    if (estimate.monthly <= budget) return []
    const stack = resources.find(({ type }) => type === 'pulumi:pulumi:Stack')?.urn
    return [{
      ...(stack !== undefined && { urn: stack }),
      message:
        `${unit} costs ${dollars(estimate.monthly)} a month at list prices, above its ${dollars(budget)} ` +
        `(${share}); the dearest are ${dearest(estimate.items).join(', ')}${unpricedText(estimate)}: ` +
        'use fewer or smaller ones, lower volumes in the federation file where they are too high, or give ' +
        `it more by budget.perUnit["${unit}"] or a higher budget.monthly`
    }]
  }
})
