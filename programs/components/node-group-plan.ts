/** The groups that a cloud manages, made from a cluster's node pools. Pure. */
import { type Cluster, type NodePool, type SubnetPlan } from '../types/cluster.ts'
import { zoneSuffix } from './zones.ts'

/** One group of like nodes. */
export interface NodeGroupPlan {
  readonly name: string
  /** Pool of the file that it belongs to. */
  readonly pool: NodePool
  /** Zones that it may use. */
  readonly zones: readonly SubnetPlan[]
  readonly min: number
  readonly max: number
  readonly desired: number
  /** True when its nodes are close to each other, which holds within one zone only. */
  readonly placement: boolean
}

/** `total` in `parts` whole shares that differ by one at most, larger ones first. */
export function share (total: number, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, index) => Math.floor(total / parts) + (index < total % parts ? 1 : 0)
  )
}

/**
 * A pool becomes one group over all zones, or, where nodes have to be placed close to each other
 * (the tuning `placement`; not for spot pools, whose capacity is too scattered for it), one group a
 * zone: AWS cluster placement groups, GKE compact placement and Azure proximity placement groups
 * all end at the zone. The groups' counts sum to the pool's. A zone whose share of the maximum is
 * zero gets no group.
 */
export function nodeGroupPlans (cluster: Cluster): NodeGroupPlan[] {
  return cluster.nodePools.flatMap((pool): NodeGroupPlan[] => {
    if (!cluster.tuning.includes('placement') || pool.spot) {
      return [{
        name: pool.name,
        pool,
        zones: cluster.subnets,
        min: pool.min,
        max: pool.max,
        desired: pool.desired,
        placement: false
      }]
    }
    const [min, max, desired] = [pool.min, pool.max, pool.desired].map((count) =>
      share(count, cluster.subnets.length)
    )
    return cluster.subnets.flatMap((subnet, index): NodeGroupPlan[] => {
      const most = max?.[index] ?? 0
      if (most === 0) return []
      // Shares of ordered totals are ordered: min <= desired <= max holds zone by zone.
      return [{
        name: `${pool.name}-${zoneSuffix(subnet.zone)}`,
        pool,
        zones: [subnet],
        min: min?.[index] ?? 0,
        max: most,
        desired: desired?.[index] ?? 0,
        placement: true
      }]
    })
  })
}
