/** Data table: alerts on a cluster as a part of the federation: its peers, its gateways, DNS. */
import { type Cluster } from '../../types/cluster.ts'
import { type Federation } from '../../types.ts'
import { type AlertRow } from '../alert.ts'
import { errorBudgetRows } from '../error-budget.ts'

export function federationRows (federation: Federation, cluster: Cluster): AlertRow[] {
  const peers = federation.clusters.length - 1
  return [
    {
      name: 'RemoteClusterLost',
      severity: 'critical',
      for: '1m',
      expression: `istiod_managed_clusters{cluster_type="remote"} < ${peers}`,
      summary: 'The mesh lost sight of a cluster',
      description:
        `istiod of ${cluster.name} watches {{ $value }} of ${peers} remote clusters: their endpoints ` +
        'grow stale. Check remote secrets and the route to their API servers.'
    },
    ...(peers > 0
      ? [
        {
          name: 'PeerUnreachable',
          severity: 'critical' as const,
          for: '2m',
          expression: 'probe_success{job="peer-latency"} == 0',
          summary: 'A peer does not answer over the mesh',
          description: `{{ $labels.peer }} gives ${cluster.name} no answer through the east-west gateways: ` +
            'services there cannot be called from here, nor take over.'
        },
        {
          name: 'PeersUnwatched',
          severity: 'critical' as const,
          for: '5m',
          expression: `(count(probe_success{job="peer-latency"}) or vector(0)) < ${peers + 1}`,
          summary: 'Peers are not probed any more',
          description: `${cluster.name} has results of {{ $value }} of ${peers + 1} probes of clusters: ` +
            'nobody would see that one of them is lost.'
        }
      ]
      : []),
    {
      name: 'ScrapeTargetDown',
      severity: 'warning',
      for: '10m',
      expression: 'up == 0',
      summary: 'Prometheus cannot read what it watches',
      description:
        '{{ $labels.job }} {{ $labels.instance }}: alerts on its metrics keep quiet, whatever happens.'
    },
    {
      name: 'EastWestGatewayDown',
      severity: 'critical',
      for: '30s',
      expression: 'sum(kube_deployment_status_replicas_available{namespace="istio-system",' +
        'deployment="istio-eastwestgateway"}) < 1',
      summary: 'No east-west gateway is up',
      description: `Other clusters cannot reach services of ${cluster.name}.`
    },
    {
      name: 'CrossClusterErrors',
      severity: 'critical',
      for: '2m',
      expression: 'sum by (source_cluster, destination_cluster) ' +
        '(rate(istio_requests_total{reporter="source",response_code=~"5..",' +
        'source_cluster!="unknown"}[1m])) / sum by (source_cluster, destination_cluster) ' +
        '(rate(istio_requests_total{reporter="source",source_cluster!="unknown"}[1m])) > 0.01',
      summary: 'More than 1 % of requests between two clusters fail',
      description: '{{ $labels.source_cluster }} to {{ $labels.destination_cluster }}: {{ $value | ' +
        'humanizePercentage }} of requests fail.'
    },
    {
      name: 'RemoteWriteBehind',
      severity: 'warning',
      for: '10m',
      expression: 'prometheus_remote_storage_queue_highest_timestamp_seconds - ' +
        'prometheus_remote_storage_queue_highest_sent_timestamp_seconds > 120',
      summary: 'Metrics reach the hub more than two minutes late',
      description: `Dashboards and federation-wide alerts of the hub are out of date for ${cluster.name}.`
    },
    ...errorBudgetRows({
      name: 'ClusterErrorBudget',
      subject: cluster.name,
      objective: federation.availability.cluster,
      ratio: (window) =>
        `sum(rate(istio_requests_total{reporter="destination",response_code=~"5.."}[${window}])) / ` +
        `sum(rate(istio_requests_total{reporter="destination"}[${window}]))`
    }, '6h'),
    {
      name: 'DnsDoesNotAnswer',
      severity: 'critical',
      for: '30s',
      expression: 'probe_success{job="dns"} == 0 or absent(probe_success{job="dns"})',
      summary: 'The public name is not resolved',
      description: `${cluster.name} gets no address of ${federation.dns.host}. DNS is to answer ` +
        `${federation.availability.dns} % of the time and to fail over within a minute.`
    },
    {
      name: 'GlobalEndpointUnreachable',
      severity: 'critical',
      for: '30s',
      expression: 'probe_success{job="global-endpoint"} == 0 or ' +
        'absent(probe_success{job="global-endpoint"})',
      summary: 'The public endpoint does not answer',
      description:
        `https://${federation.dns.host} as seen from ${cluster.name}: wherever DNS sends clients of this ` +
        'area, nobody answers.'
    },
    {
      name: 'IngressDown',
      severity: 'critical',
      for: '30s',
      expression: 'sum(kube_deployment_status_replicas_available{namespace="istio-system",' +
        'deployment="istio-ingressgateway"}) < 1',
      summary: 'No ingress gateway is up',
      description: `Clients of ${cluster.name} are sent elsewhere by DNS.`
    }
  ]
}
