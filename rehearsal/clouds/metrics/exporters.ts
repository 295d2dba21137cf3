/**
 * Data table: metrics by who exports them, and how an exporter is found: as far as alerts,
 * dashboards and validation of programs here read them. A metric that is in no row is exported by
 * nobody that is known.
 */
import { type WireObject } from '../../wire.ts'

/** Whoever exports metrics. */
export interface Exporter {
  /** Names of metrics; histograms with their suffix. */
  readonly metrics: readonly string[]
  /** Document or public code that names them. */
  readonly source: string
  /** Labels of its pods, and the port that they are read at. */
  readonly pods?: { readonly labels: WireObject, readonly port: number, readonly portName?: string }
  /** Labels of the Service that a chart makes for it. */
  readonly service?: WireObject
}

const istio = 'istio/istio release-1.31 '

export const exporters = {
  prometheus: {
    metrics: [
      'up',
      'process_start_time_seconds',
      'prometheus_build_info',
      'prometheus_remote_storage_queue_highest_timestamp_seconds',
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds'
    ],
    source: 'prometheus-community/helm-charts kube-prometheus-stack-79.0.0 (Prometheus 3.7.2) ' +
      'charts/kube-prometheus-stack/templates/prometheus/rules-1.14/prometheus.yaml'
  },
  'kube-state-metrics': {
    metrics: [
      'kube_daemonset_status_number_unavailable',
      'kube_deployment_spec_replicas',
      'kube_deployment_status_replicas_available',
      'kube_node_info',
      'kube_node_status_allocatable',
      'kube_node_status_condition',
      'kube_pod_container_resource_requests',
      'kube_pod_container_status_restarts_total',
      'kube_pod_status_unschedulable'
    ],
    source: 'kubernetes/kube-state-metrics docs/metrics (workload, cluster)'
  },
  'node-exporter': {
    metrics: [
      'node_cpu_seconds_total',
      'node_filesystem_avail_bytes',
      'node_memory_MemAvailable_bytes',
      'node_memory_MemTotal_bytes',
      'node_network_receive_bytes_total',
      'node_network_receive_drop_total',
      'node_network_transmit_bytes_total',
      'node_timex_offset_seconds'
    ],
    source: 'prometheus/node_exporter collector/fixtures/e2e-output.txt'
  },
  kubelet: {
    metrics: ['kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes'],
    source: 'https://kubernetes.io/docs/reference/instrumentation/metrics/'
  },
  istiod: {
    metrics: [
      'citadel_server_cert_chain_expiry_timestamp',
      'citadel_server_csr_parsing_err_count',
      'citadel_server_csr_sign_err_count',
      'citadel_server_root_cert_expiry_timestamp',
      'istio_build',
      'istiod_managed_clusters',
      'pilot_proxy_convergence_time_bucket',
      'pilot_total_xds_rejects'
    ],
    source: `${istio}security/pkg/server/ca/monitoring.go, pkg/version/stats.go, ` +
      'pkg/kube/multicluster/secretcontroller.go, pilot/pkg/xds/monitoring.go, pkg/xds/monitoring.go; ' +
      'manifests/charts/istio-control/istio-discovery/templates/service.yaml',
    pods: { labels: { app: 'istiod' }, port: 15014, portName: 'http-monitoring' },
    service: { app: 'istiod', istio: 'pilot' }
  },
  proxy: {
    metrics: [
      'envoy_cluster_outlier_detection_ejections_active',
      'envoy_cluster_upstream_rq_pending_overflow',
      'istio_request_duration_milliseconds_bucket',
      'istio_requests_total'
    ],
    source: 'https://istio.io/latest/docs/reference/config/metrics/ and ' +
      'https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats',
    pods: { labels: { 'security.istio.io/tlsMode': 'istio' }, port: 15090 }
  },
  prober: {
    metrics: [
      'probe_duration_seconds',
      'probe_http_duration_seconds',
      'probe_ssl_earliest_cert_expiry',
      'probe_success'
    ],
    source: 'prometheus/blackbox_exporter prober/handler.go, prober/http.go'
  },
  velero: {
    metrics: [
      'process_start_time_seconds',
      'velero_backup_failure_total',
      'velero_backup_last_successful_timestamp',
      'velero_backup_location_status_gauge',
      'velero_backup_partial_failure_total'
    ],
    source: 'vmware-tanzu/velero pkg/metrics/metrics.go; its port: pkg/cmd/server/config/config.go',
    pods: { labels: { 'app.kubernetes.io/name': 'velero' }, port: 8085, portName: 'http-monitoring' }
  },
  ledger: {
    metrics: [
      'cnpg_pg_replication_is_wal_receiver_up',
      'cnpg_pg_replication_streaming_replicas',
      'cnpg_pg_stat_replication_replay_lag_seconds'
    ],
    source: 'cloudnative-pg/cloudnative-pg config/manager/default-monitoring.yaml; its port: ' +
      'pkg/management/url/url.go',
    pods: { labels: { 'cnpg.io/podRole': 'instance' }, port: 9187, portName: 'metrics' }
  }
} as const satisfies Readonly<Record<string, Exporter>>

export type ExporterName = keyof typeof exporters

/** Exporters that come with the chart of the operator, which makes Prometheus read them. */
export const ofTheStack: readonly ExporterName[] = [
  'prometheus',
  'kube-state-metrics',
  'node-exporter',
  'kubelet'
]

/** Names of all exporters and their rows, whatever each of them has. */
export const exporterRows: readonly (readonly [ExporterName, Exporter])[] = Object.entries(exporters) as [
  ExporterName,
  Exporter
][]
