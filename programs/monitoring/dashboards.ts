/** The dashboards of the hub's Grafana as JSON models (schema version 39). Pure. */
import { type Federation } from '../types.ts'
import { threshold } from './error-budget.ts'

/** One curve or number of a panel: a PromQL expression and how its series are called. */
interface Query {
  readonly expression: string
  readonly legend: string
}
/**
 * `unit`: Grafana's unit ids. `kind`: a curve over time, or the present number. `warning`: from
 * which value it is shown in red.
 */
interface PanelSpec {
  readonly title: string
  readonly kind: 'timeseries' | 'stat'
  readonly unit: string
  readonly queries: readonly Query[]
  readonly warning?: number
}
interface DashboardSpec {
  readonly uid: string
  readonly title: string
  readonly panels: readonly PanelSpec[]
  readonly perCluster: boolean
}

/** A Grafana dashboard model, as its API and its ConfigMaps hold it. */
export type Dashboard = Record<string, unknown> & {
  readonly uid: string
  readonly title: string
  readonly panels: readonly Record<string, unknown>[]
}

const datasource = { type: 'prometheus', uid: 'mimir' }
/** Grafana's grid is 24 wide; two panels side by side, eight high. */
const [WIDTH, HEIGHT] = [12, 8]

function panel (spec: PanelSpec, index: number): Record<string, unknown> {
  const steps = [
    { color: 'green', value: null },
    ...(spec.warning === undefined ? [] : [{ color: 'red', value: spec.warning }])
  ]
  return {
    id: index + 1,
    type: spec.kind,
    title: spec.title,
    datasource,
    gridPos: { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit: spec.unit, thresholds: { mode: 'absolute', steps } }, overrides: [] },
    options: spec.kind === 'stat'
      ? {
        reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
        colorMode: 'value',
        graphMode: 'area'
      }
      : {
        legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
        tooltip: { mode: 'multi', sort: 'desc' }
      },
    targets: spec.queries.map((query, position) => ({
      refId: String.fromCharCode(65 + position),
      datasource,
      expr: query.expression,
      legendFormat: query.legend
    }))
  }
}

function dashboard (federation: Federation, { uid, title, panels, perCluster }: DashboardSpec): Dashboard {
  return {
    uid: `${federation.name}-${uid}`.slice(0, 40),
    title: `${federation.name}: ${title}`,
    tags: ['windlass', federation.name],
    schemaVersion: 39,
    version: 1,
    editable: false,
    timezone: 'utc',
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: perCluster
        ? [{
          name: 'cluster',
          type: 'custom',
          query: federation.clusters.map(({ name }) => name).join(','),
          multi: true,
          includeAll: true,
          current: { text: 'All', value: '$__all' },
          options: []
        }]
        : []
    },
    annotations: { list: [] },
    panels: panels.map(panel)
  }
}

