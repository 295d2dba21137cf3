/**
 * An Azure cluster's resource group, vault and key, storage, registry, and the workspace for their
 * audit logs.
 */
import { Registry } from '@pulumi/azure-native/containerregistry/index.js'
import { type Provider } from '@pulumi/azure-native/provider.js'
import { ResourceGroup } from '@pulumi/azure-native/resources/index.js'
import { interpolate, type Output } from '@pulumi/pulumi'
import { auditCategories, auditLogs, auditWorkspace } from '../components/azure/audit.ts'
import { KeyVault } from '../components/azure/key-vault.ts'
import { PrivateStorage } from '../components/azure/private-storage.ts'
import { takesEffect } from '../components/grants.ts'
import { alphanumericName, azureTags, boundedName, qualifiedName } from '../components/naming.ts'
import { azureProvider } from '../components/upstream.ts'
import { type ClusterAudit, type ClusterPrerequisites, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { requireResidency } from './residency.ts'
import { auditRetentionDays, backupRetentionDays, logRetentionDays } from './retention.ts'

/**
 * Registers the cluster's foundation. Names that are unique in the world end in a hash of
 * subscription, federation and cluster.
 */
export function azureFoundation (
  context: UnitContext,
  cluster: Cluster
): Resolved<ClusterPrerequisites & ClusterAudit> {
  const { federation } = context
  const provider = azureProvider(context, cluster.region)
  const { subscriptionId, tenantId } = federation.accounts.azure
  const name = qualifiedName(federation, cluster)
  const tags = azureTags(federation)
  requireResidency(
    federation,
    cluster,
    ['key vault', 'log and backup storage', 'registry', 'audit workspace'].map((what) => ({
      what,
      location: cluster.region
    }))
  )
  const group = new ResourceGroup(`${name}-group`, {
    resourceGroupName: name,
    location: cluster.region,
    tags
  }, { provider })
  const placed = { resourceGroup: group.name, location: cluster.region, tags }
  const vault = new KeyVault(name, {
    ...placed,
    granted: takesEffect(context, 'azure'),
    prefix: boundedName(15, `kv-${cluster.role}-${cluster.area}`),
    subscriptionId,
    tenantId
  }, { provider })
  const storage = new PrivateStorage(name, {
    ...placed,
    account: alphanumericName(24, federation.name, cluster.name, subscriptionId),
    vaultUri: vault.vaultUri,
    keyName: vault.keyName,
    identity: vault.storageIdentity,
    containers: { logs: logRetentionDays(federation), backups: backupRetentionDays(federation) },
    keepsCurrent: ['backups']
  }, { provider, dependsOn: [vault.grant] })
  const registry = clusterRegistry(context, cluster, group, vault, provider)
  const workspace = auditWorkspace(name, { ...placed, retentionDays: auditRetentionDays }, { provider })
  const audited = [
    ['vault', vault.vaultId],
    ['blobs', interpolate`${storage.accountId}/blobServices/default`],
    ['registry', registry.id]
  ] as const
  for (const [kind, resource] of audited) {
    auditLogs(`${name}-${kind}-audit`, resource, workspace.id, auditCategories[kind], { provider })
  }
  return {
    kmsKey: vault.keyIdentifier,
    logBucket: bucket(storage, 'logs'),
    backupBucket: bucket(storage, 'backups'),
    auditWorkspace: workspace.id,
    resourceGroup: group.name,
    registry: registry.loginServer
  }
}

/** Registers the cluster's registry, encrypted with its key. */
function clusterRegistry (
  { federation }: UnitContext,
  cluster: Cluster,
  group: ResourceGroup,
  vault: KeyVault,
  provider: Provider
): Registry {
  const { subscriptionId } = federation.accounts.azure
  return new Registry(`${qualifiedName(federation, cluster)}-registry`, {
    registryName: alphanumericName(50, federation.name, cluster.name, subscriptionId),
    resourceGroupName: group.name,
    location: cluster.region,
    // Premium: zone redundancy and retention.
    sku: { name: 'Premium' },
    adminUserEnabled: false,
    anonymousPullEnabled: false,
    zoneRedundancy: 'Enabled',
    // Whoever pushes makes tags immutable (`az acr repository update --write-enabled false`): the
    // registry has no setting for all.
    policies: { retentionPolicy: { status: 'enabled', days: 14 }, exportPolicy: { status: 'enabled' } },
    identity: {
      type: 'UserAssigned',
      userAssignedIdentities: vault.storageIdentity.apply((id) => ({ [id]: {} }))
    },
    encryption: {
      status: 'enabled',
      keyVaultProperties: { identity: vault.storageClientId, keyIdentifier: vault.keyUri }
    },
    tags: azureTags(federation)
  }, { provider, dependsOn: [vault.grant] })
}

function bucket (storage: PrivateStorage, container: 'logs' | 'backups'): Output<string> {
  const found = storage.buckets[container]
  if (!found) throw new RangeError(`the storage account has no container ${container}`)
  return found
}
