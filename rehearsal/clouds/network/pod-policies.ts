/** Network policies, as the container network of a cluster judges them. */
import { type WireObject, type WireValue } from '../../wire.ts'
import { isObject, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { rangeHolds } from './ranges.ts'
import { settingsOf } from './records.ts'
import { type Plugin, type Site } from './site.ts'
import { refused, type Verdict } from './verdict.ts'
import { type World } from './world.ts'

const policyType = 'kubernetes:networking.k8s.io/v1:NetworkPolicy'
const namespaceType = 'kubernetes:core/v1:Namespace'

/** A pod, as policies know it. */
export interface Pod {
  readonly namespace: string
  readonly labels: WireObject
  /** Settings of its proxy among others. */
  readonly annotations?: WireObject
}

/** The other side of a pod's call. */
export type Peer =
  | { readonly kind: 'pod', readonly pod: Pod }
  /** A node of the same cluster. */
  | { readonly kind: 'node' }
  /** Addresses outside of the cluster, or of a Service that selects nothing. */
  | { readonly kind: 'range', readonly cidr: string, readonly what: string }

export interface PodCall {
  readonly direction: 'Ingress' | 'Egress'
  readonly pod: Pod
  readonly peer: Peer
  readonly port: number
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP'
}

/** The refusal of a pod's call by the policies of its cluster; undefined when it may be made. */
export function policyRefusal (
  world: World,
  site: Site,
  { direction, pod, peer, port, protocol = 'TCP' }: PodCall
): Verdict | undefined {
  if (site.plugin === 'unknown') return undefined
  const policies = world.inside(site, policyType).map(settingsOf).filter((policy) =>
    (stringAt(policy, 'metadata.namespace') ?? 'default') === pod.namespace &&
    stringsAt(policy, 'spec.policyTypes[]').includes(direction) &&
    selects(valueAt(policy, 'spec.podSelector'), pod.labels)
  )
  if (policies.length === 0) return undefined
  const [rules, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to']
  const allowed = policies.some((policy) =>
    valuesAt(policy, `spec.${rules}[]`).some((rule) =>
      portMatches(rule, port, protocol) && peersMatch(world, site, valuesAt(rule, `${peers}[]`), pod, peer)
    )
  )
  if (allowed) return undefined
  const names = policies.map((policy) => stringAt(policy, 'metadata.name')).join(', ')
  return refused(
    `${site.name}: policies ${names} of ${pod.namespace}`,
    ruleOf(site.plugin, peer, direction),
    `${direction === 'Ingress' ? 'nothing lets in' : 'nothing lets out to'} ${nameOf(peer)} on ${port}`
  )
}

function ruleOf (plugin: Plugin, peer: Peer, direction: PodCall['direction']) {
  if (plugin === 'cilium' && peer.kind === 'node') return 'cilium-cidr'
  return plugin === 'vpc-cni' && peer.kind === 'range' && direction === 'Egress'
    ? 'vpc-cni-before-translation'
    : 'policy-isolates'
}

function nameOf (peer: Peer): string {
  if (peer.kind === 'node') return 'nodes of the cluster'
  return peer.kind === 'range'
    ? `${peer.what} (${peer.cidr})`
    : `pods ${JSON.stringify(peer.pod.labels)} of ${peer.pod.namespace}`
}

function peersMatch (
  world: World,
  site: Site,
  peers: readonly WireValue[],
  pod: Pod,
  peer: Peer
): boolean {
  return peers.length === 0 || peers.some((entry) => {
    const [block, spaces, pods] = isObject(entry)
      ? [entry.ipBlock, entry.namespaceSelector, entry.podSelector]
      : []
    if (block !== undefined) return blockMatches(site, block, peer)
    if (peer.kind !== 'pod') return false
    const inSpace = spaces === undefined
      ? peer.pod.namespace === pod.namespace
      : selects(spaces, namespaceLabels(world, site, peer.pod.namespace))
    return inSpace && (pods === undefined || selects(pods, peer.pod.labels))
  })
}

/**
 * Tells if an address range means a peer. Cilium gives nodes and pods of the cluster an identity,
 * which no range matches; the VPC CNI sees addresses alone.
 */
function blockMatches (site: Site, block: WireValue, peer: Peer): boolean {
  if (peer.kind !== 'range') {
    return site.plugin === 'vpc-cni' && site.nodes.every((cidr) => blockHolds(block, cidr))
  }
  return blockHolds(block, peer.cidr)
}

function blockHolds (block: WireValue, cidr: string): boolean {
  return rangeHolds(stringAt(block, 'cidr') ?? '', cidr) &&
    !stringsAt(block, 'except[]').some((except) => rangeHolds(except, cidr))
}

function portMatches (rule: WireValue, port: number, wanted: string): boolean {
  const ports = valuesAt(rule, 'ports[]')
  return ports.length === 0 || ports.some((entry) => {
    const [protocol, first, last] = isObject(entry) ? [entry.protocol, entry.port, entry.endPort] : []
    if ((protocol ?? 'TCP') !== wanted) return false
    return first === undefined || first === port ||
      (typeof first === 'number' && typeof last === 'number' && port >= first && port <= last)
  })
}

function namespaceLabels (world: World, site: Site, name: string): WireObject {
  const record = world.inside(site, namespaceType).find((space) => space.name === name)
  return {
    ...(record && objectAt(settingsOf(record), 'metadata.labels')),
    'kubernetes.io/metadata.name': name
  }
}

/** Tells if a label selector selects; an empty one selects everything. */
export function selects (selector: WireValue | undefined, labels: WireObject): boolean {
  return Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value) &&
    valuesAt(selector, 'matchExpressions[]').every((expression) => {
      const value = labels[stringAt(expression, 'key') ?? '']
      const values = valuesAt(expression, 'values[]')
      switch (stringAt(expression, 'operator')) {
        case 'In':
          return value !== undefined && values.includes(value)
        case 'NotIn':
          return value === undefined || !values.includes(value)
        case 'Exists':
          return value !== undefined
        default:
          return value === undefined
      }
    })
}
