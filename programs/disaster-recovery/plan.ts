/**
 * Phase 7: backups into another cloud, and for each pair the probes, records and standby capacity
 * that failover needs. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { cloudDnsCheck, route53Check, trafficManagerProfile } from '../federation/dns-costs.ts'
import { clusterOf, clusterScopes, drScopes, unitId, unitRef } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import {
  type EstimateStep,
  type Federation,
  type PaidResource,
  type Phase,
  type Scope,
  type UnitKind,
  type UnitRef
} from '../types.ts'
import { ledgerInstances, ledgerVolumes } from './ledger-size.ts'
import { backupTarget, observersOf, pairOf, replicationOf } from './recovery.ts'

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

const recordType: Record<CloudName, string> = {
  aws: 'aws:route53/record:Record',
  gcp: 'gcp:dns/recordSet:RecordSet',
  azure: 'azure-native:dns:RecordSet'
}

/** Health checks of a pair, which decide on its failover. */
function checkCosts (
  federation: Federation,
  { primary }: DrPair,
  observers: readonly Cluster[]
): PaidResource[] {
  switch (federation.dns.provider) {
    case 'aws': {
      const sum = {
        type: healthCheckType.aws,
        name: 'sum',
        count: 2,
        inputs: { type: 'CALCULATED' }
      }
      return [
        { ...route53Check(federation, 'side'), count: 2 },
        { ...route53Check(federation, 'verdict'), count: observers.length },
        sum
      ]
    }
    case 'gcp':
      return cloudDnsCheck(primary)
    case 'azure':
      return [trafficManagerProfile(federation, primary, 2)]
  }
}

/** A side of the pair's ledger; a pair whose primary keeps no state has none. */
function ledgerCosts (federation: Federation, pair: DrPair, side: 'primary' | 'standby'): PaidResource[] {
  return replicationOf(federation, pair).mode === 'none'
    ? []
    : [{
      name: `ledger-${side}`,
      cluster: pair[side],
      inputs: { spec: { instances: ledgerInstances[side], ...ledgerVolumes } }
    }]
}

function pairSteps (federation: Federation, scope: Scope): EstimateStep[] {
  const found = pairOf(federation, scope)
  const observers = observersOf(federation, found)
  const { provider } = federation.dns
  const ledger = 'kubernetes:postgresql.cnpg.io/v1:Cluster'
  return [
    { key: 'probers', type: 'kubernetes:apps/v1:Deployment', count: observers.length },
    { key: 'ledger', type: ledger, costs: ledgerCosts(federation, found, 'primary') },
    { key: 'follower', type: ledger, after: ['ledger'], costs: ledgerCosts(federation, found, 'standby') },
    { key: 'standby', type: 'kubernetes:apps/v1:Deployment' },
    {
      key: 'checks',
      type: healthCheckType[provider],
      count: observers.length + 4,
      after: ['probers'],
      costs: checkCosts(federation, found, observers)
    },
    { key: 'records', type: recordType[provider], count: 2, after: ['checks'] }
  ]
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
  estimate: pairSteps,
  load: () => import('./pair.ts')
}

export const disasterRecovery: Phase = {
  number: 7,
  name: 'disaster-recovery',
  title: 'Disaster recovery',
  units: [cluster, pair]
}
