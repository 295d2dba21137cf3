/** Data table: panels about the service mesh. */
import { type PanelSpec } from '../dashboard.ts'

export const meshPanels: readonly PanelSpec[] = [
  {
    title: 'Remote clusters seen',
    kind: 'stat',
    unit: 'short',
    queries: [{
      expression: 'min by (cluster) (istiod_managed_clusters{cluster_type="remote",cluster=~"$cluster"})',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Requests in mutual TLS',
    kind: 'stat',
    unit: 'percentunit',
    queries: [{
      expression:
        'sum(rate(istio_requests_total{reporter="destination",connection_security_policy="mutual_tls",' +
        'cluster=~"$cluster"}[5m])) / ' +
        'sum(rate(istio_requests_total{reporter="destination",cluster=~"$cluster"}[5m]))',
      legend: 'of all'
    }]
  },
  {
    title: 'Latency, p99',
    kind: 'timeseries',
    unit: 'ms',
    queries: [{
      expression: 'histogram_quantile(0.99, sum by (le, destination_service_name) ' +
        '(rate(istio_request_duration_milliseconds_bucket{reporter="destination",' +
        'cluster=~"$cluster"}[1m])))',
      legend: '{{destination_service_name}}'
    }]
  },
  {
    title: 'Configuration push, p99',
    kind: 'timeseries',
    unit: 's',
    warning: 5,
    queries: [{
      expression: 'histogram_quantile(0.99, sum by (le, cluster) ' +
        '(rate(pilot_proxy_convergence_time_bucket{cluster=~"$cluster"}[5m])))',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Ejected endpoints',
    kind: 'timeseries',
    unit: 'short',
    warning: 1,
    queries: [{
      expression: 'sum by (cluster) (envoy_cluster_outlier_detection_ejections_active{cluster=~"$cluster"})',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Certificates end in',
    kind: 'timeseries',
    unit: 's',
    queries: [{
      expression:
        'min by (cluster) (citadel_server_cert_chain_expiry_timestamp{cluster=~"$cluster"}) - time()',
      legend: '{{cluster}}'
    }]
  }
]
