/**
 * Pods of a cluster, as the objects of the world make them: workloads, what charts with a row make,
 * and the instances of ledgers, which their operator makes. Pure.
 */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { chartWorkloads } from '../kubernetes/charts/workloads.ts'
import { kindOf } from '../kubernetes/kinds.ts'
import { type Workload, workloadOf } from '../kubernetes/workloads.ts'
import { isObject, objectAt, plain, stringAt, valueAt } from '../wire-values.ts'
import { serviceType } from './gateways.ts'
import { type Pod, selects } from './pod-policies.ts'
import { settingsOf } from './records.ts'
import { type Site } from './site.ts'
import { type World } from './world.ts'

const namespaceType = 'kubernetes:core/v1:Namespace'
export const releaseType = 'kubernetes:helm.sh/v3:Release'
export const ledgerType = 'kubernetes:postgresql.cnpg.io/v1:Cluster'
/** Types of objects that are workloads by themselves. */
export const workloadTypes = ['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) =>
  `kubernetes:apps/v1:${kind}`
)

/** Types of the objects that pods are made of. */
export const inhabitantTypes: readonly string[] = [...workloadTypes, releaseType, ledgerType]

const known = new WeakMap<World, Map<Site, readonly Pod[]>>()

/** Pods of a cluster, one for each workload. */
export function podsOf (world: World, site: Site): readonly Pod[] {
  const sites = known.get(world) ?? new Map<Site, readonly Pod[]>()
  known.set(world, sites)
  const pods = sites.get(site) ?? [
    ...objectWorkloads(world, site).map(podIn),
    ...world.inside(site, releaseType).flatMap((record) =>
      (chartWorkloads(plain(record.inputs) as WireObject, record.name) ?? []).map(podIn)
    ),
    ...world.inside(site, ledgerType).map(instance)
  ]
  sites.set(site, pods)
  return pods
}

/** Workloads of a cluster that are objects of their own, not a chart's. */
export function objectWorkloads (world: World, site: Site): Workload[] {
  return workloadTypes.flatMap((type) =>
    world.inside(site, type).flatMap((record) => {
      const object = settingsOf(record)
      const namespace = stringAt(object, 'metadata.namespace') ?? 'default'
      return (isObject(object) && workloadOf(kindOf(type), record.name, namespace, object)) || []
    })
  )
}

function podIn (workload: Workload): Pod {
  return {
    namespace: workload.namespace,
    labels: objectAt(workload.pod, 'metadata.labels'),
    annotations: objectAt(workload.pod, 'metadata.annotations')
  }
}

/** An instance of a ledger (cloudnative-pg/cloudnative-pg pkg/utils/labels_annotations.go). */
function instance (record: CloudRecord): Pod {
  const settings = settingsOf(record)
  return {
    namespace: stringAt(settings, 'metadata.namespace') ?? 'default',
    labels: { 'cnpg.io/cluster': record.name, 'cnpg.io/podRole': 'instance' },
    annotations: objectAt(settings, 'spec.inheritedMetadata.annotations')
  }
}

/** The pod behind a Service; undefined where it has none. */
export function podBehind (world: World, site: Site, id: string): Pod | undefined {
  const namespace = id.slice(0, id.indexOf('/'))
  const service = world.inside(site, serviceType).find((record) => record.id === id)
  const own = world.inside(site, ledgerType).find((record) => `${namespace}/${record.name}-rw` === id)
  if (!service) {
    return own && stringAt(settingsOf(own), 'metadata.namespace') === namespace
      ? instance(own)
      : undefined
  }
  const selector = valueAt(settingsOf(service), 'spec.selector')
  return selector === undefined
    ? undefined
    : podsOf(world, site).find((pod) =>
      pod.namespace === namespace && selects({ matchLabels: selector }, pod.labels)
    )
}

/** Tells if a pod has a proxy of the mesh: by its own label, else by its namespace's. */
export function hasProxy (world: World, site: Site, { namespace, labels }: Pod): boolean {
  const own = labels['sidecar.istio.io/inject']
  if (own !== undefined) return own === 'true'
  const space = world.inside(site, namespaceType).find(({ name }) => name === namespace)
  return objectAt(settingsOf(space), 'metadata.labels')['istio-injection'] === 'enabled'
}

const proxySetting = (pod: Pod, name: string): string[] | undefined => {
  const value = pod.annotations?.[`traffic.sidecar.istio.io/${name}`]
  return typeof value === 'string' ? value.split(',').map((one) => one.trim()) : undefined
}

/** Ports of a proxy itself, which are in plaintext. */
const proxyPorts = [15020, 15021, 15090]

/**
 * Tells if a pod's proxy takes what comes in at a port
 * (https://istio.io/latest/docs/reference/config/annotations/, traffic.sidecar.istio.io).
 */
export function takesIn (world: World, site: Site, pod: Pod, port: number): boolean {
  if (!hasProxy(world, site, pod) || proxyPorts.includes(port)) return false
  const only = proxySetting(pod, 'includeInboundPorts') ?? ['*']
  return (only.includes('*') || only.includes(String(port))) &&
    !(proxySetting(pod, 'excludeInboundPorts') ?? []).includes(String(port))
}

/** Tells if a pod's proxy takes what goes out to a cluster's Services. */
export function takesOut (world: World, site: Site, pod: Pod, services: string | undefined): boolean {
  if (!hasProxy(world, site, pod)) return false
  const only = proxySetting(pod, 'includeOutboundIPRanges') ?? ['*']
  return only.includes('*') || (services !== undefined && only.includes(services))
}
