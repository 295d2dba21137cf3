/** Addresses of the hub's services, as all clusters know them. Pure. */
import { type Cluster } from '../types/cluster.ts'

/**
 * The namespace of everything this phase deploys, in every cluster: a service of the hub is reached
 * by the same name from all of them.
 */
export const monitoringNamespace = 'monitoring'

/** Names of the hub's services inside the mesh. */
export const hubServices = {
  metrics: `mimir-gateway.${monitoringNamespace}.svc.cluster.local`,
  grafana: `grafana.${monitoringNamespace}.svc.cluster.local`,
  alertmanager: `alertmanager.${monitoringNamespace}.svc.cluster.local`,
  traces: `jaeger-collector.${monitoringNamespace}.svc.cluster.local`
} as const

/**
 * Labels and annotations of pods that talk to the hub's services through the mesh, encrypted and
 * known by identity, and to everything else (what they scrape, their own kind) directly. Services
 * of the hub have the addresses of the hub's own range in every cluster.
 */
export function meshClient (
  hub: Cluster
): { podLabels: Record<string, string>, podAnnotations: Record<string, string> } {
  return {
    podLabels: { 'sidecar.istio.io/inject': 'true' },
    podAnnotations: {
      'traffic.sidecar.istio.io/includeInboundPorts': '',
      'traffic.sidecar.istio.io/includeOutboundIPRanges': hub.serviceCidr
    }
  }
}

/**
 * Instances of each part of the metrics store: three, the least that survives the loss of a zone
 * with a quorum.
 */
export const metricsReplicas = 3
