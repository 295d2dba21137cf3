/** Calls of pods to services, in their own cluster and over the mesh. */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { isObject, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { gatewayReach } from './gateways.ts'
import { hasProxy, podBehind, takesIn } from './inhabitants.ts'
import { type Pod, policyRefusal, selects } from './pod-policies.ts'
import { settingsOf } from './records.ts'
import { type Routes } from './routes.ts'
import { type Site } from './site.ts'
import { reached, refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

const secretRecords = 'kubernetes:core/v1:Secret'
const authenticationType = 'kubernetes:security.istio.io/v1:PeerAuthentication'
const authorizationType = 'kubernetes:security.istio.io/v1:AuthorizationPolicy'
const meshNamespace = 'istio-system'
const istiod: Pod = { namespace: meshNamespace, labels: { app: 'istiod' } }

/** A call of a pod to a service by its name. */
export interface ServiceCall {
  readonly from: Site
  readonly pod: Pod
  /** Name of the pod's service account. */
  readonly account: string
  readonly service: string
  readonly namespace: string
  readonly port: number
}

/** Whoever calls, as a workload of the mesh sees it. */
interface Caller {
  readonly pod: Pod
  /** Identity, of pods with a proxy. */
  readonly principal: string | undefined
}

/** A pod's call to a service, in its own cluster where it runs there, else in one that is known. */
export function serviceReach (world: World, routes: Routes, call: ServiceCall): Verdict {
  const { from, pod, service, namespace } = call
  const id = `${namespace}/${service}`
  const meshed = hasProxy(world, from, pod)
  const caller: Caller = {
    pod,
    principal: meshed ? `${trustDomain(world, from)}/ns/${pod.namespace}/sa/${call.account}` : undefined
  }
  const here = podBehind(world, from, id)
  if (here) return localReach(world, from, here, caller, call)
  const refusals: Verdict[] = []
  for (const site of world.sites) {
    const there = site === from ? undefined : podBehind(world, site, id)
    if (!there) continue
    const verdict = meshed
      ? remoteReach(world, routes, site, there, caller, call)
      : refused(from.name, 'remote-endpoints', `${service} is in another cluster, and the pod has no proxy`)
    if (verdict.reached) return verdict
    refusals.push(verdict)
  }
  return refusals[0] ?? refused(from.name, 'service-known', `there is no ${id} with pods`)
}

/** A call of a pod to pods whose labels are known, in its own cluster or over the mesh. */
export interface PodCallTo {
  readonly from: Site
  readonly pod: Pod
  readonly account: string
  readonly to: Site
  readonly workload: Pod
  readonly port: number
  /** Identity that the caller shows; its own when absent. */
  readonly principal?: string
}

/** A pod's call to pods that a caller knows, which need not be behind a Service of the cluster. */
export function podReach (world: World, routes: Routes, call: PodCallTo): Verdict {
  const { from, pod, to, workload, account, principal } = call
  const meshed = hasProxy(world, from, pod)
  const own = meshed ? `${trustDomain(world, from)}/ns/${pod.namespace}/sa/${account}` : undefined
  const caller: Caller = { pod, principal: principal ?? own }
  if (from === to) return localReach(world, from, workload, caller, call)
  return meshed
    ? remoteReach(world, routes, to, workload, caller, call)
    : refused(from.name, 'remote-endpoints', 'the pods are in another cluster, and the caller has no proxy')
}

function localReach (
  world: World,
  site: Site,
  workload: Pod,
  caller: Caller,
  { port }: Pick<ServiceCall, 'port'>
): Verdict {
  return policyRefusal(world, site, {
    direction: 'Egress',
    pod: caller.pod,
    peer: { kind: 'pod', pod: workload },
    port
  }) ?? arrival(world, site, workload, caller, port) ??
    reached([site.region], site.plugin === 'unknown' ? ['policy-enforcement'] : [])
}

/** Refusals of a call at the workload itself: policies, mutual TLS, authorization. */
export function arrival (
  world: World,
  site: Site,
  workload: Pod,
  { pod, principal }: Caller,
  port: number,
  through: Pod = pod
): Verdict | undefined {
  const refusal = policyRefusal(world, site, {
    direction: 'Ingress',
    pod: workload,
    peer: { kind: 'pod', pod: through },
    port
  })
  if (refusal) return refusal
  if (!takesIn(world, site, workload, port)) return undefined
  if (principal === undefined && modeOf(world, site, workload) === 'STRICT') {
    return refused(site.name, 'strict-mtls', 'the caller shows no certificate')
  }
  return authorizationRefusal(world, site, workload, principal, port)
}

function remoteReach (
  world: World,
  routes: Routes,
  to: Site,
  workload: Pod,
  caller: Caller,
  { from, port }: Pick<ServiceCall, 'from' | 'port'>
): Verdict {
  const cluster = workload.labels['topology.istio.io/cluster'] ?? meshName(world, to)
  const known = world.inside(from, secretRecords).some((secret) => {
    const { labels, annotations } = objectAt(settingsOf(secret), 'metadata')
    return isObject(labels) && labels['istio/multiCluster'] === 'true' && isObject(annotations) &&
      annotations['networking.istio.io/cluster'] === cluster
  })
  if (!known) {
    return refused(from.name, 'remote-endpoints', `${from.name} has no secret of ${String(cluster)}`)
  }
  const watch = gatewayReach(world, routes, { from, pod: istiod, to, port: 443 })
  if (!watch.reached) return watch
  const way = gatewayReach(world, routes, { from, pod: caller.pod, to, port: 15443 })
  if (!way.reached) return way
  const gateway: Pod = {
    namespace: meshNamespace,
    labels: { istio: 'eastwestgateway', app: 'istio-eastwestgateway' }
  }
  return policyRefusal(world, to, {
    direction: 'Egress',
    pod: gateway,
    peer: { kind: 'pod', pod: workload },
    port
  }) ?? arrival(world, to, workload, caller, port, gateway) ?? way
}

/** Mode of mutual TLS at a workload: the namespace's own, else the mesh's. */
export function modeOf (world: World, site: Site, workload: Pod): string {
  const modes = world.inside(site, authenticationType).map(settingsOf)
  const of = (namespace: string): string | undefined =>
    modes.filter((one) =>
      stringAt(one, 'metadata.namespace') === namespace &&
      selects(valueAt(one, 'spec.selector'), workload.labels)
    ).map((one) => stringAt(one, 'spec.mtls.mode')).find((mode) => mode !== undefined)
  return of(workload.namespace) ?? of(meshNamespace) ?? 'PERMISSIVE'
}

/** Trust domain of a cluster's mesh, by the values of its control plane. */
export function trustDomain (world: World, site: Site): string {
  const release = releaseOf(world, site, 'istiod')
  return stringAt(settingsOf(release), 'values.meshConfig.trustDomain') ?? 'cluster.local'
}

/** Name of a cluster in its mesh, by the values of its control plane. */
export function meshName (world: World, site: Site): string {
  return stringAt(settingsOf(releaseOf(world, site, 'istiod')), 'values.global.multiCluster.clusterName') ??
    site.name
}

export function releaseOf (world: World, site: Site, name: string): CloudRecord | undefined {
  return world.inside(site, 'kubernetes:helm.sh/v3:Release').find((record) => record.name === name)
}

function authorizationRefusal (
  world: World,
  site: Site,
  workload: Pod,
  principal: string | undefined,
  port: number
): Verdict | undefined {
  const policies = world.inside(site, authorizationType).map(settingsOf).filter((policy) =>
    stringAt(policy, 'metadata.namespace') === workload.namespace &&
    (stringAt(policy, 'spec.action') ?? 'ALLOW') === 'ALLOW' &&
    selects(valueAt(policy, 'spec.selector'), workload.labels)
  )
  if (policies.length === 0) return undefined
  const allowed = policies.some((policy) =>
    valuesAt(policy, 'spec.rules[]').some((rule) => ruleAllows(rule as WireObject, principal, port))
  )
  return allowed
    ? undefined
    : refused(
      site.name,
      'authorization-policy',
      `no rule of ${workload.namespace} names ${principal ?? 'a caller without identity'} on ${port}`
    )
}

function ruleAllows (rule: WireObject, principal: string | undefined, port: number): boolean {
  const sources = valuesAt(rule, 'from[]').flatMap((one) => stringsAt(one, 'source.principals[]'))
  const ports = valuesAt(rule, 'to[]').flatMap((one) => stringsAt(one, 'operation.ports[]'))
  return (valuesAt(rule, 'from[]').length === 0 ||
    (principal !== undefined && sources.some((pattern) => patternHolds(pattern, principal)))) &&
    (ports.length === 0 || ports.includes(String(port)))
}

/** Istio's patterns: a text, or its beginning or end with an asterisk. */
function patternHolds (pattern: string, text: string): boolean {
  if (pattern === '*') return true
  if (pattern.endsWith('*')) return text.startsWith(pattern.slice(0, -1))
  return pattern.startsWith('*') ? text.endsWith(pattern.slice(1)) : pattern === text
}
