/** Data table: panels about disaster recovery: probes, replication, backups. */
import { type Federation } from '../../types.ts'
import { type PanelSpec } from '../dashboard.ts'

export function recoveryPanels (federation: Federation): PanelSpec[] {
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
      queries: [{
        expression: 'max by (cluster, application_name) (cnpg_pg_stat_replication_replay_lag_seconds)',
        legend: '{{cluster}} to {{application_name}}'
      }]
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
