/** Data table: alerts on a cluster's nodes. */
import { type Cluster } from '../../types/cluster.ts'
import { type AlertRow } from '../alert.ts'

export function nodeRows (cluster: Cluster): AlertRow[] {
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
