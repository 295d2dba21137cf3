/** Data table: cases of the alerts of nautilus-primary-us-east and of the hub. */
import {
  type AlertCase,
  burning,
  days,
  destination,
  east,
  gone,
  histogram,
  ingress,
  lagOf,
  latency,
  peersOf,
  ratio,
  rising,
  source,
  steady,
  usual
} from './alert-case.ts'

export const alertCases: Readonly<Record<string, AlertCase>> = {
  RemoteClusterLost: {
    ...usual,
    fires: { 'istiod_managed_clusters{cluster_type="remote"}': steady(8) },
    quiet: { 'istiod_managed_clusters{cluster_type="remote"}': steady(9) }
  },
  EastWestGatewayDown: {
    ...usual,
    fires: {
      'kube_deployment_status_replicas_available{namespace="istio-system",deployment="istio-eastwestgateway"}':
        steady(0)
    },
    quiet: {
      'kube_deployment_status_replicas_available{namespace="istio-system",deployment="istio-eastwestgateway"}':
        steady(1)
    }
  },
  CrossClusterErrors: {
    ...usual,
    fires: ratio('reporter="source",source_cluster="a",destination_cluster="b"', gone, 0.02, 80),
    quiet: ratio('reporter="source",source_cluster="a",destination_cluster="b"', gone, 0.005, 80)
  },
  RemoteWriteBehind: {
    ...usual,
    fires: {
      'prometheus_remote_storage_queue_highest_timestamp_seconds{instance="a",url="u"}': rising(15),
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{instance="a",url="u"}': steady(0)
    },
    quiet: {
      'prometheus_remote_storage_queue_highest_timestamp_seconds{instance="a",url="u"}': rising(15),
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{instance="a",url="u"}': '0 0 0 0+15x80'
    }
  },
  PeerUnreachable: {
    ...usual,
    fires: { 'probe_success{job="peer-latency",peer="a"}': steady(0) },
    quiet: { 'probe_success{job="peer-latency",peer="a"}': steady(1) }
  },
  PeersUnwatched: {
    ...usual,
    fires: peersOf(9),
    quiet: peersOf(10)
  },
  ScrapeTargetDown: {
    ...usual,
    fires: { 'up{job="node-exporter",instance="a"}': steady(0) },
    quiet: { 'up{job="node-exporter",instance="a"}': steady(1) }
  },
  ClusterErrorBudgetBurnsFast: burning(destination, 0.0001, 14.4, '70m', '1m', 80),
  ClusterErrorBudgetBurnsSteadily: burning(destination, 0.0001, 6, '7h', '5m', 100),
  DnsDoesNotAnswer: {
    ...usual,
    fires: { 'probe_success{job="dns"}': steady(0) },
    quiet: { 'probe_success{job="dns"}': steady(1) }
  },
  GlobalEndpointUnreachable: {
    ...usual,
    fires: { 'probe_success{job="global-endpoint"}': steady(0) },
    quiet: { 'probe_success{job="global-endpoint"}': steady(1) }
  },
  IngressDown: {
    ...usual,
    fires: {
      'kube_deployment_status_replicas_available{namespace="istio-system",deployment="istio-ingressgateway"}':
        steady(0)
    },
    quiet: {
      'kube_deployment_status_replicas_available{namespace="istio-system",deployment="istio-ingressgateway"}':
        steady(2)
    }
  },

  IstiodDown: {
    ...usual,
    fires: { 'up{job="istiod",instance="a"}': steady(0) },
    quiet: { 'up{job="istiod",instance="a"}': steady(0), 'up{job="istiod",instance="b"}': steady(1) }
  },
  ProxyConfigurationRejected: {
    ...usual,
    fires: { 'pilot_total_xds_rejects{type="cds"}': rising(1) },
    quiet: { 'pilot_total_xds_rejects{type="cds"}': steady(7) }
  },
  ProxyConfigurationSlow: {
    ...usual,
    fires: histogram('pilot_proxy_convergence_time', '5', '10', 0.9),
    quiet: histogram('pilot_proxy_convergence_time', '5', '10', 1)
  },
  PlaintextTraffic: {
    ...usual,
    fires: {
      'istio_requests_total{reporter="destination",connection_security_policy="none",destination_workload="order-gateway",destination_workload_namespace="trading"}':
        rising(1)
    },
    quiet: {
      'istio_requests_total{reporter="destination",connection_security_policy="mutual_tls",destination_workload="order-gateway",destination_workload_namespace="trading"}':
        rising(1),
      'istio_requests_total{reporter="destination",connection_security_policy="none",destination_workload="istio-ingressgateway",destination_workload_namespace="istio-system"}':
        rising(1)
    }
  },
  OutliersEjected: {
    ...usual,
    fires: {
      'envoy_cluster_outlier_detection_ejections_active{cluster_name="outbound|9100||risk-engine"}': steady(1)
    },
    quiet: {
      'envoy_cluster_outlier_detection_ejections_active{cluster_name="outbound|9100||risk-engine"}': steady(0)
    }
  },
  CircuitBreakerOpen: {
    ...usual,
    fires: {
      'envoy_cluster_upstream_rq_pending_overflow{cluster_name="outbound|9100||risk-engine"}': rising(3)
    },
    quiet: {
      'envoy_cluster_upstream_rq_pending_overflow{cluster_name="outbound|9100||risk-engine"}': steady(3)
    }
  },
  MeshFailoverActive: {
    ...usual,
    fires: { ...east('nautilus-primary-us-east', 4), ...east('nautilus-dr-us-west', 6) },
    quiet: { ...east('nautilus-primary-us-east', 6), ...east('nautilus-dr-us-west', 4) }
  },
  MeshErrorBudgetBurnsFast: burning(source, 0.0005, 14.4, '70m', '1m', 80),
  MeshErrorBudgetBurnsSteadily: burning(source, 0.0005, 6, '7h', '5m', 100),

  LatencyIntraRegionAboveTarget: {
    ...usual,
    fires: latency('nautilus-primary-us-east', 0.0021),
    quiet: latency('nautilus-primary-us-east', 0.0019)
  },
  LatencyUsToEuAboveTarget: {
    ...usual,
    fires: latency('nautilus-primary-eu-west', 0.104),
    quiet: latency('nautilus-primary-eu-west', 0.102)
  },
  LatencyAsiaToUsAboveTarget: {
    ...usual,
    fires: latency('nautilus-primary-asia-northeast', 0.197),
    quiet: { ...latency('nautilus-primary-asia-northeast', 0.195), ...latency('nautilus-hub-us-west', 0.5) }
  },
  OrderLatencyHigh: {
    ...usual,
    fires: histogram('trading_order_duration_seconds', '0.005', '0.01', 0.9),
    quiet: histogram('trading_order_duration_seconds', '0.005', '0.01', 1)
  },
  OrderErrors: {
    ...usual,
    fires: {
      'trading_orders_total{result="error"}': rising(2),
      'trading_orders_total{result="accepted"}': rising(998)
    },
    quiet: {
      'trading_orders_total{result="error"}': rising(1),
      'trading_orders_total{result="accepted"}': rising(1999)
    }
  },
  MarketDataStale: {
    ...usual,
    fires: { 'trading_market_data_timestamp_seconds{venue="x"}': steady(0) },
    quiet: { 'trading_market_data_timestamp_seconds{venue="x"}': rising(15) }
  },
  MessageThroughputNearLimit: {
    ...usual,
    fires: { trading_messages_total: rising(41_000 * 15) },
    quiet: { trading_messages_total: rising(39_000 * 15) }
  },
  WebSocketConnectionsNearLimit: {
    ...usual,
    fires: {
      'trading_websocket_connections{pod="a"}': steady(900),
      'trading_websocket_connections{pod="b"}': steady(701)
    },
    quiet: {
      'trading_websocket_connections{pod="a"}': steady(900),
      'trading_websocket_connections{pod="b"}': steady(700)
    }
  },
  RiskCheckSlow: {
    ...usual,
    fires: histogram('trading_risk_check_duration_seconds', '0.001', '0.01', 0.9),
    quiet: histogram('trading_risk_check_duration_seconds', '0.001', '0.01', 1)
  },

  PrimaryUnreachable: {
    ...usual,
    fires: { 'probe_success{job="dr-probe",primary="p",standby="s"}': steady(0) },
    quiet: { 'probe_success{job="dr-probe",primary="p",standby="s"}': steady(1) }
  },
  PrimaryUnwatched: {
    ...usual,
    fires: { 'up{job="blackbox"}': steady(1) },
    quiet: Object.fromEntries(
      ['a', 'b', 'c'].map((primary) => [`probe_success{job="dr-probe",primary="${primary}"}`, steady(1)])
    )
  },
  ReplicationLagHigh: {
    ...usual,
    fires: { [lagOf('ledger-nautilus-dr-us-west')]: steady(3.1) },
    // A replica beside the writer says nothing of the standby.
    quiet: {
      [lagOf('ledger-nautilus-dr-us-west')]: steady(2.9),
      [lagOf('ledger-nautilus-primary-us-east-2')]: steady(9)
    }
  },
  ReplicationLagOverObjective: {
    ...usual,
    fires: {
      [lagOf('ledger-nautilus-dr-us-west')]: steady(5.1),
      [lagOf('ledger-nautilus-primary-us-east-2')]: steady(0)
    },
    quiet: { [lagOf('ledger-nautilus-dr-us-west')]: steady(5) }
  },
  StandbyLost: {
    ...usual,
    fires: { [lagOf('ledger-nautilus-primary-us-east-2')]: steady(0) },
    quiet: { [lagOf('ledger-nautilus-dr-us-west')]: steady(0) }
  },
  LedgerReplicaLost: {
    ...usual,
    fires: {
      'cnpg_pg_replication_streaming_replicas{pod="a"}': steady(2),
      'cnpg_pg_replication_streaming_replicas{pod="b"}': steady(0)
    },
    quiet: {
      'cnpg_pg_replication_streaming_replicas{pod="a"}': steady(3),
      'cnpg_pg_replication_streaming_replicas{pod="b"}': steady(0)
    }
  },
  StandbyReceivesNothing: {
    ...usual,
    fires: { 'cnpg_pg_replication_is_wal_receiver_up{pod="a"}': steady(0) },
    quiet: { 'cnpg_pg_replication_is_wal_receiver_up{pod="a"}': steady(1) }
  },
  BackupMissing: {
    after: '13h',
    every: '5m',
    fires: { 'velero_backup_last_successful_timestamp{schedule="everything"}': '0+0x200' },
    quiet: { 'velero_backup_last_successful_timestamp{schedule="everything"}': '0+0x70 21600+0x130' }
  },
  BackupNeverSucceeded: {
    after: '13h',
    every: '5m',
    fires: { 'process_start_time_seconds{namespace="velero"}': '0+0x200' },
    quiet: {
      'process_start_time_seconds{namespace="velero"}': '0+0x200',
      'velero_backup_last_successful_timestamp{schedule="everything"}': '0+0x200'
    }
  },
  BackupsUnwatched: {
    after: '40m',
    every: '1m',
    fires: { 'up{namespace="velero",pod="a"}': steady(0) },
    quiet: { 'up{namespace="velero",pod="a"}': steady(1) }
  },
  BackupFailed: {
    ...usual,
    fires: {
      'velero_backup_failure_total{schedule="everything"}': '0+0x10 1+0x70',
      'velero_backup_partial_failure_total{schedule="everything"}': steady(0)
    },
    quiet: {
      'velero_backup_failure_total{schedule="everything"}': steady(2),
      'velero_backup_partial_failure_total{schedule="everything"}': steady(0)
    }
  },
  BackupLocationUnavailable: {
    ...usual,
    fires: { 'velero_backup_location_status_gauge{backup_location_name="default"}': steady(0) },
    quiet: { 'velero_backup_location_status_gauge{backup_location_name="default"}': steady(1) }
  },

  RootCertificateExpires: {
    after: '80m',
    every: '1m',
    fires: { citadel_server_root_cert_expiry_timestamp: days(179) },
    quiet: { citadel_server_root_cert_expiry_timestamp: days(181) }
  },
  IntermediateCertificateExpires: {
    after: '80m',
    every: '1m',
    fires: { citadel_server_cert_chain_expiry_timestamp: days(89) },
    quiet: { citadel_server_cert_chain_expiry_timestamp: days(91) }
  },
  WorkloadCertificatesFail: {
    ...usual,
    fires: { citadel_server_csr_sign_err_count: rising(1) },
    quiet: { citadel_server_csr_sign_err_count: steady(4), citadel_server_csr_parsing_err_count: steady(0) }
  },
  IngressCertificateExpires: {
    after: '80m',
    every: '1m',
    fires: { 'probe_ssl_earliest_cert_expiry{instance="a"}': days(20) },
    quiet: { 'probe_ssl_earliest_cert_expiry{instance="a"}': days(22) }
  },

  NodeNotReady: {
    ...usual,
    fires: { 'kube_node_status_condition{condition="Ready",status="true",node="a"}': steady(0) },
    quiet: { 'kube_node_status_condition{condition="Ready",status="true",node="a"}': steady(1) }
  },
  NodesAtMaximum: {
    ...usual,
    fires: Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [`kube_node_info{node="n${index}"}`, steady(1)])
    ),
    quiet: { 'kube_node_info{node="n0"}': steady(1) }
  },
  NodesBelowMinimum: {
    ...usual,
    fires: {
      'kube_node_status_condition{condition="Ready",status="true",node="a"}': steady(1),
      'kube_node_status_condition{condition="Ready",status="true",node="b"}': steady(1)
    },
    quiet: Object.fromEntries(
      ['a', 'b', 'c'].map((
        node
      ) => [`kube_node_status_condition{condition="Ready",status="true",node="${node}"}`, steady(1)])
    )
  },
  NodeCapacityShort: {
    ...usual,
    fires: {
      'kube_pod_container_resource_requests{resource="cpu"}': steady(44),
      'kube_node_status_allocatable{resource="cpu"}': steady(48)
    },
    quiet: {
      'kube_pod_container_resource_requests{resource="cpu"}': steady(43),
      'kube_node_status_allocatable{resource="cpu"}': steady(48)
    }
  },
  NodeMemoryPressure: {
    ...usual,
    fires: {
      'node_memory_MemAvailable_bytes{instance="a"}': steady(9),
      'node_memory_MemTotal_bytes{instance="a"}': steady(100)
    },
    quiet: {
      'node_memory_MemAvailable_bytes{instance="a"}': steady(11),
      'node_memory_MemTotal_bytes{instance="a"}': steady(100)
    }
  },
  NodeDiskFilling: {
    after: '8h',
    every: '5m',
    fires: { 'node_filesystem_avail_bytes{fstype="ext4",mountpoint="/"}': '100000000000-500000000x100' },
    quiet: { 'node_filesystem_avail_bytes{fstype="ext4",mountpoint="/"}': '100000000000-10000000x100' }
  },
  NodeNetworkDrops: {
    ...usual,
    fires: { 'node_network_receive_drop_total{device="eth0"}': rising(165) },
    quiet: {
      'node_network_receive_drop_total{device="eth0"}': rising(135),
      'node_network_receive_drop_total{device="lo"}': rising(9_000)
    }
  },
  NodeClockSkewed: {
    ...usual,
    fires: { 'node_timex_offset_seconds{instance="a"}': steady(-0.0011) },
    quiet: { 'node_timex_offset_seconds{instance="a"}': steady(0.0009) }
  },

  PodCrashLooping: {
    ...usual,
    fires: {
      'kube_pod_container_status_restarts_total{pod="a"}': '0+0x8 1+0x7 2+0x7 3+0x7 4+0x7 5+0x7 6+0x30'
    },
    quiet: { 'kube_pod_container_status_restarts_total{pod="a"}': '0+0x20 1+0x20 2+0x40' }
  },
  DeploymentUnavailable: {
    ...usual,
    fires: {
      'kube_deployment_spec_replicas{deployment="a"}': steady(2),
      'kube_deployment_status_replicas_available{deployment="a"}': steady(0)
    },
    quiet: {
      'kube_deployment_spec_replicas{deployment="a"}': steady(0),
      'kube_deployment_status_replicas_available{deployment="a"}': steady(0)
    }
  },
  PodsUnschedulable: {
    ...usual,
    fires: { 'kube_pod_status_unschedulable{namespace="trading",pod="a"}': steady(1) },
    quiet: { 'kube_pod_status_unschedulable{namespace="trading",pod="a"}': '1+0x20 _x60' }
  },
  VolumeFilling: {
    after: '40m',
    every: '1m',
    fires: {
      'kubelet_volume_stats_available_bytes{persistentvolumeclaim="a"}': steady(9),
      'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim="a"}': steady(100)
    },
    quiet: {
      'kubelet_volume_stats_available_bytes{persistentvolumeclaim="a"}': steady(11),
      'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim="a"}': steady(100)
    }
  },

  FederationErrorBudgetBurnsFast: burning(ingress, 0.00005, 14.4, '70m', '1m', 80),
  FederationErrorBudgetBurnsSteadily: burning(ingress, 0.00005, 6, '7h', '5m', 100),
  FederationErrorBudgetBurnsSlowly: burning(ingress, 0.00005, 3, '27h', '15m', 120),
  FederationErrorBudgetIsSpent: burning(ingress, 0.00005, 1, '80h', '30m', 170),
  Watchdog: {
    ...usual,
    fires: { 'up{cluster="a"}': steady(0) },
    quiet: { 'something{cluster="a"}': steady(1) }
  },
  ClusterSilent: {
    after: '20m',
    every: '1m',
    fires: {
      'prometheus_build_info{cluster="a"}': '1+0x4 _x60',
      'prometheus_build_info{cluster="b"}': steady(1)
    },
    quiet: {
      'prometheus_build_info{cluster="a"}': steady(1),
      'prometheus_build_info{cluster="b"}': steady(1)
    }
  },
  GlobalEndpointDown: {
    ...usual,
    fires: {
      'probe_success{job="global-endpoint",cluster="a"}': steady(0),
      'probe_success{job="global-endpoint",cluster="b"}': steady(0),
      'probe_success{job="global-endpoint",cluster="c"}': steady(1)
    },
    quiet: {
      'probe_success{job="global-endpoint",cluster="a"}': steady(0),
      'probe_success{job="global-endpoint",cluster="b"}': steady(1)
    }
  },
  PrimaryLost: {
    ...usual,
    fires: {
      'probe_success{job="dr-probe",primary="p",standby="s",cluster="a"}': steady(0),
      'probe_success{job="dr-probe",primary="p",standby="s",cluster="b"}': steady(0),
      'probe_success{job="dr-probe",primary="p",standby="s",cluster="c"}': steady(1)
    },
    quiet: {
      'probe_success{job="dr-probe",primary="p",standby="s",cluster="a"}': steady(0),
      'probe_success{job="dr-probe",primary="p",standby="s",cluster="b"}': steady(1),
      'probe_success{job="dr-probe",primary="p",standby="s",cluster="c"}': steady(1)
    }
  }
}
