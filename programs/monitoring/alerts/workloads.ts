/** Data table: alerts on what runs in a cluster. */
import { type AlertRow } from '../alert.ts'

export function workloadRows (): AlertRow[] {
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
