/** Clusters of a valid file as programs see them: defaults filled in, ranges computed. Pure. */
import { type ClusterRole as Role } from '../../contract/words.ts'
import { type Cluster, type NodePool, type Tier } from '../../programs/types/cluster.ts'
import { type DrPair } from '../../programs/types/recovery.ts'
import { type Block, cidr, formatCidr } from './cidr.ts'
import { allocate, defaultRanges, type RangeKind, rangePrefixes, subnetPlan } from './ranges.ts'
import { regions } from './regions.ts'
import { type FederationFile } from './schema.ts'

/** The tier of a role's clusters unless they say another. */
export const tierOfRole: Readonly<Record<Role, Tier>> = {
  primary: 'ultra-low-latency',
  hub: 'high-performance',
  dr: 'standard',
  analytics: 'batch'
}
/**
 * Zones a cluster spreads over unless it says: three, so that etcd-like quorums survive the loss of
 * one.
 */
const defaultZones = 3
/** GB of a node's disk: what GKE gives by default, room for images and logs. */
const defaultDiskGb = 100

type ClusterFile = FederationFile['clusters'][number]

/** The zones of a cluster: its own list, or the first three of the region's. */
export function zonesOf (cluster: Pick<ClusterFile, 'cloud' | 'region' | 'zones'>): readonly string[] {
  return cluster.zones ?? regions[cluster.cloud].get(cluster.region)?.zones.slice(0, defaultZones) ?? []
}

function resolvePool (pool: ClusterFile['nodePools'][number]): NodePool {
  return {
    name: pool.name,
    instanceType: pool.instanceType,
    min: pool.min,
    max: pool.max,
    desired: pool.desired ?? pool.min,
    spot: pool.spot ?? false,
    diskGb: pool.diskGb ?? defaultDiskGb,
    labels: pool.labels ?? {},
    taints: pool.taints ?? []
  }
}

/** The most nodes a cluster can have. */
export function maxNodes (cluster: { readonly nodePools: readonly { readonly max: number }[] }): number {
  return cluster.nodePools.reduce((sum, pool) => sum + pool.max, 0)
}

/**
 * The ranges of one kind for all clusters, in order. Throws a RangeError when the pool is too
 * small: validation found that before.
 */
function ranges (file: FederationFile, kind: RangeKind, pinned: readonly (Block | undefined)[]): string[] {
  return allocate(cidr(file.ranges?.[kind] ?? defaultRanges[kind]), rangePrefixes[kind], pinned).map(
    (block, index) => {
      if (!block) throw new RangeError(`no ${kind} range is left for ${file.clusters[index]?.name ?? index}`)
      return formatCidr(block)
    }
  )
}

const pin = (text: string | undefined) => text === undefined ? undefined : cidr(text)

/** Resolves the clusters. Throws a RangeError for a file that was not validated. */
export function resolveClusters (file: FederationFile): Cluster[] {
  const pods = ranges(file, 'pods', file.clusters.map((cluster) => pin(cluster.podCidr)))
  const services = ranges(file, 'services', file.clusters.map((cluster) => pin(cluster.serviceCidr)))
  const controlPlanes = ranges(file, 'controlPlanes', file.clusters.map(() => undefined))
  return file.clusters.map((cluster, index) => {
    const zones = zonesOf(cluster)
    const tier = cluster.tier ?? tierOfRole[cluster.role]
    const area = cluster.area ?? regions[cluster.cloud].get(cluster.region)?.area
    const [podCidr, serviceCidr, controlPlaneCidr] = [pods[index], services[index], controlPlanes[index]]
    if (
      area === undefined || podCidr === undefined || serviceCidr === undefined ||
      controlPlaneCidr === undefined
    ) throw new RangeError(`${cluster.name} was not validated`)
    return {
      name: cluster.name,
      role: cluster.role,
      tier,
      cloud: cluster.cloud,
      region: cluster.region,
      area,
      zones,
      cidr: cluster.cidr,
      podCidr,
      serviceCidr,
      controlPlaneCidr,
      subnets: subnetPlan(cluster.cidr, zones),
      kubernetesVersion: cluster.kubernetesVersion ?? file.kubernetesVersion,
      nodePools: cluster.nodePools.map(resolvePool),
      asn: cluster.asn,
      tuning: cluster.tuning ?? file.tiers?.[tier] ?? [],
      stateful: cluster.stateful ?? (cluster.role === 'primary' || cluster.role === 'dr')
    }
  })
}

/** Resolves a disaster recovery pair. */
export function resolvePair (
  file: FederationFile,
  pair: FederationFile['disasterRecovery']['pairs'][number]
): DrPair {
  const standby = file.clusters.find((cluster) => cluster.name === pair.standby)
  return {
    primary: pair.primary,
    standby: pair.standby,
    rtoSeconds: pair.rtoSeconds ?? file.disasterRecovery.rtoSeconds,
    rpoSeconds: pair.rpoSeconds ?? file.disasterRecovery.rpoSeconds,
    failoverNodes: pair.failoverNodes ?? (standby ? maxNodes(standby) : 1)
  }
}
