/** Where the hub's services are, as all clusters know them. Pure. */

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
