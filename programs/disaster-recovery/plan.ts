/**
 * Phase 7: backups into another cloud, and for each pair the probes, records and standby capacity
 * that failover needs. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { clusterOf, clusterScopes, drScopes, unitId, unitRef } from '../scopes.ts'
import { type EstimateStep, type Phase, type UnitKind, type UnitRef } from '../types.ts'
import { backupTarget, observersOf, pairOf } from './recovery.ts'

function unique (refs: UnitRef[]): UnitRef[] {
  return [...new Map(refs.map((ref) => [unitId(ref), ref])).values()]
}

const healthCheckType: Record<CloudName, string> = {
  aws: 'aws:route53/healthCheck:HealthCheck',
  gcp: 'gcp:compute/healthCheck:HealthCheck',
  azure: 'azure-native:trafficmanager:Profile'
}

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (
    federation,
    scope
  ) => [
    unitRef('infrastructure', scope.name),
    unitRef('prerequisites', backupTarget(federation, clusterOf(federation, scope.name)).name)
  ],
  estimate: (): EstimateStep[] => [
    { key: 'namespace', type: 'kubernetes:core/v1:Namespace' },
    { key: 'velero', type: 'kubernetes:helm.sh/v3:Release', after: ['namespace'] },
    { key: 'schedules', type: 'kubernetes:velero.io/v1:Schedule', count: 2, after: ['velero'] }
  ],
  load: () => import('./cluster.ts')
}

// A pair's names resolve through the federation's records, its autoscalers live in the standby's
// service namespaces, its probes are kinds of the observers' monitoring.
const pair: UnitKind = {
  scope: 'link',
  scopes: drScopes,
  dependsOn: (federation, scope) => {
    const { primary, standby } = pairOf(federation, scope)
    const observers = observersOf(federation, pairOf(federation, scope)).map((observer) => observer.name)
    return unique([
      unitRef('prerequisites', 'global'),
      unitRef('federation', 'global'),
      unitRef('federation', standby),
      ...[primary, standby, ...observers].flatMap((
        name
      ) => [unitRef('infrastructure', name), unitRef('mesh', name)]),
      // The ledger's metrics are kinds of its clusters' monitoring, the ledger itself one of the
      // operator that comes with their backups.
      ...[primary, standby, ...observers].map((name) => unitRef('monitoring', name)),
      unitRef('disaster-recovery', primary),
      unitRef('disaster-recovery', standby)
    ])
  },
  estimate: (federation, scope): EstimateStep[] => {
    const observers = observersOf(federation, pairOf(federation, scope)).length
    return [
      { key: 'probers', type: 'kubernetes:apps/v1:Deployment', count: observers },
      { key: 'ledger', type: 'kubernetes:postgresql.cnpg.io/v1:Cluster' },
      { key: 'follower', type: 'kubernetes:postgresql.cnpg.io/v1:Cluster', after: ['ledger'] },
      { key: 'standby', type: 'kubernetes:apps/v1:Deployment' },
      {
        key: 'checks',
        type: healthCheckType[federation.dns.provider],
        count: observers + 4,
        after: ['probers']
      },
      {
        key: 'records',
        type: federation.dns.provider === 'aws'
          ? 'aws:route53/record:Record'
          : federation.dns.provider === 'gcp'
          ? 'gcp:dns/recordSet:RecordSet'
          : 'azure-native:dns:RecordSet',
        count: 2,
        after: ['checks']
      }
    ]
  },
  load: () => import('./pair.ts')
}

export const disasterRecovery: Phase = {
  number: 7,
  name: 'disaster-recovery',
  title: 'Disaster recovery',
  units: [cluster, pair]
}
