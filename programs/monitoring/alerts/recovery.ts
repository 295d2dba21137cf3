/** Data table: alerts on what disaster recovery stands on: probes, replication, backups. */
import { type Cluster } from '../../types/cluster.ts'
import { type Federation } from '../../types.ts'
import { type AlertRow } from '../alert.ts'

export function recoveryRows (federation: Federation, cluster: Cluster): AlertRow[] {
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
