/** What pods ask of nodes. Pure. */
import { type WireObject, type WireValue } from '../../../wire.ts'
import { isObject, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../../wire-values.ts'
import { quantityOf } from '../quantities.ts'
import { type Workload } from '../workloads.ts'
import { type Amounts, type NodePool, type Taint } from './node-pools.ts'

/** Amount of a resource as nodes count it: millicores, MiB, or a number. */
function amountOf (resource: string, text: string): number {
  const quantity = quantityOf(text)
  if (resource === 'cpu') return quantity * 1000
  return resource === 'memory' || resource.startsWith('hugepages-') ? quantity / 2 ** 20 : quantity
}

/** Requests of a container; a limit stands for a request that is not given. */
function requestsOf (container: WireValue): Record<string, number> {
  const asked = {
    ...objectAt(container, 'resources.limits'),
    ...objectAt(container, 'resources.requests')
  }
  return Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [name, amountOf(name, String(value))])
  )
}

const isSidecar = (container: WireValue): boolean => stringAt(container, 'restartPolicy') === 'Always'

/** Requests of one pod: of its containers together, or of the largest one that prepares it. */
export function podRequests ({ pod }: Workload, beside: readonly WireObject[]): Amounts {
  const total: Record<string, number> = { pods: 1 }
  const prepares = valuesAt(pod, 'spec.initContainers[]')
  const running = [...valuesAt(pod, 'spec.containers[]'), ...prepares.filter(isSidecar), ...beside]
  for (const container of running) {
    for (const [name, amount] of Object.entries(requestsOf(container))) {
      total[name] = (total[name] ?? 0) + amount
    }
  }
  for (const container of prepares.filter((one) => !isSidecar(one))) {
    for (const [name, amount] of Object.entries(requestsOf(container))) {
      total[name] = Math.max(total[name] ?? 0, amount)
    }
  }
  return total
}

/** Labels that clouds and their controllers put on nodes, of which no record tells. */
const unknownLabels =
  /^(topology\.|failure-domain\.|node\.kubernetes\.io\/|kubernetes\.azure\.com|cloud\.google\.com|eks\.amazonaws\.com|karpenter)/

function expressionHolds (expression: WireValue, labels: WireObject): boolean {
  const key = stringAt(expression, 'key') ?? ''
  const label = labels[key]
  if (label === undefined && unknownLabels.test(key)) return true
  const values = stringsAt(expression, 'values[]')
  switch (stringAt(expression, 'operator')) {
    case 'In':
      return typeof label === 'string' && values.includes(label)
    case 'NotIn':
      return typeof label !== 'string' || !values.includes(label)
    case 'Exists':
      return label !== undefined
    case 'DoesNotExist':
      return label === undefined
    default:
      return true
  }
}

/** Tells if a pool's nodes have the labels that a pod asks for. */
export function selects ({ pod }: Workload, { labels }: NodePool): boolean {
  const terms = valuesAt(
    pod,
    'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[]'
  )
  return Object.entries(objectAt(pod, 'spec.nodeSelector')).every(([key, value]) =>
    labels[key] === value || (labels[key] === undefined && unknownLabels.test(key))
  ) && (terms.length === 0 || terms.some((term) =>
    valuesAt(term, 'matchExpressions[]').every((expression) =>
      expressionHolds(expression, labels)
    )
  ))
}

/** The taint of a pool that a pod does not tolerate; undefined when there is none. */
export function untolerated ({ pod, kind }: Workload, { taints }: NodePool): Taint | undefined {
  const tolerations = valuesAt(pod, 'spec.tolerations[]').filter(isObject)
  return taints.find(({ key, value, effect }) =>
    effect !== 'PreferNoSchedule' &&
    !(kind === 'DaemonSet' && key.startsWith('node.kubernetes.io/')) &&
    !tolerations.some((one) =>
      (one.key === undefined || one.key === '' || one.key === key) &&
      (one.effect === undefined || one.effect === '' || one.effect === effect) &&
      (one.operator === 'Exists' || (one.value ?? '') === value)
    )
  )
}

/** Tells if no two pods of a workload may be on one node. */
export function apart ({ pod }: Workload): boolean {
  const labels = objectAt(pod, 'metadata.labels')
  return valuesAt(pod, 'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[]')
    .some((term) =>
      stringAt(term, 'topologyKey') === 'kubernetes.io/hostname' &&
      Object.entries(objectAt(term, 'labelSelector.matchLabels')).every(([key, value]) =>
        labels[key] === value
      ) && valueAt(term, 'labelSelector.matchExpressions') === undefined
    )
}
