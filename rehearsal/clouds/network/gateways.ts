/** Calls to a cluster's gateway from another cluster, through its load balancer. */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { numberAt, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { egressOf } from './egress.ts'
import { firewallRefusal, type Passage } from './firewalls.ts'
import { type Peer, type Pod, policyRefusal, selects } from './pod-policies.ts'
import { settingsOf } from './records.ts'
import { type Routes } from './routes.ts'
import { type Site } from './site.ts'
import { reached, refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

export const serviceType = 'kubernetes:core/v1:Service'
const gatewayType = 'kubernetes:networking.istio.io/v1:Gateway'
const annotation = 'service.beta.kubernetes.io/'

/** A call to the gateway of another cluster's network. */
export interface GatewayCall {
  readonly from: Site
  readonly pod: Pod
  readonly to: Site
  readonly port: number
}

/** The load balancer of a cluster's east-west gateway. */
function eastWest (world: World, site: Site): CloudRecord | undefined {
  return world.inside(site, serviceType).find((record) =>
    objectAt(settingsOf(record), 'metadata.labels')['topology.istio.io/network'] !== undefined &&
    stringAt(settingsOf(record), 'spec.type') === 'LoadBalancer'
  )
}

/** Tells if a Service's load balancer has an address of the cluster's network only. */
export function isInternal (service: CloudRecord): boolean {
  const notes = objectAt(settingsOf(service), 'metadata.annotations')
  return notes[`${annotation}aws-load-balancer-scheme`] === 'internal' ||
    notes['networking.gke.io/load-balancer-type'] === 'Internal' ||
    notes[`${annotation}azure-load-balancer-internal`] === 'true'
}

/** A call to the gateway of another cluster's network, from policies to policies. */
export function gatewayReach (world: World, routes: Routes, { from, pod, to, port }: GatewayCall): Verdict {
  const service = eastWest(world, to)
  const labels = objectAt(settingsOf(service), 'spec.selector')
  const open = service &&
    valuesAt(settingsOf(service), 'spec.ports[]').some((one) => numberAt(one, 'port', 0) === port)
  if (!service || !open || !listens(world, to, labels, port)) {
    return refused(to.name, 'east-west-gateway', `no gateway of ${to.name} listens on ${port}`)
  }
  const internal = isInternal(service)
  for (const cidr of internal ? to.nodes : ['0.0.0.0/0']) {
    const refusal = policyRefusal(world, from, {
      direction: 'Egress',
      pod,
      peer: { kind: 'range', cidr, what: `the gateway of ${to.name}` },
      port
    })
    if (refusal) return refusal
  }
  const outside = internal ? { sources: from.sources } : egressOf(world, from)
  if ('refusal' in outside) return outside.refusal
  const way = internal ? routes.between(from, to) : reached([from.region, to.region])
  if (!way.reached) return way
  const passage: Passage = { sources: outside.sources, to, service, port }
  return firewallRefusal(world, passage) ?? admission(world, from.name, passage) ?? way
}

/**
 * The refusal of a gateway's own policies, by the addresses that its pods see and their own port;
 * undefined when they let the caller in. `caller`: its name in a report.
 */
export function admission (
  world: World,
  caller: string,
  { sources, to, service, port }: Passage
): Verdict | undefined {
  const settings = settingsOf(service)
  const pod: Pod = {
    namespace: stringAt(settings, 'metadata.namespace') ?? 'default',
    labels: objectAt(settings, 'spec.selector')
  }
  const own = valuesAt(settings, 'spec.ports[]').find((one) => numberAt(one, 'port', 0) === port)
  const target = numberAt(own, 'targetPort', port)
  for (const peer of seenAs(caller, sources, to, service)) {
    const refusal = policyRefusal(world, to, { direction: 'Ingress', pod, peer, port: target })
    if (refusal) return refusal
  }
  return undefined
}

/** Addresses that a gateway's pods see: the load balancer's, a node's or the caller's. */
function seenAs (caller: string, sources: readonly string[], to: Site, service: CloudRecord): Peer[] {
  const settings = settingsOf(service)
  const notes = objectAt(settings, 'metadata.annotations')
  const balancer = notes[`${annotation}aws-load-balancer-nlb-target-type`] === 'ip' &&
    !String(notes[`${annotation}aws-load-balancer-target-group-attributes`]).includes(
      'preserve_client_ip.enabled=true'
    )
  if (balancer) return to.nodes.map((cidr) => ({ kind: 'range', cidr, what: 'the load balancer' }))
  if (stringAt(settings, 'spec.externalTrafficPolicy') !== 'Local') return [{ kind: 'node' }]
  return sources.map((cidr) => ({ kind: 'range', cidr, what: caller }))
}

/** Tells if the mesh's gateway pods were told to listen on a port. */
function listens (world: World, site: Site, labels: WireObject, port: number): boolean {
  // Its own status port is there without being told.
  return port === 15021 ||
    world.inside(site, gatewayType).map(settingsOf).some((gateway) =>
      selects({ matchLabels: valueAt(gateway, 'spec.selector') ?? {} }, labels) &&
      valuesAt(gateway, 'spec.servers[]').some((server) => numberAt(server, 'port.number', 0) === port)
    )
}

/** TLS versions, hosts and modes of the servers of a gateway on a port. */
export function serversOf (world: World, site: Site, labels: WireObject, port: number) {
  return world.inside(site, gatewayType).map(settingsOf).filter((gateway) =>
    selects({ matchLabels: valueAt(gateway, 'spec.selector') ?? {} }, labels)
  ).flatMap((gateway) => valuesAt(gateway, 'spec.servers[]')).filter((server) =>
    numberAt(server, 'port.number', 0) === port
  ).map((server) => ({
    hosts: stringsAt(server, 'hosts[]'),
    mode: stringAt(server, 'tls.mode'),
    minimum: stringAt(server, 'tls.minProtocolVersion'),
    credential: stringAt(server, 'tls.credentialName')
  }))
}
