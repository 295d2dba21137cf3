/** Data table: alerts on a cluster's mesh. */
import { type Cluster } from '../../types/cluster.ts'
import { type Federation } from '../../types.ts'
import { type AlertRow } from '../alert.ts'
import { errorBudgetRows } from '../error-budget.ts'

export function meshRows (federation: Federation, cluster: Cluster): AlertRow[] {
  const local = federation.mesh.services.filter(({ roles }) => roles.includes(cluster.role)).map(({ name }) =>
    name
  )
  return [
    {
      name: 'IstiodDown',
      severity: 'critical',
      for: '1m',
      expression: 'absent(up{job="istiod"} == 1)',
      summary: 'Istio has no control plane',
      description: 'Traffic flows on, but endpoints, certificates and policies are frozen.'
    },
    {
      name: 'ProxyConfigurationRejected',
      severity: 'warning',
      for: '5m',
      expression: 'sum by (type) (pilot_total_xds_rejects) > 0 and sum by (type) ' +
        '(increase(pilot_total_xds_rejects[5m])) > 0',
      summary: 'Sidecars reject configuration',
      description: '{{ $labels.type }}: some proxies run an older configuration.'
    },
    {
      name: 'ProxyConfigurationSlow',
      severity: 'warning',
      for: '5m',
      expression: 'histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket[5m]))) > 5',
      summary: 'Configuration takes more than 5 s to reach sidecars',
      description:
        'Failover inside the mesh counts on a push within 5 s; p99 is {{ $value | humanizeDuration }}.'
    },
    {
      name: 'PlaintextTraffic',
      severity: 'critical',
      for: '1m',
      expression: 'sum by (destination_workload, destination_workload_namespace) ' +
        '(rate(istio_requests_total{reporter="destination",connection_security_policy!="mutual_tls",' +
        'destination_workload_namespace!~"istio-system|monitoring|dr-.*"}[5m])) > 0',
      summary: 'Requests arrive without mutual TLS',
      description:
        '{{ $labels.destination_workload_namespace }}/{{ $labels.destination_workload }} accepts ' +
        'plaintext although the mesh is strict.'
    },
    {
      name: 'OutliersEjected',
      severity: 'warning',
      for: '2m',
      expression: 'sum by (cluster_name) (envoy_cluster_outlier_detection_ejections_active) > 0',
      summary: 'Endpoints are ejected',
      description: '{{ $labels.cluster_name }}: {{ $value }} endpoints failed ' +
        `${federation.mesh.outlierConsecutiveErrors} times in a row and get no traffic.`
    },
    {
      name: 'CircuitBreakerOpen',
      severity: 'warning',
      for: '1m',
      expression: 'sum by (cluster_name) (increase(envoy_cluster_upstream_rq_pending_overflow[1m])) > 0',
      summary: 'A circuit breaker is open',
      description: '{{ $labels.cluster_name }} refuses {{ $value }} requests a minute to protect itself.'
    },
    ...(local.length > 0
      ? [{
        name: 'MeshFailoverActive',
        severity: 'warning' as const,
        for: '1m',
        expression: 'sum by (destination_service_name) ' +
          `(rate(istio_requests_total{reporter="source",source_cluster="${cluster.name}",` +
          `destination_cluster!~"${cluster.name}|unknown",destination_service_name=~"` +
          `${local.join('|')}"}[1m])) / sum by (destination_service_name) ` +
          `(rate(istio_requests_total{reporter="source",source_cluster="${cluster.name}",` +
          `destination_service_name=~"${local.join('|')}"}[1m])) > 0.5`,
        summary: 'Most requests to a service that runs here are answered elsewhere',
        description:
          `{{ $labels.destination_service_name }} of ${cluster.name} has failed over to other clusters: ` +
          '{{ $value | humanizePercentage }} of requests leave.'
      }]
      : []),
    ...errorBudgetRows({
      name: 'MeshErrorBudget',
      subject: 'The mesh',
      objective: federation.availability.mesh,
      ratio: (window) =>
        `sum(rate(istio_requests_total{reporter="source",response_flags=~"UF|UH|UO|NR|URX"}[${window}])) ` +
        `/ sum(rate(istio_requests_total{reporter="source"}[${window}]))`
    }, '6h')
  ]
}
