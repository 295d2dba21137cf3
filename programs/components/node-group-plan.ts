/** How a cluster's node pools become the groups that a cloud manages. Pure. */
import { type Cluster, type NodePool, type SubnetPlan } from '../types/cluster.ts'
import { zoneSuffix } from './zones.ts'

/**
 * One group of like nodes. `zones` are the zones it may use; `placement` asks for nodes close to
 * each other, which holds within one zone only.
 */
export interface NodeGroupPlan {
  readonly name: string
  readonly pool: NodePool
  readonly zones: readonly SubnetPlan[]
  readonly min: number
  readonly max: number
  readonly desired: number
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
