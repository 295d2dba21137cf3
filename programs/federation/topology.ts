/**
 * Places of a federation: peers, services, and the region that takes over a region's traffic. Pure.
 */
import { type Cluster } from '../types/cluster.ts'
import { type MeshService } from '../types/services.ts'
import { type Federation } from '../types.ts'

/** The other clusters of the federation, in the file's order. */
export function peersOf (federation: Federation, name: string): Cluster[] {
  return federation.clusters.filter((cluster) => cluster.name !== name)
}

/** The mesh services whose workloads run in a cluster of that role. */
export function servicesIn (federation: Federation, cluster: Cluster): MeshService[] {
  return federation.mesh.services.filter((service) => service.roles.includes(cluster.role))
}

/**
 * The namespaces of all mesh services, each once, in the file's order. They exist in every cluster:
 * Istio's namespaces are the same everywhere.
 */
export function serviceNamespaces (federation: Federation): string[] {
  return [...new Set(federation.mesh.services.map((service) => service.namespace))]
}

/**
 * The regions that take a region's traffic when its own endpoints are gone, best first: the
 * disaster recovery standby's, then regions of the same area, then the others, each in the file's
 * order, regions with analytics clusters last among equals.
 */
export function failoverRegions (federation: Federation, cluster: Cluster): string[] {
  const standbys = federation.disasterRecovery.pairs.filter((pair) => pair.primary === cluster.name).map((
    pair
  ) => pair.standby)
  const rank = (other: Cluster): number =>
    (standbys.includes(other.name) ? 0 : 4) + (other.area === cluster.area ? 0 : 2) +
    (other.role === 'analytics' ? 1 : 0)
  const others = peersOf(federation, cluster.name).filter((other) => other.region !== cluster.region)
  const ordered = others.map((other, index) => ({ other, index })).sort((a, b) =>
    rank(a.other) - rank(b.other) || a.index - b.index
  )
  return [...new Set(ordered.map(({ other }) => other.region))]
}
