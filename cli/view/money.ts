/** Money for terminals: US dollars a month. Pure. */
import { type Deployment } from '../../contract/deployment.ts'
import { type Plan } from '../../contract/federation.ts'

/** A monthly amount: `$1,234`; with cents below ten dollars. */
export function dollars (monthly: number): string {
  const digits = Math.abs(monthly) < 10 ? 2 : 0
  return `${monthly < 0 ? '-' : ''}$${
    Math.abs(monthly).toLocaleString('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits
    })
  }`
}

/** A difference, with its sign. */
export function difference (monthly: number): string {
  return `${monthly > 0 ? '+' : ''}${dollars(monthly)}`
}

/**
 * The cost of a plan: the sum with its range, phases, clusters, the budget, and what has no price.
 */
export function planCostLines ({ cost }: Plan): string[] {
  const { monthly, range, usage, fromMemory, perPhase, perCluster, perUnit, unpriced, budget } = cost
  const registered = perUnit.filter(({ basis }) => basis === 'resources').length
  const missing = unpriced.reduce((sum, { count }) => sum + count, 0)
  return [
    `cost: ${dollars(monthly)} a month at list prices (${dollars(range.min)} to ${dollars(range.max)} as ` +
    `pools scale), ${dollars(usage)} of it for use, ${dollars(fromMemory)} at unverified prices; ` +
    `${registered} of ${perUnit.length} units by their resources, the others estimated from the file`,
    `  by phase: ${
      perPhase.filter((phase) => phase.monthly > 0).map((phase) => `${phase.name} ${dollars(phase.monthly)}`)
        .join(', ') || 'nothing'
    }`,
    `  by cluster: ${
      perCluster.filter((part) => part.monthly > 0).map((part) =>
        `${part.cluster ?? 'shared'} ${dollars(part.monthly)}`
      ).join(', ') || 'nothing'
    }`,
    ...budget
      ? [
        `  budget ${dollars(budget.monthly)}: ${
          budget.within
            ? 'within'
            : `exceeded by ${
              budget.exceeded.map((one) => `${one.part} (${dollars(one.monthly)} of ${dollars(one.budget)})`)
                .join(', ')
            }`
        }`
      ]
      : [],
    ...missing > 0
      ? [
        `  not priced: ${missing} (${
          [...new Set(unpriced.map(({ type, reason }) => `${type}: ${reason}`))].slice(0, 5).join('; ')
        })`
      ]
      : []
  ]
}

/**
 * The cost of a deployment and its change; empty until a unit's resources were seen. A preview
 * shows what an up would change.
 */
export function deploymentCostLines ({ cost, operation }: Pick<Deployment, 'cost' | 'operation'>): string[] {
  if (!cost) return []
  const open = cost.unpriced > 0 ? `, ${cost.unpriced} not priced` : ''
  return [
    `cost: ${dollars(cost.monthly)} a month${operation === 'preview' ? ' after it' : ''} ` +
    `(${difference(cost.difference)}; ${dollars(cost.range.min)} to ${dollars(cost.range.max)} as pools ` +
    `scale; ${cost.units} ${cost.units === 1 ? 'unit' : 'units'}${open})`
  ]
}
