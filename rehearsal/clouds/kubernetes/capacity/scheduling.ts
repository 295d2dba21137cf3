/**
 * Places of pods on nodes: whether the nodes that a cluster may have hold what all its pods ask
 * for. Pods of the managed service itself, and those that no table describes, ask for nothing here.
 * Pure.
 */
import { type WireObject } from '../../../wire.ts'
import { numberAt, objectAt } from '../../wire-values.ts'
import { type ClusterView } from '../cluster-view.ts'
import { releaseType } from '../object-names.ts'
import { allWorkloads } from '../selected-pods.ts'
import { sidecarOf } from '../sidecars.ts'
import { type Workload } from '../workloads.ts'
import { apart, podRequests, selects, untolerated } from './demand.ts'
import { type Amounts, type NodePool, poolsOf } from './node-pools.ts'

/** A node on its way to being full. */
interface Node {
  readonly pool: NodePool
  readonly left: Record<string, number>
  readonly holds: Set<string>
}

/** Resources that nodes are known to have or not; others come from plugins on them. */
const counted = new Set(['cpu', 'memory', 'pods', 'hugepages-2Mi', 'hugepages-1Gi'])

/** Pools whose size something changes: GKE's and AKS' do by themselves, EKS' by a release. */
function scales (view: ClusterView): boolean {
  return !view.account.endsWith('.eks.amazonaws.com') ||
    view.of(releaseType).some(({ object }) => object.chart === 'cluster-autoscaler')
}

function nodesOf (pools: readonly NodePool[], scaled: boolean): Node[] {
  return pools.flatMap((pool) =>
    Array.from({ length: scaled ? pool.most : pool.nodes }, () => ({
      pool,
      left: { ...pool.allocatable },
      holds: new Set<string>()
    }))
  )
}

const keyOf = ({ kind, namespace, name }: Workload): string => `${kind}/${namespace}/${name}`

/** Says what a node lacks for a pod, in the scheduler's words; undefined when it has room. */
function lacks (node: Node, workload: Workload, requests: Amounts): string | undefined {
  const taint = untolerated(workload, node.pool)
  if (taint) {
    const { key, value } = taint
    return `node(s) had untolerated taint {${key}: ${value}}`
  }
  if (!selects(workload, node.pool)) return "node(s) didn't match Pod's node affinity/selector"
  if (apart(workload) && node.holds.has(keyOf(workload))) {
    return "node(s) didn't match pod anti-affinity rules"
  }
  const short = Object.entries(requests).filter(([name, amount]) =>
    counted.has(name) && (node.left[name] ?? 0) < amount
  ).map(([name]) => name === 'pods' ? 'Too many pods' : `Insufficient ${name}`)
  return short.length > 0 ? short.join(', ') : undefined
}

function put (node: Node, workload: Workload, requests: Amounts): void {
  node.holds.add(keyOf(workload))
  for (const [name, amount] of Object.entries(requests)) node.left[name] = (node.left[name] ?? 0) - amount
}

/** Pods that are put on every node that takes them. */
function putEverywhere (nodes: readonly Node[], workload: Workload, requests: Amounts): void {
  for (const node of nodes) {
    if (!untolerated(workload, node.pool) && selects(workload, node.pool)) put(node, workload, requests)
  }
}

function putAll (nodes: readonly Node[], workload: Workload, requests: Amounts): Node[] | undefined {
  for (let replica = 0; replica < workload.replicas; replica++) {
    const node = nodes.find((one) => lacks(one, workload, requests) === undefined)
    if (!node) return [...nodes]
    put(node, workload, requests)
  }
  return undefined
}

/** Tells if a workload gives way to any other. */
function givesWay ({ pod }: Workload, view: ClusterView): boolean {
  const name = objectAt(pod, 'spec').priorityClassName
  const found = typeof name === 'string'
    ? view.get('kubernetes:scheduling.k8s.io/v1:PriorityClass', name)
    : undefined
  return found !== undefined && numberAt(found, 'value', 0) < 0
}

/** Says why no node takes a workload's pods beside all others; undefined when nodes do. */
export function unschedulable (workload: Workload, view: ClusterView): string | undefined {
  const site = view.world.at(view.account)
  const pools = site ? poolsOf(view.world, site) : []
  // Without pools nothing is known of nodes, nor with machines that no row describes.
  if (workload.replicas === 0 || pools.length === 0) return undefined
  if (pools.some(({ allocatable }) => allocatable === undefined)) return undefined
  const nodes = nodesOf(pools, scales(view))
  const requestsOf = (one: Workload): Amounts => podRequests(one, beside(one, view))
  const own = keyOf(workload)
  const others = allWorkloads(view).filter((one) => keyOf(one) !== own)
  for (const one of others.filter(({ kind }) => kind === 'DaemonSet')) {
    putEverywhere(nodes, one, requestsOf(one))
  }
  const requests = requestsOf(workload)
  // Where the scheduler puts other pods is not known: a node has to hold what all of them run.
  if (workload.kind === 'DaemonSet') {
    const full = nodes.filter((node) =>
      !untolerated(workload, node.pool) && selects(workload, node.pool) &&
      lacks(node, workload, requests) !== undefined
    )
    return full.length > 0 ? wordsOf(full, full.length, workload, requests) : undefined
  }
  for (const one of others.filter(({ kind }) => kind !== 'DaemonSet')) {
    if (!givesWay(one, view)) putAll(nodes, one, requestsOf(one))
  }
  const full = putAll(nodes, workload, requests)
  return full && wordsOf(full, nodes.length, workload, requests)
}

/** The scheduler's sentence about nodes that do not take a pod. */
function wordsOf (full: readonly Node[], all: number, workload: Workload, requests: Amounts): string {
  const counts = new Map<string, number>()
  for (const node of full) {
    for (const why of lacks(node, workload, requests)?.split(', ') ?? []) {
      counts.set(why, (counts.get(why) ?? 0) + 1)
    }
  }
  const reasons = [...counts].map(([why, count]) => `${count} ${why}`).sort().join(', ')
  return `0/${all} nodes are available: ${reasons}. preemption: 0/${all} nodes are available: ${all} No ` +
    'preemption victims found for incoming pod.'
}

/** Containers that webhooks put beside those of a workload. */
function beside (workload: Workload, view: ClusterView): WireObject[] {
  const sidecar = sidecarOf(workload, view)
  return sidecar ? [sidecar] : []
}
