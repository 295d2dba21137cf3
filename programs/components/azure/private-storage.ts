/**
 * A storage account that is private, encrypted with a customer managed key and versioned, with
 * containers that forget what is older than they have to keep.
 */
import {
  BlobContainer,
  BlobServiceProperties,
  ManagementPolicy,
  StorageAccount
} from '@pulumi/azure-native/storage/index.js'
import {
  ComponentResource,
  type ComponentResourceOptions,
  interpolate,
  type Input,
  type Output
} from '@pulumi/pulumi'

export interface PrivateStorageArgs {
  /** Name of the account: 3 to 24 lower-case letters and digits. */
  readonly account: string
  readonly location: string
  readonly resourceGroup: Input<string>
  readonly vaultUri: Input<string>
  readonly keyName: Input<string>
  readonly identity: Input<string>
  /** Days that blobs are kept, by the container's name. */
  readonly containers: Readonly<Record<string, number>>
  /**
   * Containers that keep what is current whatever its age, and only forget older versions: whoever
   * writes there deletes what is too old.
   */
  readonly keepsCurrent?: readonly string[]
  readonly tags: Record<string, string>
}

/** Outputs the account's resource id and `buckets`: container name -> `{account}/{container}`. */
export class PrivateStorage extends ComponentResource {
  readonly accountId: Output<string>
  readonly buckets: Readonly<Record<string, Output<string>>>

  constructor (name: string, args: PrivateStorageArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:PrivateStorage', name, {}, options)
    const inside = { parent: this }
    const account = new StorageAccount(`${name}-account`, {
      accountName: args.account,
      resourceGroupName: args.resourceGroup,
      location: args.location,
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      identity: { type: 'UserAssigned', userAssignedIdentities: [args.identity] },
      encryption: {
        keySource: 'Microsoft.Keyvault',
        keyVaultProperties: { keyName: args.keyName, keyVaultUri: args.vaultUri },
        encryptionIdentity: { encryptionUserAssignedIdentity: args.identity },
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true, keyType: 'Account' }, file: { enabled: true, keyType: 'Account' } }
      },
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      enableHttpsTrafficOnly: true,
      // TLS 1.2 is the most that storage accounts can require.
      minimumTlsVersion: 'TLS1_2',
      tags: args.tags
    }, inside)
    const place = { resourceGroupName: args.resourceGroup, accountName: account.name }
    const service = new BlobServiceProperties(`${name}-blobs`, {
      ...place,
      blobServicesName: 'default',
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 7 },
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }, inside)
    const containers = Object.keys(args.containers).map((
      container
    ): [string, BlobContainer] => [
      container,
      new BlobContainer(`${name}-${container}`, {
        ...place,
        containerName: container,
        publicAccess: 'None'
      }, { ...inside, dependsOn: [service] })
    ])
    new ManagementPolicy(`${name}-retention`, {
      ...place,
      managementPolicyName: 'default',
      policy: {
        rules: Object.entries(args.containers).map(([container, days]) => ({
          name: container,
          enabled: true,
          type: 'Lifecycle',
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: [`${container}/`] },
            actions: {
              ...(!args.keepsCurrent?.includes(container) &&
                { baseBlob: { delete: { daysAfterModificationGreaterThan: days } } }),
              version: { delete: { daysAfterCreationGreaterThan: days } }
            }
          }
        }))
      }
    }, { ...inside, dependsOn: [service] })
    this.accountId = account.id
    this.buckets = Object.fromEntries(
      containers.map(([container, blobs]) => [container, interpolate`${account.name}/${blobs.name}`])
    )
    this.registerOutputs({ buckets: this.buckets })
  }
}