function federationPanels (federation: Federation): PanelSpec[] {
  return [
    {
      title: 'Availability',
      kind: 'stat',
      unit: 'percentunit',
      queries: [{
        expression:
          '1 - sum(rate(istio_requests_total{reporter="destination",response_code=~"5.."}[1h])) / ' +
          'sum(rate(istio_requests_total{reporter="destination"}[1h]))',
        legend: `target ${federation.availability.federation} %`
      }]
    },
    {
      title: `Error budget spent in 30 days (objective ${federation.availability.federation} %)`,
      kind: 'stat',
      unit: 'percentunit',
      warning: 1,
      queries: [{
        expression:
          'sum(increase(istio_requests_total{reporter="source",source_workload="istio-ingressgateway",' +
          'response_code=~"5.."}[30d])) / ' +
          'sum(increase(istio_requests_total{reporter="source",' +
          'source_workload="istio-ingressgateway"}[30d])) / ' +
          `${threshold(federation.availability.federation, 1)}`,
        legend: 'of the budget'
      }]
    },
    {
      title: 'Clusters that report',
      kind: 'stat',
      unit: 'short',
      queries: [{ expression: 'count(count by (cluster) (up))', legend: `of ${federation.clusters.length}` }]
    },
    {
      title: 'Requests by cluster',
      kind: 'timeseries',
      unit: 'reqps',
      queries: [{
        expression: 'sum by (cluster) (rate(istio_requests_total{reporter="destination"}[1m]))',
        legend: '{{cluster}}'
      }]
    },
    {
      title: 'Errors between clusters',
      kind: 'timeseries',
      unit: 'percentunit',
      warning: 0.01,
      queries: [{
        expression: 'sum by (source_cluster, destination_cluster) ' +
          '(rate(istio_requests_total{reporter="source",response_code=~"5.."}[1m])) / sum by ' +
          '(source_cluster, destination_cluster) (rate(istio_requests_total{reporter="source"}[1m]))',
        legend: '{{source_cluster}} to {{destination_cluster}}'
      }]
    },
    ...federation.latencyTargets.map((target): PanelSpec => ({
      title: target.from === 'intra-region'
        ? `Round trips inside regions (target ${target.milliseconds} ms)`
        : `Round trips ${target.from} to ${target.to} (target ${target.milliseconds} ms)`,
      kind: 'timeseries',
      unit: 's',
      warning: target.milliseconds / 1000,
      queries: [{
        expression: 'quantile_over_time(0.99, ' +
          `probe_http_duration_seconds{job="peer-latency",phase="processing",route="${target.from}-` +
          `${target.to}"}[5m])`,
        legend: '{{cluster}} to {{peer}}'
      }]
    }))
  ]
}

