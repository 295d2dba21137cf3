/**
 * Phase 1: what every later phase stands on: accounts checked, keys, buckets, registries, the
 * public DNS zone. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { cloudScopes, clusterOf, clusterScopes, federationScopes, unitRef } from '../scopes.ts'
import {
  type EstimateStep,
  type Federation,
  type PaidResource,
  type Phase,
  type Scope,
  type UnitRef
} from '../types.ts'
import { phasesWithRoles } from './permissions/phases.ts'
import { auditRetentionDays } from './retention.ts'

/** The buckets of a cluster: pricing tells by the names what is kept in them. */
const buckets: readonly PaidResource[] = [{ name: 'logs' }, { name: 'backups' }]

/** A workspace for audit logs: pricing tells by the name that it keeps no other logs. */
function auditWorkspace (workspaceName: string): PaidResource {
  return { name: workspaceName, inputs: { workspaceName, retentionInDays: auditRetentionDays } }
}

function cloudEstimate (federation: Federation, scope: Scope): EstimateStep[] {
  // The first cluster in the cloud pays for what the whole account has.
  const cluster = scope.clusters[0] ?? scope.name
  switch (scope.cloud) {
    case 'aws':
      return [
        {
          key: 'disks',
          type: 'aws:ebs/encryptionByDefault:EncryptionByDefault',
          count: scope.clusters.length
        },
        { key: 'key', type: 'aws:kms/key:Key', costs: [{ name: 'audit', cluster }] },
        { key: 'bucket', type: 'aws:s3/bucket:Bucket', costs: [{ name: 'audit-log', cluster }] },
        { key: 'policy', type: 'aws:s3/bucketPolicy:BucketPolicy', after: ['bucket'] },
        {
          key: 'trail',
          type: 'aws:cloudtrail/trail:Trail',
          after: ['key', 'policy'],
          // Accesses to data are what a trail costs.
          costs: [{
            name: 'audit',
            cluster,
            inputs: {
              advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }]
            }
          }]
        },
        { key: 'deployer', type: 'aws:iam/role:Role' }
      ]
    case 'gcp': {
      const roles = phasesWithRoles('gcp', federation).length
      return [
        { key: 'apis', type: 'gcp:projects/service:Service', count: 13 },
        { key: 'audit', type: 'gcp:projects/iAMAuditConfig:IAMAuditConfig', after: ['apis'] },
        { key: 'agent', type: 'gcp:projects/serviceIdentity:ServiceIdentity', after: ['apis'] },
        { key: 'deployer', type: 'gcp:projects/iAMCustomRole:IAMCustomRole', count: roles, after: ['apis'] },
        {
          key: 'grants',
          type: 'gcp:projects/iAMMember:IAMMember',
          count: roles + 1,
          after: ['deployer'],
          granted: 'gcp'
        }
      ]
    }
    default:
      return [
        { key: 'group', type: 'azure-native:resources:ResourceGroup' },
        { key: 'deployer', type: 'azure-native:managedidentity:UserAssignedIdentity', after: ['group'] },
        {
          key: 'grants',
          type: 'azure-native:authorization:RoleAssignment',
          count: phasesWithRoles('azure', federation).length,
          after: ['deployer'],
          granted: 'azure'
        },
        {
          key: 'workspace',
          type: 'azure-native:operationalinsights:Workspace',
          after: ['group'],
          costs: [{ ...auditWorkspace('activity'), cluster }]
        },
        { key: 'activity', type: 'azure-native:monitor:SubscriptionDiagnosticSetting', after: ['workspace'] }
      ]
  }
}

