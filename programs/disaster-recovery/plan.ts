/**
 * Phase 7: backups into another cloud; for each pair the verdicts, sides and records that failover
 * needs, none of which needs a provider of another cluster. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { cloudDnsCheck, route53Check, trafficManagerProfile } from '../federation/dns-costs.ts'
import {
  clusterOf,
  clusterScopes,
  federationScopes,
  linkName,
  sideName,
  sideScopes,
  unitId,
  unitRef
} from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import {
  type EstimateStep,
  type Federation,
  type PaidResource,
  type Phase,
  type Scope,
  type TakeOver,
  type UnitKind,
  type UnitRef
} from '../types.ts'
import { ledgerInstances, ledgerVolumes } from './ledger-size.ts'
import { backupTarget, observedBy, observersOf, replicationOf, sideOf } from './recovery.ts'

function unique (refs: UnitRef[]): UnitRef[] {
  return [...new Map(refs.map((ref) => [unitId(ref), ref])).values()]
}

const healthCheckType: Record<CloudName, string> = {
  aws: 'aws:route53/healthCheck:HealthCheck',
  gcp: 'gcp:compute/healthCheck:HealthCheck',
  azure: 'azure-native:trafficmanager:Profile'
}

/** What of a pair's old stack, which held both sides, is this side's or observer's: by provider. */
const providerOf = (cluster: string): string => `kubernetes-${cluster}`

/**
 * Units whose kinds and gateways an observer's verdicts use: those of its own cluster.
 */
const observing = (federation: Federation, name: string): UnitRef[] =>
  observedBy(federation, name).length > 0 ? [unitRef('mesh', name)] : []

/** Lets a cluster write into a bucket of another cloud. */
const grantSteps: Readonly<Record<CloudName, readonly EstimateStep[]>> = {
  aws: [
    { key: 'identity', type: 'aws:iam/role:Role' },
    { key: 'grant', type: 'aws:iam/rolePolicy:RolePolicy', after: ['identity'] }
  ],
  gcp: [
    { key: 'identity', type: 'gcp:serviceaccount/account:Account' },
    { key: 'grant', type: 'gcp:storage/bucketIAMMember:BucketIAMMember', after: ['identity'] }
  ],
  azure: [
    { key: 'identity', type: 'azure-native:managedidentity:UserAssignedIdentity' },
    { key: 'grant', type: 'azure-native:authorization:RoleAssignment', after: ['identity'] }
  ]
}

const cluster: UnitKind = {
  scope: 'cluster',
  scopes: clusterScopes,
  dependsOn: (
    federation,
    scope
  ) => [
    unitRef('infrastructure', scope.name),
    unitRef('prerequisites', backupTarget(federation, clusterOf(federation, scope.name)).name),
    ...observing(federation, scope.name)
  ],
  // A pair's stack had its observers until each side had one of its own.
  takesOver: (federation, { name }) =>
    observedBy(federation, name).map((pair): TakeOver => ({
      from: pairStack(pair),
      taken: (resource) =>
        resource.provider === providerOf(name) && resource.name.startsWith(`${name}-`)
          ? `${pair.primary}-${resource.name.slice(name.length + 1)}`
          : undefined
    })),
  estimate: (federation, { name }): EstimateStep[] => {
    const observed = observedBy(federation, name).length
    return [
      ...grantSteps[backupTarget(federation, clusterOf(federation, name)).cloud],
      { key: 'namespace', type: 'kubernetes:core/v1:Namespace' },
      { key: 'velero', type: 'kubernetes:helm.sh/v3:Release', after: ['namespace', 'grant'] },
      { key: 'schedules', type: 'kubernetes:velero.io/v1:Schedule', count: 2, after: ['velero'] },
      ...(observed > 0 ? [{ key: 'probers', type: 'kubernetes:apps/v1:Deployment', count: observed }] : [])
    ]
  },
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

function sideSteps (federation: Federation, scope: Scope): EstimateStep[] {
  const { pair, side } = sideOf(federation, scope)
  return [
    {
      key: 'ledger',
      type: 'kubernetes:postgresql.cnpg.io/v1:Cluster',
      costs: ledgerCosts(federation, pair, side)
    },
    ...(side === 'standby' ? [{ key: 'standby', type: 'kubernetes:apps/v1:Deployment' }] : [])
  ]
}

/** The unit that was deployed for a whole pair before each side had one. */
const pairStack = ({ primary, standby }: DrPair): UnitRef =>
  unitRef('disaster-recovery', linkName(primary, standby))

// The ledger is a kind of the operator that comes with its cluster's backups, its certificates come
// with the mesh's; the autoscalers of a standby live in its service namespaces.
const pair: UnitKind = {
  scope: 'link',
  scopes: sideScopes,
  dependsOn: (federation, scope) => {
    const { pair: of, side } = sideOf(federation, scope)
    const name = of[side]
    return [
      unitRef('infrastructure', name),
      ...(replicationOf(federation, of).mode === 'none' ? [] : [unitRef('mesh', 'global')]),
      unitRef('mesh', name),
      ...(side === 'standby' ? [unitRef('federation', name)] : []),
      unitRef('disaster-recovery', name)
    ]
  },
  takesOver: (federation, scope) => {
    const { pair: of, side } = sideOf(federation, scope)
    return [{
      from: pairStack(of),
      taken: (resource) => resource.provider === providerOf(of[side]) ? resource.name : undefined
    }]
  },
  estimate: sideSteps,
  load: () => import('./pair.ts')
}

function failoverSteps (federation: Federation): EstimateStep[] {
  const { provider } = federation.dns
  const { pairs } = federation.disasterRecovery
  const observers = pairs.map((of) => observersOf(federation, of))
  return [
    {
      key: 'checks',
      type: healthCheckType[provider],
      count: observers.reduce((sum, { length }) => sum + length + 4, 0),
      costs: pairs.flatMap((of, index) => checkCosts(federation, of, observers[index] ?? []))
    },
    { key: 'records', type: recordType[provider], count: 2 * pairs.length, after: ['checks'] }
  ]
}

// Records follow what they lead by: verdicts, and both sides' addresses and names.
const global: UnitKind = {
  scope: 'federation',
  scopes: (federation) => federation.disasterRecovery.pairs.length > 0 ? federationScopes(federation) : [],
  dependsOn: (federation) => {
    const { pairs } = federation.disasterRecovery
    return [
      unitRef('prerequisites', 'global'),
      unitRef('federation', 'global'),
      ...(federation.dns.provider === 'gcp'
        ? unique(
          pairs.flatMap(({ primary, standby }) => [unitRef('mesh', primary), unitRef('mesh', standby)])
        )
        : [])
    ]
  },
  after: (federation) =>
    unique(
      federation.disasterRecovery.pairs.flatMap((of) =>
        observersOf(federation, of).map(({ name }) =>
          unitRef('disaster-recovery', name === of.standby ? sideName(of, 'standby') : name)
        )
      )
    ),
  takesOver: (federation) =>
    federation.disasterRecovery.pairs.map((of): TakeOver => ({
      from: pairStack(of),
      taken: ({ name, provider }) =>
        provider !== undefined && /^(aws|gcp|azure)-/.test(provider) ? `${of.primary}-${name}` : undefined
    })),
  estimate: failoverSteps,
  load: () => import('./global.ts')
}

export const disasterRecovery: Phase = {
  number: 7,
  name: 'disaster-recovery',
  title: 'Disaster recovery',
  units: [cluster, pair, global]
}
