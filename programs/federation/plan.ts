/**
 * Phase 5: the clusters find each other, share traffic by region, and the world reaches them by
 * DNS. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { clusterOf, clusterScopes, federationScopes, unitRef } from '../scopes.ts'
import { type EstimateStep, type Phase, type UnitKind } from '../types.ts'
import { balancingCosts } from './dns-costs.ts'
import { servingClusters } from './dns-service.ts'
import { peersOf, serviceNamespaces } from './topology.ts'

const healthCheckType: Record<CloudName, string> = {
  aws: 'aws:route53/healthCheck:HealthCheck',
  gcp: 'gcp:compute/healthCheck:HealthCheck',
  azure: 'azure-native:trafficmanager:Profile'
}
const recordType: Record<CloudName, string> = {
  aws: 'aws:route53/record:Record',
  gcp: 'gcp:dns/recordSet:RecordSet',
  azure: 'azure-native:dns:RecordSet'
}

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (
    federation,
    scope
  ) => [
    unitRef('infrastructure', scope.name),
    ...federation.clusters.map((other) => unitRef('mesh', other.name))
  ],
  estimate: (federation, scope): EstimateStep[] => {
    const self = clusterOf(federation, scope.name)
    return [
      {
        key: 'namespaces',
        type: 'kubernetes:core/v1:Namespace',
        count: serviceNamespaces(federation).length
      },
      { key: 'remotes', type: 'kubernetes:core/v1:Secret', count: peersOf(federation, self.name).length },
      {
        key: 'routes',
        type: 'kubernetes:networking.istio.io/v1:VirtualService',
        count: federation.mesh.services.length,
        after: ['namespaces']
      }
    ]
  },
  load: () => import('./cluster.ts')
}

const global: UnitKind = {
  scope: 'federation',
  scopes: federationScopes,
  dependsOn: (
    federation
  ) => [
    unitRef('prerequisites', 'global'),
    ...federation.clusters.map((other) => unitRef('mesh', other.name))
  ],
  estimate: (federation): EstimateStep[] => {
    const { provider } = federation.dns
    const serving = servingClusters(federation).length
    return [
      { key: 'names', type: recordType[provider], count: federation.clusters.length },
      {
        key: 'checks',
        type: healthCheckType[provider],
        count: serving,
        costs: balancingCosts(federation)
      },
      {
        key: 'records',
        type: recordType[provider],
        count: serving * federation.dns.strategies.length,
        after: ['checks']
      }
    ]
  },
  load: () => import('./global.ts')
}

export const federation: Phase = {
  number: 5,
  name: 'federation',
  title: 'Federation',
  units: [cluster, global]
}
