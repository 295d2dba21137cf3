/** An Azure cluster's resource group, vault and key, storage and registry. */
import { Registry } from '@pulumi/azure-native/containerregistry/index.js'
import { ResourceGroup } from '@pulumi/azure-native/resources/index.js'
import { type Output } from '@pulumi/pulumi'
import { KeyVault } from '../components/azure/key-vault.ts'
import { PrivateStorage } from '../components/azure/private-storage.ts'
import { alphanumericName, azureTags, boundedName, qualifiedName } from '../components/naming.ts'
import { azureProvider } from '../components/upstream.ts'
import { type Cluster, type UnitContext } from '../contract.ts'
import { type ClusterPrerequisites, type Resolved } from '../outputs.ts'
import { backupRetentionDays, logRetentionDays } from './retention.ts'

/** Registers the cluster's foundation. Names that are unique in the world end in a hash of subscription, federation and cluster. */
export function azureFoundation (context: UnitContext, cluster: Cluster): Resolved<ClusterPrerequisites> {
  const { federation } = context
  const provider = azureProvider(context, cluster.region)
  const { subscriptionId, tenantId } = federation.accounts.azure
  const name = qualifiedName(federation, cluster)
  const tags = azureTags(federation)
  const group = new ResourceGroup(`${name}-group`, { resourceGroupName: name, location: cluster.region, tags }, { provider })
  const placed = { resourceGroup: group.name, location: cluster.region, tags }
  const vault = new KeyVault(name, { ...placed, prefix: boundedName(15, `kv-${cluster.role}-${cluster.area}`), subscriptionId, tenantId }, { provider })
  const storage = new PrivateStorage(name, {
    ...placed,
    account: alphanumericName(24, federation.name, cluster.name, subscriptionId),
    vaultUri: vault.vaultUri,
    keyName: vault.keyName,
    identity: vault.storageIdentity,
    containers: { logs: logRetentionDays(federation), backups: backupRetentionDays(federation) }
  }, { provider, dependsOn: [vault.grant] })
  const registry = new Registry(`${name}-registry`, {
    registryName: alphanumericName(50, federation.name, cluster.name, subscriptionId),
    resourceGroupName: group.name,
    location: cluster.region,
    // Premium: zone redundancy and retention.
    sku: { name: 'Premium' },
    adminUserEnabled: false,
    anonymousPullEnabled: false,
    zoneRedundancy: 'Enabled',
    policies: { retentionPolicy: { status: 'enabled', days: 30 } },
    tags
  }, { provider })
  return {
    kmsKey: vault.keyIdentifier,
    logBucket: bucket(storage, 'logs'),
    backupBucket: bucket(storage, 'backups'),
    resourceGroup: group.name,
    registry: registry.loginServer
  }
}

function bucket (storage: PrivateStorage, container: 'logs' | 'backups'): Output<string> {
  const found = storage.buckets[container]
  if (!found) throw new RangeError(`the storage account has no container ${container}`)
  return found
}
