/**
 * Priority classes and resource quotas of pods, by Kubernetes' admission plugins Priority and
 * ResourceQuota. Pure.
 */
import { type WireObject } from '../../wire.ts'
import { isObject, objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'
import { unnamed } from './limit-ranges.ts'
import { classType } from './priority-classes.ts'
import { quantityOf } from './quantities.ts'
import { type Workload, workloadOf } from './workloads.ts'

const quotaType = 'kubernetes:core/v1:ResourceQuota'

/**
 * Classes that every API server has (`SystemPriorityClasses`, pkg/apis/scheduling/v1/helpers.go).
 */
const systemClasses: ReadonlySet<string> = new Set(['system-node-critical', 'system-cluster-critical'])

/**
 * Classes whose pods a cloud's API servers admit only where a quota is for them: GKE limits them so
 * (https://kubernetes.io/docs/concepts/policy/resource-quotas/, "Limit Priority Class consumption by
 * default"; seen in open-policy-agent/gatekeeper#1120 and cilium/cilium#13852) and has a quota of
 * its own in kube-system only. EKS and AKS do not.
 */
const limited: Readonly<Record<string, ReadonlySet<string>>> = { gcp: systemClasses }

/** Types that quota and priority admission look at. */
export const quotaTypes = [quotaType, classType]

/** Priority class of a workload's pods. */
function classOf ({ pod }: Workload): string | undefined {
  return stringAt(pod, 'spec.priorityClassName')
}

/** Says why the class of a workload's pods cannot be had. */
export function priorityRefusal (workload: Workload, view: ClusterView): string | undefined {
  const name = classOf(workload)
  if (name === undefined || name === '' || systemClasses.has(name)) return undefined
  return view.get(classType, name) === undefined ? `no PriorityClass with name ${name} was found` : undefined
}

/** Tells if a quota counts a workload's pods, by its scopes. */
function counts (quota: WireObject, workload: Workload): boolean {
  const name = classOf(workload)
  return valuesAt(quota, 'spec.scopeSelector.matchExpressions[]').every((expression) => {
    if (!isObject(expression) || expression.scopeName !== 'PriorityClass') return true
    const values = stringsAt(expression, 'values[]')
    switch (expression.operator) {
      case 'In':
        return name !== undefined && values.includes(name)
      case 'NotIn':
        return name === undefined || !values.includes(name)
      case 'Exists':
        return name !== undefined
      default:
        return name === undefined
    }
  })
}

const scoped = (quota: WireObject): boolean =>
  valuesAt(quota, 'spec.scopeSelector.matchExpressions[]').some((expression) =>
    isObject(expression) && expression.scopeName === 'PriorityClass'
  )

/**
 * Amount of a quota's resource that one pod takes; undefined for resources that are not of pods.
 */
function amountOf (resource: string, { pod }: Workload): number | undefined {
  if (resource === 'pods' || resource === 'count/pods') return 1
  const match = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(resource)
  if (!match) return undefined
  const path = `resources.${match[1] ?? 'requests'}.${match[2]}`
  return valuesAt(pod, 'spec.containers[]').reduce<number>(
    (sum, container) => sum + quantityOf(stringAt(container, path)),
    0
  )
}

/** Types of workloads whose pods take a part of a quota. */
const controllers = [
  'kubernetes:apps/v1:Deployment',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:apps/v1:DaemonSet'
]

function usedOf (resource: string, quota: WireObject, workload: Workload, view: ClusterView): number {
  return controllers.flatMap((type) => view.of(type)).reduce((sum, { record, object }) => {
    const [space, name] = record.id.split('/')
    if (space !== workload.namespace || name === workload.name) return sum
    const other = workloadOf(record.type.split(':').at(-1) ?? '', record.name, space, object)
    return other && counts(quota, other) ? sum + other.replicas * (amountOf(resource, other) ?? 0) : sum
  }, 0)
}

/** Resources that a quota counts and containers name no amount of, with these containers. */
function unnamedFor (hard: WireObject, workload: Workload, view: ClusterView): string | undefined {
  const found = Object.keys(hard).flatMap((resource) => {
    const match = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(resource)
    const sort = match?.[1] === 'limits' ? 'limits' : 'requests'
    const containers = match ? unnamed(workload, match[2] ?? '', sort, view) : []
    return containers.length > 0 ? [`${resource} for: ${containers.join(',')}`] : []
  })
  return found.length > 0 ? found.sort().join('; ') : undefined
}

/**
 * Says why no quota has room for a workload's pods, or why none is for them where one has to be.
 */
export function quotaRefusal (workload: Workload, view: ClusterView): string | undefined {
  const quotas = view.of(quotaType).filter(({ record }) => record.id.startsWith(`${workload.namespace}/`))
  const name = classOf(workload)
  const classes = limited[view.cloud ?? '']
  if (
    name !== undefined && classes?.has(name) && workload.namespace !== 'kube-system' &&
    !quotas.some(({ object }) => scoped(object) && counts(object, workload))
  ) {
    return `insufficient quota to match these scopes: [{PriorityClass In [${[...classes].join(' ')}]}]`
  }
  for (const { record, object } of quotas.filter(({ object: quota }) => counts(quota, workload))) {
    const silent = unnamedFor(objectAt(object, 'spec.hard'), workload, view)
    if (silent !== undefined) return `failed quota: ${record.name}: must specify ${silent}`
    for (const [resource, hard] of Object.entries(objectAt(object, 'spec.hard'))) {
      const amount = amountOf(resource, workload)
      if (amount === undefined) continue
      const used = usedOf(resource, object, workload, view)
      if (used + amount * workload.replicas > quantityOf(String(hard))) {
        return `exceeded quota: ${record.name}, requested: ${resource}=${amount}, used: ` +
          `${resource}=${used}, limited: ${resource}=${String(hard)}`
      }
    }
  }
  return undefined
}
