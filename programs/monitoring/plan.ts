/** Phase 6: metrics, traces, dashboards and alerts: the hub's services for the whole federation, and what feeds them in each cluster. Pure. */
import { type EstimateStep, type Phase, type UnitKind } from '../contract.ts'
import { clusterScopes, federationScopes, unitRef } from '../scopes.ts'

/** The namespace of everything this phase deploys, in every cluster: a service of the hub is reached by the same name from all of them. */
export const monitoringNamespace = 'monitoring'

/** Names of the hub's services inside the mesh. */
export const hubServices = {
  metrics: `mimir-gateway.${monitoringNamespace}.svc.cluster.local`,
  grafana: `grafana.${monitoringNamespace}.svc.cluster.local`,
  alertmanager: `alertmanager.${monitoringNamespace}.svc.cluster.local`,
  traces: `jaeger-collector.${monitoringNamespace}.svc.cluster.local`
} as const

/** How many instances of the metrics store's parts a hub runs: three, the least that survives the loss of a zone with a quorum. */
export const metricsReplicas = 3

const global: UnitKind = {
  scope: 'federation',
  scopes: federationScopes,
  dependsOn: ({ monitoring: { hub } }) => [unitRef('prerequisites', hub), unitRef('infrastructure', hub), unitRef('mesh', hub)],
  estimate: (): EstimateStep[] => [
    { key: 'password', type: 'random:index/randomPassword:RandomPassword' },
    { key: 'namespace', type: 'kubernetes:core/v1:Namespace' },
    { key: 'metrics', type: 'kubernetes:helm.sh/v3:Release', after: ['namespace', 'password'] },
    { key: 'alertmanager', type: 'kubernetes:helm.sh/v3:Release', after: ['namespace'] },
    { key: 'traces', type: 'kubernetes:helm.sh/v3:Release', after: ['namespace'] },
    { key: 'grafana', type: 'kubernetes:helm.sh/v3:Release', after: ['metrics'] }
  ],
  load: () => import('./global.ts')
}

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (_federation, scope) => [unitRef('infrastructure', scope.name), unitRef('mesh', scope.name), unitRef('monitoring', 'global')],
  estimate: (): EstimateStep[] => [
    { key: 'prometheus', type: 'kubernetes:helm.sh/v3:Release' },
    { key: 'collector', type: 'kubernetes:helm.sh/v3:Release', count: 2, after: ['prometheus'] },
    { key: 'rules', type: 'kubernetes:monitoring.coreos.com/v1:PrometheusRule', after: ['prometheus'] }
  ],
  load: () => import('./cluster.ts')
}

export const monitoring: Phase = { number: 6, name: 'monitoring', title: 'Monitoring', units: [global, cluster] }