/** The steps of a cluster's unit, by its cloud. */
const clusterSteps: Readonly<Record<CloudName, readonly EstimateStep[]>> = {
  aws: [
    { key: 'key', type: 'aws:kms/key:Key', costs: [{ name: 'key' }] },
    { key: 'buckets', type: 'aws:s3/bucket:Bucket', count: 2, costs: buckets },
    {
      key: 'encryption',
      type: 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      count: 2,
      after: ['key', 'buckets']
    },
    {
      key: 'registry',
      type: 'aws:ecr/repository:Repository',
      after: ['key'],
      costs: [{ name: 'registry' }]
    }
  ],
  gcp: [
    { key: 'ring', type: 'gcp:kms/keyRing:KeyRing' },
    { key: 'key', type: 'gcp:kms/cryptoKey:CryptoKey', after: ['ring'], costs: [{ name: 'key' }] },
    {
      key: 'agents',
      type: 'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember',
      count: 4,
      after: ['key'],
      granted: 'gcp'
    },
    { key: 'buckets', type: 'gcp:storage/bucket:Bucket', count: 2, after: ['agents'], costs: buckets },
    {
      key: 'registry',
      type: 'gcp:artifactregistry/repository:Repository',
      after: ['agents'],
      costs: [{ name: 'registry' }]
    },
    { key: 'audit', type: 'gcp:logging/projectSink:ProjectSink', after: ['buckets'] }
  ],
  azure: [
    { key: 'group', type: 'azure-native:resources:ResourceGroup' },
    { key: 'vault', type: 'azure-native:keyvault:Vault', after: ['group'], costs: [{ name: 'vault' }] },
    { key: 'key', type: 'azure-native:keyvault:Key', after: ['vault'] },
    { key: 'identity', type: 'azure-native:managedidentity:UserAssignedIdentity', after: ['group'] },
    {
      key: 'grant',
      type: 'azure-native:authorization:RoleAssignment',
      after: ['vault', 'identity'],
      granted: 'azure'
    },
    {
      key: 'account',
      type: 'azure-native:storage:StorageAccount',
      after: ['key', 'grant'],
      costs: [{ name: 'storage', inputs: { sku: { name: 'Standard_ZRS' } } }]
    },
    { key: 'buckets', type: 'azure-native:storage:BlobContainer', count: 2, after: ['account'] },
    {
      key: 'registry',
      type: 'azure-native:containerregistry:Registry',
      after: ['key', 'grant'],
      costs: [{ name: 'registry', inputs: { sku: { name: 'Premium' } } }]
    },
    {
      key: 'workspace',
      type: 'azure-native:operationalinsights:Workspace',
      after: ['group'],
      costs: [auditWorkspace('audit')]
    },
    {
      key: 'audit',
      type: 'azure-native:monitor:DiagnosticSetting',
      count: 3,
      after: ['workspace', 'account', 'registry']
    }
  ]
}

function clusterEstimate (federation: Federation, scope: Scope): EstimateStep[] {
  return [...clusterSteps[clusterOf(federation, scope.name).cloud]]
}

/** The steps of the public zone's unit, by the cloud that answers. */
const zoneSteps: Readonly<Record<CloudName, readonly EstimateStep[]>> = {
  aws: [{ key: 'zone', type: 'aws:route53/zone:Zone', costs: [{ name: 'zone' }] }],
  gcp: [
    { key: 'api', type: 'gcp:projects/service:Service' },
    { key: 'zone', type: 'gcp:dns/managedZone:ManagedZone', after: ['api'], costs: [{ name: 'zone' }] }
  ],
  azure: [
    { key: 'group', type: 'azure-native:resources:ResourceGroup' },
    { key: 'zone', type: 'azure-native:dns:Zone', after: ['group'], costs: [{ name: 'zone' }] }
  ]
}

/**
 * The cloud's own unit comes first: it checks the account and enables what the cluster's unit calls
 * (Google's APIs).
 */
function afterCloud (federation: Federation, scope: Scope): UnitRef[] {
  return [unitRef('prerequisites', clusterOf(federation, scope.name).cloud)]
}

function afterDnsCloud (federation: Federation): UnitRef[] {
  return cloudScopes(federation).filter((scope) => scope.name === federation.dns.provider).map((scope) =>
    unitRef('prerequisites', scope.name)
  )
}

/**
 * Google Cloud's own unit switches on what its clusters' units need: APIs and service agents.
 * Azure's providers are registered by whoever calls first, its features are for phase 2, and AWS
 * has nothing like it.
 */
function onCloud (federation: Federation, scope: Scope): UnitRef[] {
  return clusterOf(federation, scope.name).cloud === 'gcp' ? afterCloud(federation, scope) : []
}

/** The cloud's unit checks the account first, where nothing long has to wait for it. */
function afterAccount (federation: Federation, scope: Scope): UnitRef[] {
  return clusterOf(federation, scope.name).cloud === 'azure' ? [] : afterCloud(federation, scope)
}

export const prerequisites: Phase = {
  number: 1,
  name: 'prerequisites',
  title: 'Prerequisites',
  units: [
    {
      scope: 'cloud',
      scopes: cloudScopes,
      dependsOn: () => [],
      estimate: cloudEstimate,
      load: () => import('./cloud.ts')
    },
    {
      scope: 'cluster',
      scopes: clusterScopes,
      dependsOn: onCloud,
      after: afterAccount,
      estimate: clusterEstimate,
      load: () => import('./cluster.ts')
    },
    {
      scope: 'federation',
      scopes: federationScopes,
      dependsOn: () => [],
      after: afterDnsCloud,
      estimate: (federation) => [...zoneSteps[federation.dns.provider]],
      load: () => import('./zone.ts')
    }
  ]
}