const clusterPanels: readonly PanelSpec[] = [
  {
    title: 'Nodes ready',
    kind: 'stat',
    unit: 'short',
    queries: [{
      expression:
        'sum by (cluster) (kube_node_status_condition{condition="Ready",status="true",cluster=~"$cluster"})',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Pods that wait for a node',
    kind: 'stat',
    unit: 'short',
    warning: 1,
    queries: [{
      expression: 'sum by (cluster) (kube_pod_status_unschedulable{cluster=~"$cluster"})',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'CPU in use',
    kind: 'timeseries',
    unit: 'percentunit',
    warning: 0.9,
    queries: [{
      expression: '1 - avg by (cluster) (rate(node_cpu_seconds_total{mode="idle",cluster=~"$cluster"}[2m]))',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Memory in use',
    kind: 'timeseries',
    unit: 'percentunit',
    warning: 0.9,
    queries: [{
      expression:
        '1 - sum by (cluster) (node_memory_MemAvailable_bytes{cluster=~"$cluster"}) / sum by (cluster) ' +
        '(node_memory_MemTotal_bytes{cluster=~"$cluster"})',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Network',
    kind: 'timeseries',
    unit: 'Bps',
    queries: [{
      expression: 'sum by (cluster) ' +
        '(rate(node_network_receive_bytes_total{device!~"lo|veth.*",cluster=~"$cluster"}[1m]))',
      legend: '{{cluster}} in'
    }, {
      expression: 'sum by (cluster) ' +
        '(rate(node_network_transmit_bytes_total{device!~"lo|veth.*",cluster=~"$cluster"}[1m]))',
      legend: '{{cluster}} out'
    }]
  },
  {
    title: 'Restarts',
    kind: 'timeseries',
    unit: 'short',
    queries: [{
      expression: 'sum by (cluster, namespace) ' +
        '(increase(kube_pod_container_status_restarts_total{cluster=~"$cluster"}[15m]))',
      legend: '{{cluster}} {{namespace}}'
    }]
  }
]

const meshPanels: readonly PanelSpec[] = [
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

const tradingPanels: readonly PanelSpec[] = [
  {
    title: 'Orders',
    kind: 'timeseries',
    unit: 'ops',
    queries: [{
      expression: 'sum by (cluster, result) (rate(trading_orders_total{cluster=~"$cluster"}[1m]))',
      legend: '{{cluster}} {{result}}'
    }]
  },
  {
    title: 'Order latency, p99',
    kind: 'timeseries',
    unit: 's',
    warning: 0.005,
    queries: [{
      expression: 'histogram_quantile(0.99, sum by (le, cluster) ' +
        '(rate(trading_order_duration_seconds_bucket{cluster=~"$cluster"}[1m])))',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Messages',
    kind: 'timeseries',
    unit: 'ops',
    queries: [{
      expression: 'sum by (cluster) (rate(trading_messages_total{cluster=~"$cluster"}[1m]))',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'WebSocket connections',
    kind: 'timeseries',
    unit: 'short',
    queries: [{
      expression: 'sum by (cluster) (trading_websocket_connections{cluster=~"$cluster"})',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Age of market data',
    kind: 'timeseries',
    unit: 's',
    warning: 2,
    queries: [{
      expression:
        'time() - max by (cluster, venue) (trading_market_data_timestamp_seconds{cluster=~"$cluster"})',
      legend: '{{cluster}} {{venue}}'
    }]
  },
  {
    title: 'Risk checks, p99',
    kind: 'timeseries',
    unit: 's',
    warning: 0.001,
    queries: [{
      expression: 'histogram_quantile(0.99, sum by (le, cluster) ' +
        '(rate(trading_risk_check_duration_seconds_bucket{cluster=~"$cluster"}[1m])))',
      legend: '{{cluster}}'
    }]
  }
]

function recoveryPanels (federation: Federation): PanelSpec[] {
  return [
    {
      title: 'Primaries as observers see them',
      kind: 'timeseries',
      unit: 'bool_yes_no',
      queries: [{
        expression: 'min by (primary, cluster) (probe_success{job="dr-probe"})',
        legend: '{{primary}} from {{cluster}}'
      }]
    },
    {
      title: 'Time of probes',
      kind: 'timeseries',
      unit: 's',
      queries: [{
        expression: 'max by (primary, cluster) (probe_duration_seconds{job="dr-probe"})',
        legend: '{{primary}} from {{cluster}}'
      }]
    },
    {
      title: 'Replication lag',
      kind: 'timeseries',
      unit: 's',
      warning: Math.min(...federation.disasterRecovery.pairs.map(({ rpoSeconds }) => rpoSeconds), 3600),
      queries: [{ expression: 'max by (cluster) (trading_replication_lag_seconds)', legend: '{{cluster}}' }]
    },
    {
      title: 'Age of backups',
      kind: 'timeseries',
      unit: 's',
      warning: 12 * 3600,
      queries: [{
        expression:
          'time() - max by (cluster, schedule) (velero_backup_last_successful_timestamp{schedule!=""})',
        legend: '{{cluster}} {{schedule}}'
      }]
    },
    {
      title: 'Backup locations',
      kind: 'stat',
      unit: 'bool_yes_no',
      queries: [{
        expression: 'min by (cluster) (velero_backup_location_status_gauge)',
        legend: '{{cluster}}'
      }]
    }
  ]
}

/** Dashboards by file name, without `.json`. */
export function dashboardsOf (federation: Federation): Record<string, Dashboard> {
  const specs: DashboardSpec[] = [
    { uid: 'federation', title: 'federation', perCluster: false, panels: federationPanels(federation) },
    { uid: 'cluster', title: 'clusters', perCluster: true, panels: clusterPanels },
    { uid: 'mesh', title: 'mesh', perCluster: true, panels: meshPanels },
    { uid: 'trading', title: 'trading', perCluster: true, panels: tradingPanels },
    {
      uid: 'disaster-recovery',
      title: 'disaster recovery',
      perCluster: false,
      panels: recoveryPanels(federation)
    }
  ]
  return Object.fromEntries(specs.map((spec) => [spec.uid, dashboard(federation, spec)]))
}
