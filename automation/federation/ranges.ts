/**
 * Address ranges that the file does not spell out: pods, services and the control plane of each
 * cluster, and the subnets of each zone. Pure. A cluster takes the first range of its pool that no
 * other has, in the file's order, after the ranges that the file pins: so one more cluster at the
 * end changes nobody else's.
 */
import { type SubnetPlan } from '../../programs/types/cluster.ts'
import { blockSize, cidr, formatCidr, overlaps, subnet, subnetCount, type Block } from './cidr.ts'

/** 64 clusters of 65,536 pods: in RFC 6598's space, so that 10.0.0.0/8 stays free for networks. */
export const defaultRanges = {
  pods: '100.64.0.0/10',
  services: '172.20.0.0/14',
  controlPlanes: '172.24.0.0/20'
} as const
/**
 * Prefix lengths: a /16 holds 256 nodes of 256 pods (GKE gives each node a /24), a /20 4,096
 * services, and GKE control planes take a /28, nothing else.
 */
export const rangePrefixes = { pods: 16, services: 20, controlPlanes: 28 } as const
/** Kinds of address ranges that each cluster gets. */
export type RangeKind = keyof typeof rangePrefixes

/**
 * One block of `prefix` out of `pool` per entry of `pinned`: those that are given are kept, the
 * others get the first that overlaps none taken so far. Undefined where the pool is used up.
 */
export function allocate (
  pool: Block,
  prefix: number,
  pinned: readonly (Block | undefined)[]
): (Block | undefined)[] {
  const count = subnetCount(pool, prefix)
  const pins = pinned.filter((block) => block !== undefined)
  let next = 0
  return pinned.map((pin) => {
    if (pin) return pin
    while (next < count) {
      const candidate = subnet(pool, prefix, next++)
      if (!pins.some((taken) => overlaps(taken, candidate))) return candidate
    }
    return undefined
  })
}

/**
 * Sixteenths of a network that each use starts at: four zones each, and the last quarter is left to
 * gateways and growth.
 */
const firstSixteenth = { private: 0, public: 4, intra: 8 } as const
/** The largest subnet: a /20 holds 4,096 addresses, more than a zone's nodes ever need. */
const largestSubnet = 20
/**
 * The least a cluster's network needs: its /24 subnets hold 251 nodes (AWS keeps five addresses).
 */
export const smallestNetwork = 20

/** The prefix length of a network's subnets. */
export function subnetPrefix (network: Block): number {
  return Math.max(largestSubnet, network.prefix + 4)
}

/**
 * One private, public and intra subnet per zone (four at most), apart from each other. Where a
 * subnet goes depends on its zone's place in the list only, so one more zone moves none. Throws a
 * RangeError when the network is longer than /28 or has more than four zones.
 */
export function subnetPlan (network: string, zones: readonly string[]): SubnetPlan[] {
  const block = cidr(network)
  if (zones.length > 4) throw new RangeError(`a subnet plan has four zones at most, not ${zones.length}`)
  const prefix = subnetPrefix(block)
  const sixteenth = blockSize(block.prefix) / 16
  const place = (first: number, index: number) => {
    const base = block.base + (first + index) * sixteenth
    return formatCidr({ base, prefix })
  }
  return zones.map((zone, index) => ({
    zone,
    public: place(firstSixteenth.public, index),
    private: place(firstSixteenth.private, index),
    intra: place(firstSixteenth.intra, index)
  }))
}
