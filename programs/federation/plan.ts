/** Phase 5: the clusters find each other, share traffic by region, and the world reaches them by DNS. Pure. */
import { type Cluster, type CloudName, type EstimateStep, type Federation, type MeshService, type Phase, type UnitKind } from '../contract.ts'
import { clusterOf, clusterScopes, federationScopes, unitRef } from '../scopes.ts'
import { servingClusters } from './dns-service.ts'

/** The other clusters of the federation, in the file's order. */
export function peersOf (federation: Federation, name: string): Cluster[] {
  return federation.clusters.filter((cluster) => cluster.name !== name)
}

/** The mesh services whose workloads run in a cluster of that role. */
export function servicesIn (federation: Federation, cluster: Cluster): MeshService[] {
  return federation.mesh.services.filter((service) => service.roles.includes(cluster.role))
}

/** The namespaces of all mesh services, each once, in the file's order. They exist in every cluster: Istio's namespaces are the same everywhere. */
export function serviceNamespaces (federation: Federation): string[] {
  return [...new Set(federation.mesh.services.map((service) => service.namespace))]
}

/**
 * The regions that take a region's traffic when its own endpoints are gone, best first: regions of the same area, then the others, each in the file's order.
 * A region stands before regions of clusters that don't serve trading.
 */
export function failoverRegions (federation: Federation, cluster: Cluster): string[] {
  const rank = (other: Cluster): number => (other.area === cluster.area ? 0 : 2) + (other.role === 'analytics' ? 1 : 0)
  const others = peersOf(federation, cluster.name).filter((other) => other.region !== cluster.region)
  const ordered = others.map((other, index) => ({ other, index })).sort((a, b) => rank(a.other) - rank(b.other) || a.index - b.index)
  return [...new Set(ordered.map(({ other }) => other.region))]
}

const healthCheckType: Record<CloudName, string> = {
  aws: 'aws:route53/healthCheck:HealthCheck', gcp: 'gcp:compute/healthCheck:HealthCheck', azure: 'azure-native:trafficmanager:Profile'
}
const recordType: Record<CloudName, string> = {
  aws: 'aws:route53/record:Record', gcp: 'gcp:dns/recordSet:RecordSet', azure: 'azure-native:dns:RecordSet'
}

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (federation, scope) => [unitRef('infrastructure', scope.name), ...federation.clusters.map((other) => unitRef('mesh', other.name))],
  estimate: (federation, scope): EstimateStep[] => {
    const self = clusterOf(federation, scope.name)
    return [
      { key: 'namespaces', type: 'kubernetes:core/v1:Namespace', count: serviceNamespaces(federation).length },
      { key: 'remotes', type: 'kubernetes:core/v1:Secret', count: peersOf(federation, self.name).length },
      { key: 'routes', type: 'kubernetes:networking.istio.io/v1:VirtualService', count: federation.mesh.services.length, after: ['namespaces'] }
    ]
  },
  load: () => import('./cluster.ts')
}

const global: UnitKind = {
  scope: 'federation',
  scopes: federationScopes,
  dependsOn: (federation) => [unitRef('prerequisites', 'global'), ...federation.clusters.map((other) => unitRef('mesh', other.name))],
  estimate: (federation): EstimateStep[] => {
    const { provider } = federation.dns
    const serving = servingClusters(federation).length
    return [
      { key: 'names', type: recordType[provider], count: federation.clusters.length },
      { key: 'checks', type: healthCheckType[provider], count: serving, after: ['names'] },
      { key: 'records', type: recordType[provider], count: serving * federation.dns.strategies.length, after: ['checks'] }
    ]
  },
  load: () => import('./global.ts')
}

export const federation: Phase = { number: 5, name: 'federation', title: 'Federation', units: [cluster, global] }
