/**
 * Connections between clusters: peerings, VPNs, the way of traffic to another cloud, addresses of
 * tunnels. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Link } from '../types/connections.ts'
import { type Federation, type Scope } from '../types.ts'

/** The site-to-site links of a federation, in the file's order. */
export function vpnLinks (federation: Federation): Link[] {
  return federation.links.filter((link) => link.kind === 'vpn')
}

/** Tells whether the cluster ends a site-to-site VPN, and so needs a VPN gateway. */
export function hasVpn (federation: Federation, cluster: Cluster): boolean {
  return vpnLinks(federation).some((link) => link.from === cluster.name || link.to === cluster.name)
}

/**
 * The links over which packets cross from cloud to cloud: VPNs, and circuits that their exchange
 * has joined.
 */
export function crossings (federation: Federation): Link[] {
  return federation.links.filter((link) => link.kind === 'vpn' || link.circuit?.state === 'joined')
}

/**
 * Every unordered pair of the scope's clusters, in the file's order: networks inside one cloud form
 * a full mesh.
 */
export function peeringPairs (federation: Federation, scope: Scope): [Cluster, Cluster][] {
  const clusters = scope.clusters.map((name) => clusterOf(federation, name))
  return clusters.flatMap((first, index) =>
    clusters.slice(index + 1).map((second): [Cluster, Cluster] => [first, second])
  )
}

/** A peering's name, seen from the first cluster. */
export function peeringName (from: Cluster, to: Cluster): string {
  return `${from.name}-to-${to.name}`
}

/** All other clusters of the federation. */
export function peersOf (federation: Federation, cluster: Cluster): Cluster[] {
  return federation.clusters.filter((other) => other.name !== cluster.name)
}

/** A range of addresses under which a cluster's nodes or pods appear to others. */
export interface NetworkRange {
  readonly name: string
  readonly cidr: string
}

/**
 * The ranges that a cluster's packets come from. Pods of GKE keep their own addresses towards
 * private ranges, so these are routed and let in like those of nodes; EKS gives pods addresses of
 * the network itself, and AKS' overlay hides them behind their node's.
 */
export function networksOf (cluster: Cluster): NetworkRange[] {
  const nodes = { name: cluster.name, cidr: cluster.cidr }
  return cluster.cloud === 'gcp' ? [nodes, { name: `${cluster.name}-pods`, cidr: cluster.podCidr }] : [nodes]
}

/** The ranges of several clusters, as firewalls name them. */
export function rangesOf (clusters: readonly Cluster[]): string[] {
  return clusters.flatMap(networksOf).map(({ cidr }) => cidr)
}

/** The networks that a cloud's VPN announces: those of all clusters there. */
export function announced (federation: Federation, cloud: CloudName): string[] {
  return rangesOf(federation.clusters.filter((cluster) => cluster.cloud === cloud))
}

/**
 * The cluster of the same cloud through whose VPN or circuit `cluster` reaches `target`: itself
 * when it is linked to the target's cloud, else the first of its cloud that is. Undefined when the
 * clouds are not linked or are the same.
 */
export function vpnExit (federation: Federation, cluster: Cluster, target: CloudName): Cluster | undefined {
  if (cluster.cloud === target) return undefined
  const leadsThere = (candidate: Cluster): boolean =>
    crossings(federation).some((link) => {
      if (link.from !== candidate.name && link.to !== candidate.name) return false
      return clusterOf(federation, link.from === candidate.name ? link.to : link.from).cloud === target
    })
  if (leadsThere(cluster)) return cluster
  return federation.clusters.find((candidate) => candidate.cloud === cluster.cloud && leadsThere(candidate))
}

/** The peers that `cluster` has a way to: those in its own cloud, and those of linked clouds. */
export function reachablePeers (federation: Federation, cluster: Cluster): Cluster[] {
  return peersOf(federation, cluster).filter((peer) =>
    peer.cloud === cluster.cloud || vpnExit(federation, cluster, peer.cloud) !== undefined
  )
}

