/**
 * The alerts of a cluster as data: what is wrong, how much it matters, and what to do about it. A
 * table, longer than other files on purpose. Metrics are those of kube-state-metrics,
 * node_exporter, Istio (standard metrics), blackbox_exporter, Velero, and of the trading services
 * (`trading_*`). Rules are evaluated in the cluster, where nothing carries its name yet: texts name
 * it themselves.
 */
import { type Cluster, type Federation } from '../types.ts'
import { type Alert, type AlertRow, alertsIn, type RuleGroups, rulesOf } from './alert.ts'
import { errorBudgetRows } from './error-budget.ts'

function federationRows (federation: Federation, cluster: Cluster): AlertRow[] {
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
      expression:
        'prometheus_remote_storage_highest_timestamp_in_seconds - ignoring(remote_name, url) group_right ' +
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
      expression: 'probe_success{job="dns"} == 0',
      summary: 'The public name is not resolved',
      description: `${cluster.name} gets no address of ${federation.dns.host}. DNS is to answer ` +
        `${federation.availability.dns} % of the time and to fail over within a minute.`
    },
    {
      name: 'GlobalEndpointUnreachable',
      severity: 'critical',
      for: '30s',
      expression: 'probe_success{job="global-endpoint"} == 0',
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

function meshRows (federation: Federation, cluster: Cluster): AlertRow[] {
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

/**
 * One alert for each latency target that concerns the cluster's area. Sidecars keep connections
 * between clusters open, so what a probe waits for after it has sent its request is one round trip
 * and an answer that is made in no time.
 */
function latencyRows (federation: Federation, cluster: Cluster): AlertRow[] {
  return federation.latencyTargets.flatMap((target): AlertRow[] => {
    const inside = target.from === 'intra-region'
    if (!inside && target.from !== cluster.area && target.to !== cluster.area) return []
    const other = target.from === cluster.area ? target.to : target.from
    const peers = federation.clusters.filter((peer) =>
      inside ? peer.name === cluster.name : peer.area === other
    ).map((peer) => peer.name)
    if (peers.length === 0) return []
    const word = inside
      ? 'IntraRegion'
      : `${target.from}To${target.to}`.replace(/(^|(?<=To))[a-z]/g, (letter) => letter.toUpperCase())
    return [{
      name: `Latency${word}AboveTarget`,
      section: 'LatencyAboveTarget',
      severity: 'warning',
      for: '5m',
      expression: 'quantile_over_time(0.99, ' +
        'probe_http_duration_seconds{job="peer-latency",phase="processing",peer=~"' +
        `${peers.join('|')}"}[5m]) > ${target.milliseconds / 1000}`,
      summary: inside
        ? `Round trips inside the region take more than ${target.milliseconds} ms`
        : `Round trips between ${target.from} and ${target.to} take more than ${target.milliseconds} ms`,
      description: '{{ $labels.peer }}: p99 is {{ $value | humanizeDuration }}, expected ' +
        `${target.expectedMilliseconds} ms.`
    }]
  })
}

function tradingRows (federation: Federation, cluster: Cluster): AlertRow[] {
  const { webSocketConnections, messagesPerSecond } = federation.capacity
  return [
    ...latencyRows(federation, cluster),
    {
      name: 'OrderLatencyHigh',
      severity: 'critical',
      for: '1m',
      expression:
        'histogram_quantile(0.99, sum by (le) (rate(trading_order_duration_seconds_bucket[1m]))) > 0.005',
      summary: 'Orders take more than 5 ms',
      description: 'p99 from gateway to acknowledgement is {{ $value | humanizeDuration }}.'
    },
    {
      name: 'OrderErrors',
      severity: 'critical',
      for: '1m',
      expression:
        'sum(rate(trading_orders_total{result="error"}[1m])) / sum(rate(trading_orders_total[1m])) > 0.001',
      summary: 'More than 0.1 % of orders fail',
      description: '{{ $value | humanizePercentage }} of orders end in an error of ours.'
    },
    {
      name: 'MarketDataStale',
      severity: 'critical',
      for: '15s',
      expression: 'time() - max by (venue) (trading_market_data_timestamp_seconds) > 2',
      summary: 'Market data is older than two seconds',
      description:
        '{{ $labels.venue }}: prices are {{ $value | humanizeDuration }} old; strategies should stop quoting.'
    },
    {
      name: 'MessageThroughputNearLimit',
      severity: 'warning',
      for: '5m',
      expression: `sum(rate(trading_messages_total[1m])) > ${Math.round(0.8 * messagesPerSecond)}`,
      summary: 'Message rate is above 80 % of what was planned',
      description: `{{ $value | humanize }} messages a second of ${messagesPerSecond}.`
    },
    {
      name: 'WebSocketConnectionsNearLimit',
      severity: 'warning',
      for: '5m',
      expression: `sum(trading_websocket_connections) > ${Math.round(1.6 * webSocketConnections)}`,
      summary: 'WebSocket connections are near the circuit breaker',
      description: `{{ $value }} connections; breakers open at ${2 * webSocketConnections}.`
    },
    {
      name: 'RiskCheckSlow',
      severity: 'critical',
      for: '1m',
      expression:
        'histogram_quantile(0.99, sum by (le) (rate(trading_risk_check_duration_seconds_bucket[1m]))) > ' +
        '0.001',
      summary: 'Risk checks take more than 1 ms',
      description: 'p99 is {{ $value | humanizeDuration }}: orders queue behind it.'
    }
  ]
}

function recoveryRows (federation: Federation, cluster: Cluster): AlertRow[] {
  const { probeIntervalSeconds, failureThreshold } = federation.disasterRecovery
  const pair = federation.disasterRecovery.pairs.find(({ primary }) => primary === cluster.name)
  return [
    {
      name: 'PrimaryUnreachable',
      severity: 'critical',
      for: `${probeIntervalSeconds * failureThreshold}s`,
      expression: 'probe_success{job="dr-probe"} == 0',
      summary: 'A primary does not answer probes',
      description:
        `{{ $labels.primary }} has failed ${failureThreshold} probes in a row as seen from here. When ` +
        'most observers agree, DNS sends clients to {{ $labels.standby }}.'
    },
    ...(pair
      ? [
        {
          name: 'ReplicationLagHigh',
          severity: 'warning' as const,
          for: '1m',
          expression: `max(trading_replication_lag_seconds) > ${0.6 * pair.rpoSeconds}`,
          summary: 'The standby falls behind',
          description:
            `{{ $value | humanizeDuration }} behind ${cluster.name}; the objective is ${pair.rpoSeconds} s.`
        },
        {
          name: 'ReplicationLagOverObjective',
          severity: 'critical' as const,
          for: '15s',
          expression: `max(trading_replication_lag_seconds) > ${pair.rpoSeconds}`,
          summary: 'More data would be lost than the objective allows',
          description:
            `A failover now would lose {{ $value | humanizeDuration }} of ${cluster.name}'s data; the ` +
            `objective (RPO) is ${pair.rpoSeconds} s. ${pair.standby} must not be promoted without a ` +
            'decision.'
        },
        {
          name: 'ReplicationLagUnknown',
          severity: 'critical' as const,
          for: '2m',
          expression: 'absent(trading_replication_lag_seconds)',
          summary: 'Nobody says how far the standby is behind',
          description: `Replication from ${cluster.name} to ${pair.standby} has stopped or is not measured.`
        }
      ]
      : []),
    {
      name: 'BackupMissing',
      severity: 'critical',
      for: '15m',
      expression:
        'time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule!=""}) > 12 * 3600',
      summary: 'No backup succeeded for twelve hours',
      description: '{{ $labels.schedule }}: the last good backup is {{ $value | humanizeDuration }} old.'
    },
    {
      name: 'BackupFailed',
      severity: 'warning',
      for: '0m',
      expression: 'increase(velero_backup_failure_total{schedule!=""}[1h]) + ' +
        'increase(velero_backup_partial_failure_total{schedule!=""}[1h]) > 0',
      summary: 'A backup failed',
      description: '{{ $labels.schedule }} failed in the last hour.'
    },
    {
      name: 'BackupLocationUnavailable',
      severity: 'critical',
      for: '10m',
      expression: 'velero_backup_location_status_gauge == 0',
      summary: "The other cloud's bucket cannot be reached",
      description: '{{ $labels.backup_location_name }}: neither backup nor restore works.'
    }
  ]
}

function certificateRows (): AlertRow[] {
  return [
    {
      name: 'RootCertificateExpires',
      severity: 'critical',
      for: '1h',
      expression: 'min(citadel_server_root_cert_expiry_timestamp) - time() < 180 * 86400',
      summary: "The mesh's root certificate ends within half a year",
      description: 'Replacing a root takes weeks: begin now. Left: {{ $value | humanizeDuration }}.'
    },
    {
      name: 'IntermediateCertificateExpires',
      severity: 'critical',
      for: '1h',
      expression: 'min(citadel_server_cert_chain_expiry_timestamp) - time() < 90 * 86400',
      summary: "The cluster's intermediate certificate ends within 90 days",
      description: 'Deploy the mesh phase of this cluster to renew it. Left: {{ $value | humanizeDuration }}.'
    },
    {
      name: 'WorkloadCertificatesFail',
      severity: 'critical',
      for: '5m',
      expression: 'increase(citadel_server_csr_sign_error_count[5m]) + ' +
        'increase(citadel_server_csr_parsing_err_count[5m]) > 0',
      summary: 'Workloads get no certificates',
      description: 'Their present ones last for a day at most.'
    },
    {
      name: 'IngressCertificateExpires',
      severity: 'warning',
      for: '1h',
      expression: 'min by (instance) (probe_ssl_earliest_cert_expiry) - time() < 21 * 86400',
      summary: 'An ingress certificate ends within three weeks',
      description: '{{ $labels.instance }}: deploy its mesh phase to renew it.'
    }
  ]
}

function nodeRows (cluster: Cluster): AlertRow[] {
  const [minimum, maximum] = [
    cluster.nodePools.reduce((sum, pool) => sum + pool.min, 0),
    cluster.nodePools.reduce((sum, pool) => sum + pool.max, 0)
  ]
  return [
    {
      name: 'NodeNotReady',
      severity: 'critical',
      for: '2m',
      expression: 'kube_node_status_condition{condition="Ready",status="true"} == 0',
      summary: 'A node is not ready',
      description: '{{ $labels.node }} has not been ready for two minutes.'
    },
    {
      name: 'NodesAtMaximum',
      severity: 'warning',
      for: '10m',
      expression: `count(kube_node_info) >= ${maximum}`,
      summary: 'The cluster cannot grow further',
      description: `All ${maximum} nodes are in use.`
    },
    {
      name: 'NodesBelowMinimum',
      severity: 'critical',
      for: '10m',
      expression: `sum(kube_node_status_condition{condition="Ready",status="true"}) < ${minimum}`,
      summary: 'Fewer nodes are ready than the file wants',
      description: `${cluster.name} has {{ $value }} nodes ready, at least ${minimum} are wanted.`
    },
    {
      name: 'NodeCapacityShort',
      severity: 'warning',
      for: '15m',
      expression: 'sum(kube_pod_container_resource_requests{resource="cpu"}) / ' +
        'sum(kube_node_status_allocatable{resource="cpu"}) > 0.9',
      summary: 'Nine tenths of the CPUs are promised',
      description:
        `{{ $value | humanizePercentage }} of what ${cluster.name}'s nodes have is requested: a failover ` +
        'or a peak finds no room until nodes are added.'
    },
    {
      name: 'NodeMemoryPressure',
      severity: 'warning',
      for: '5m',
      expression: 'node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes < 0.1',
      summary: 'A node has less than 10 % of its memory left',
      description: '{{ $labels.instance }}: {{ $value | humanizePercentage }} left.'
    },
    {
      name: 'NodeDiskFilling',
      severity: 'warning',
      for: '30m',
      expression: 'predict_linear(node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"}[6h], 24 * 3600) < 0',
      summary: 'A disk is full within a day',
      description:
        '{{ $labels.instance }} {{ $labels.mountpoint }} fills up at the rate of the last six hours.'
    },
    {
      name: 'NodeNetworkDrops',
      severity: 'warning',
      for: '5m',
      expression: 'rate(node_network_receive_drop_total{device!~"lo|veth.*"}[1m]) > 10',
      summary: 'A network device drops packets',
      description:
        '{{ $labels.instance }} {{ $labels.device }}: {{ $value | humanize }} a second; check queues and ' +
        'interrupts.'
    },
    {
      name: 'NodeClockSkewed',
      severity: 'critical',
      for: '2m',
      expression: 'abs(node_timex_offset_seconds) > 0.001',
      summary: 'A clock is off by more than a millisecond',
      description: '{{ $labels.instance }}: order timestamps are wrong by {{ $value | humanizeDuration }}.'
    }
  ]
}

function workloadRows (): AlertRow[] {
  return [
    {
      name: 'PodCrashLooping',
      severity: 'warning',
      for: '5m',
      expression: 'increase(kube_pod_container_status_restarts_total[15m]) > 3',
      summary: 'A container keeps restarting',
      description:
        '{{ $labels.namespace }}/{{ $labels.pod }} {{ $labels.container }}: {{ $value | humanize }} ' +
        'restarts in a quarter of an hour.'
    },
    {
      name: 'DeploymentUnavailable',
      severity: 'critical',
      for: '5m',
      expression: 'kube_deployment_spec_replicas > 0 and kube_deployment_status_replicas_available == 0',
      summary: 'A deployment has no pod',
      description: '{{ $labels.namespace }}/{{ $labels.deployment }} serves nothing.'
    },
    {
      name: 'PodsUnschedulable',
      severity: 'warning',
      for: '10m',
      expression: 'sum by (namespace) (kube_pod_status_unschedulable) > 0',
      summary: 'Pods find no node',
      description: '{{ $labels.namespace }}: {{ $value }} pods wait; autoscaling does not help them.'
    },
    {
      name: 'VolumeFilling',
      severity: 'warning',
      for: '30m',
      expression: 'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.1',
      summary: 'A volume is nearly full',
      description:
        '{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}: {{ $value | humanizePercentage }} left.'
    }
  ]
}

/** All alerts of a cluster, group by group; names are unique. */
export function alertsOf (federation: Federation, cluster: Cluster): Alert[] {
  return alertsIn(federation, {
    federation: federationRows(federation, cluster),
    mesh: meshRows(federation, cluster),
    trading: tradingRows(federation, cluster),
    'disaster-recovery': recoveryRows(federation, cluster),
    certificates: certificateRows(),
    nodes: nodeRows(cluster),
    workloads: workloadRows()
  })
}

/** The alerts as a PrometheusRule's spec. */
export function ruleGroups (federation: Federation, cluster: Cluster): RuleGroups {
  return rulesOf(federation, alertsOf(federation, cluster))
}
