/** Checks that the clusters of the file carry what the file promises. Pure. */
import { vcpus } from '../components/instance-types.ts'
import { type Check } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { check } from './check.ts'

function leastVcpus (cluster: Cluster): number {
  return cluster.nodePools.reduce((sum, pool) => sum + pool.min * vcpus(cluster.cloud, pool.instanceType), 0)
}

/**
 * CPUs of a cluster with so many nodes, the largest instances first, each pool up to its maximum.
 */
function vcpusWith (cluster: Cluster, nodes: number): number {
  const pools = cluster.nodePools.map((pool) => ({
    each: vcpus(cluster.cloud, pool.instanceType),
    max: pool.max
  })).sort((a, b) => b.each - a.each)
  return pools.reduce(
    ({ left, sum }, { each, max }) => ({
      left: left - Math.min(left, max),
      sum: sum + Math.min(left, max) * each
    }),
    { left: nodes, sum: 0 }
  ).sum
}

/** Checks of the whole federation's capacity. */
export function capacityChecks (federation: Federation): Check[] {
  const { capacity, disasterRecovery, links } = federation
  const slow = links.filter(({ bandwidthGbps }) => bandwidthGbps < capacity.minBandwidthGbps)
  const standbys = disasterRecovery.pairs.map((pair) => {
    const [primary, standby] = [clusterOf(federation, pair.primary), clusterOf(federation, pair.standby)]
    return { name: standby.name, wanted: leastVcpus(primary), has: vcpusWith(standby, pair.failoverNodes) }
  })
  return [
    check(
      'link-bandwidth',
      slow.map(({ from, to, bandwidthGbps }) =>
        `${from} to ${to} has ${bandwidthGbps} of ${capacity.minBandwidthGbps} Gbit/s`
      ),
      `${capacity.minBandwidthGbps} Gbit/s between clouds`
    ),
    check(
      'standby-capacity',
      standbys.filter(({ wanted, has }) => has < wanted).map(({ name, wanted, has }) =>
        `${name} has ${has} of ${wanted} vCPU`
      ),
      standbys.map(({ name, has, wanted }) => `${name} ${has} vCPU for ${wanted}`).join(', ')
    )
  ]
}