/** The inside addresses of one tunnel of a link. */
export interface TunnelAddress {
  /** Their /30 block. */
  readonly cidr: string
  /** Address of the end that comes first in `linkEnds`. */
  readonly near: string
  /** Address of the other end. */
  readonly far: string
  /** Interface of the gateway. */
  readonly instance: 0 | 1
}

// AWS takes the first address of a tunnel's /30 for itself, so it has to be the near end; Azure
// takes its tunnel addresses from this range only.
const cloudOrder: readonly CloudName[] = ['aws', 'gcp', 'azure']
const tunnelsPerLink = 4
/**
 * 169.254.21.0/24 and 169.254.22.0/24 hold 128 blocks of /30: Azure accepts custom BGP addresses of
 * these two networks only.
 */
const maxSlots = 2 * 64 / tunnelsPerLink

/**
 * A link's two clusters, the one whose cloud comes first in aws, gcp, azure first. Throws a
 * RangeError when both are in one cloud, which peers instead.
 */
export function linkEnds (federation: Federation, link: Pick<Link, 'from' | 'to'>): [Cluster, Cluster] {
  const ends: [Cluster, Cluster] = [clusterOf(federation, link.from), clusterOf(federation, link.to)]
  if (ends[0].cloud === ends[1].cloud) {
    throw new RangeError(
      `link ${link.from} - ${link.to}: a vpn joins two clouds, both clusters are in ${ends[0].cloud}: ` +
        'use kind peering'
    )
  }
  return cloudOrder.indexOf(ends[0].cloud) < cloudOrder.indexOf(ends[1].cloud) ? ends : [ends[1], ends[0]]
}

/**
 * The tunnels' inside addresses of a link. Links that share a cluster never share addresses; a link
 * appended to the file changes no other's. With AWS at one end there are four tunnels (two for each
 * of the two connections), else two. Throws a RangeError when a cluster has too many links.
 */
export function tunnelAddresses (federation: Federation, link: Pick<Link, 'from' | 'to'>): TunnelAddress[] {
  const slots = new Map<Link, number>()
  for (const candidate of vpnLinks(federation)) {
    const ends = [candidate.from, candidate.to]
    const taken = new Set(
      [...slots].filter(([other]) => ends.includes(other.from) || ends.includes(other.to)).map(([, slot]) =>
        slot
      )
    )
    const slot = Array.from({ length: maxSlots }, (_, index) => index).find((index) => !taken.has(index))
    if (slot === undefined) {
      throw new RangeError(
        `link ${candidate.from} - ${candidate.to}: no tunnel addresses left, at most ${maxSlots} vpn ` +
          'links may meet at its clusters'
      )
    }
    slots.set(candidate, slot)
  }
  const found = [...slots].find(([candidate]) => candidate.from === link.from && candidate.to === link.to)
  if (!found) throw new RangeError(`federation ${federation.name} has no vpn link ${link.from} - ${link.to}`)
  const count = linkEnds(federation, link)[0].cloud === 'aws' ? 4 : 2
  return Array.from({ length: count }, (_, index) => {
    const block = found[1] * tunnelsPerLink + index
    const prefix = `169.254.${21 + Math.floor(block / 64)}`
    const base = (block % 64) * 4
    return {
      cidr: `${prefix}.${base}/30`,
      near: `${prefix}.${base + 1}`,
      far: `${prefix}.${base + 2}`,
      instance: index < count / 2 ? 0 : 1
    }
  })
}

/**
 * The inside addresses that `cluster`'s gateway uses on its interface `instance`, over all its
 * links.
 */
export function gatewayTunnelAddresses (federation: Federation, cluster: Cluster, instance: 0 | 1): string[] {
  return vpnLinks(federation).filter((link) => link.from === cluster.name || link.to === cluster.name)
    .flatMap((link) => {
      const near = linkEnds(federation, link)[0].name === cluster.name
      return tunnelAddresses(federation, link).filter((tunnel) => tunnel.instance === instance).map((
        tunnel
      ) => near ? tunnel.near : tunnel.far)
    })
}
