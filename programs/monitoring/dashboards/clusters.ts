/** Data table: panels about nodes and pods of clusters. */
import { type PanelSpec } from '../dashboard.ts'

export const clusterPanels: readonly PanelSpec[] = [
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
