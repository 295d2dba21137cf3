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

/** Port of every cluster's Prometheus. */
export const prometheusPort = 9090

/** Address of every cluster's Prometheus. */
export const prometheusUrl = `http://prometheus-prometheus.${monitoringNamespace}.svc:${prometheusPort}`

/** The prober of a cluster: its release, its pods by the labels of their chart, its address. */
export const prober = {
  name: 'blackbox-exporter',
  labels: { 'app.kubernetes.io/name': 'prometheus-blackbox-exporter' },
  port: 9115,
  address: `blackbox-exporter.${monitoringNamespace}.svc:9115`
} as const

/**
 * Labels and annotations of pods that talk to services through the mesh, encrypted and known by
 * identity, and to everything else (what they scrape, their own kind) directly. Services of the hub
 * have the addresses of the hub's own range in every cluster; those of `own` are the prober's,
 * which a strict mesh keeps from whoever asks in plaintext.
 */
export function meshClient (
  hub: Cluster,
  own: Cluster = hub
): { podLabels: Record<string, string>, podAnnotations: Record<string, string> } {
  return {
    podLabels: { 'sidecar.istio.io/inject': 'true' },
    podAnnotations: {
      'traffic.sidecar.istio.io/includeInboundPorts': '',
      'traffic.sidecar.istio.io/includeOutboundIPRanges': [...new Set([hub.serviceCidr, own.serviceCidr])]
        .join(',')
    }
  }
}

/**
 * Instances of each part of the metrics store: three, the least that survives the loss of a zone
 * with a quorum.
 */
export const metricsReplicas = 3

/** Name of the resource that is the password of the metrics' gateway. */
export const metricsPasswordName = 'remote-write'
/** URL that metrics are written to. */
export const remoteWriteUrl = `http://${hubServices.metrics}/api/v1/push`
