/** Data table: alerts on what disaster recovery stands on: probes, replication, backups. */
import { ledgerInstances } from '../../disaster-recovery/ledger-size.ts'
import { ledgerName } from '../../disaster-recovery/names.ts'
import { observersOf, replicationOf } from '../../disaster-recovery/recovery.ts'
import { veleroNamespace } from '../../disaster-recovery/velero.ts'
import { type Cluster } from '../../types/cluster.ts'
import { type DrPair } from '../../types/recovery.ts'
import { type Federation } from '../../types.ts'
import { type AlertRow } from '../alert.ts'

/** Metrics of CloudNativePG's exporter (config/manager/default-monitoring.yaml). */
const metrics = {
  lag: 'cnpg_pg_stat_replication_replay_lag_seconds',
  replicas: 'cnpg_pg_replication_streaming_replicas',
  receiver: 'cnpg_pg_replication_is_wal_receiver_up'
} as const

/** Alerts of whoever watches primaries: a probe that is not made says nothing of its primary. */
function observerRows (federation: Federation, cluster: Cluster): AlertRow[] {
  const watched = federation.disasterRecovery.pairs.filter((pair) =>
    observersOf(federation, pair).some(({ name }) => name === cluster.name)
  )
  return watched.length === 0 ? [] : [{
    name: 'PrimaryUnwatched',
    severity: 'critical',
    for: '5m',
    expression: `(count(probe_success{job="dr-probe"}) or vector(0)) < ${watched.length}`,
    summary: 'A primary is not probed from here any more',
    description: `${cluster.name} probes {{ $value }} of ${watched.length} primaries: ` +
      `${watched.map(({ primary }) => primary).join(', ')}.`
  }]
}

/**
 * Alerts of the side that writes, on the standby alone: replicas beside the writer have series of
 * their own, which say nothing about the other cloud.
 */
function writerRows ({ standby, primary, rpoSeconds }: DrPair): AlertRow[] {
  const lag = `${metrics.lag}{application_name="${ledgerName(standby)}"}`
  const followers = ledgerInstances.primary - 1 + ledgerInstances.standby
  return [
    {
      name: 'ReplicationLagHigh',
      severity: 'warning',
      for: '1m',
      expression: `max(${lag}) > ${0.6 * rpoSeconds}`,
      summary: 'The standby falls behind',
      description: `{{ $value | humanizeDuration }} behind ${primary}; the objective is ${rpoSeconds} s.`
    },
    {
      name: 'ReplicationLagOverObjective',
      severity: 'critical',
      for: '15s',
      expression: `max(${lag}) > ${rpoSeconds}`,
      summary: 'More data would be lost than the objective allows',
      description: `A failover now would lose {{ $value | humanizeDuration }} of ${primary}'s data; the ` +
        `objective (RPO) is ${rpoSeconds} s. ${standby} must not be promoted without a decision.`
    },
    {
      name: 'StandbyLost',
      severity: 'critical',
      for: '2m',
      expression: `absent(${lag})`,
      summary: 'The standby follows no more',
      description: `The ledger of ${primary} sends to no replica in ${standby}, or nobody reads its ` +
        'metrics: a failover now would lose everything since then.'
    },
    {
      name: 'LedgerReplicaLost',
      severity: 'warning',
      for: '5m',
      expression: `max(${metrics.replicas}) < ${followers}`,
      summary: 'The ledger has fewer replicas than it should',
      description: `{{ $value }} of ${followers} replicas follow the ledger of ${primary}.`
    }
  ]
}

/** Alerts of the side that follows, which knows it when the writer cannot say so. */
function followerRows ({ standby, primary }: DrPair): AlertRow[] {
  return [{
    name: 'StandbyReceivesNothing',
    severity: 'critical',
    for: '2m',
    expression: `absent(${metrics.receiver} == 1)`,
    summary: 'The standby receives no changes',
    description: `No instance of the ledger in ${standby} receives from ${primary}.`
  }]
}

export function recoveryRows (federation: Federation, cluster: Cluster): AlertRow[] {
  const { probeIntervalSeconds, failureThreshold } = federation.disasterRecovery
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
    ...observerRows(federation, cluster),
    ...federation.disasterRecovery.pairs.filter((pair) => replicationOf(federation, pair).mode !== 'none')
      .flatMap((pair) =>
        pair.primary === cluster.name
          ? writerRows(pair)
          : pair.standby === cluster.name
          ? followerRows(pair)
          : []
      ),
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
      name: 'BackupNeverSucceeded',
      severity: 'critical',
      for: '15m',
      // There is no time of the last success before the first.
      expression: `time() - min(process_start_time_seconds{namespace="${veleroNamespace}"}) > 12 * 3600 ` +
        'unless on() velero_backup_last_successful_timestamp{schedule="everything"}',
      summary: 'No backup has ever succeeded',
      description: 'Backups have been due for {{ $value | humanizeDuration }}, and none is there.'
    },
    {
      name: 'BackupsUnwatched',
      severity: 'critical',
      for: '30m',
      expression: `absent(up{namespace="${veleroNamespace}"} == 1)`,
      summary: 'Nobody says whether backups succeed',
      description: `Velero of ${cluster.name} gives no metrics: it does not run, or cannot be asked.`
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
