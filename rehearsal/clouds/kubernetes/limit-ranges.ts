/**
 * Limits that a namespace puts on each container: Kubernetes' admission plugin LimitRanger
 * (plugin/pkg/admission/limitranger/admission.go). Pure.
 */
import { type WireObject, type WireValue } from '../../wire.ts'
import { isObject, objectAt, stringAt, valuesAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'
import { quantityOf } from './quantities.ts'
import { type Workload } from './workloads.ts'

/** Type of the objects that say so. */
export const limitType = 'kubernetes:core/v1:LimitRange'

const rulesOf = (namespace: string, view: ClusterView): WireObject[] =>
  view.of(limitType).filter(({ record }) => record.id.startsWith(`${namespace}/`))
    .flatMap(({ object }) => valuesAt(object, 'spec.limits[]'))
    .filter((rule): rule is WireObject => isObject(rule) && rule.type === 'Container')

/** Amounts that a container has of a resource, with what the namespace gives where it has none. */
function containerAmounts (
  container: WireValue,
  resource: string,
  rules: readonly WireObject[]
): { request: string | undefined, limit: string | undefined } {
  const given = (path: string): string | undefined => {
    const value = objectAt(container, `resources.${path}`)[resource]
    return value === undefined ? undefined : String(value)
  }
  const usual = (path: string): string | undefined => {
    const value = rules.map((rule) => objectAt(rule, path)[resource]).find((one) => one !== undefined)
    return value === undefined ? undefined : String(value)
  }
  const limit = given('limits') ?? usual('default')
  return { limit, request: given('requests') ?? given('limits') ?? usual('defaultRequest') ?? limit }
}

/** Says which limit of its namespace a workload's containers break; undefined when none. */
export function limitRefusal (workload: Workload, view: ClusterView): string | undefined {
  const rules = rulesOf(workload.namespace, view)
  for (const rule of rules) {
    for (const container of valuesAt(workload.pod, 'spec.containers[]')) {
      const why = broken(rule, container, rules)
      if (why !== undefined) return why
    }
  }
  return undefined
}

function broken (rule: WireObject, container: WireValue, rules: readonly WireObject[]): string | undefined {
  for (const [resource, most] of Object.entries(objectAt(rule, 'max'))) {
    const { limit } = containerAmounts(container, resource, rules)
    const words = `maximum ${resource} usage per Container is ${String(most)}`
    if (limit === undefined) return `${words}.  No limit is specified`
    if (quantityOf(limit) > quantityOf(String(most))) return `${words}, but limit is ${limit}`
  }
  for (const [resource, least] of Object.entries(objectAt(rule, 'min'))) {
    const { request } = containerAmounts(container, resource, rules)
    const words = `minimum ${resource} usage per Container is ${String(least)}`
    if (request === undefined) return `${words}.  No request is specified`
    if (quantityOf(request) < quantityOf(String(least))) return `${words}, but request is ${request}`
  }
  return undefined
}

/** Containers of a workload that name no amount of a resource that a quota counts. */
export function unnamed (
  workload: Workload,
  resource: string,
  sort: 'requests' | 'limits',
  view: ClusterView
): string[] {
  const rules = rulesOf(workload.namespace, view)
  return valuesAt(workload.pod, 'spec.containers[]').filter((container) => {
    const { request, limit } = containerAmounts(container, resource, rules)
    return (sort === 'requests' ? request : limit) === undefined
  }).map((container) => stringAt(container, 'name') ?? '')
}
