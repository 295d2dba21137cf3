/** Encryption of the disks of a cluster's nodes and pods with the cluster's own key. */
import { RoleAssignment } from '@pulumi/azure-native/authorization/index.js'
import { DiskEncryptionSet } from '@pulumi/azure-native/compute/index.js'
import { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/index.js'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { type GrantOptions } from '../grants.ts'
import { azureRole } from './roles.ts'

export interface DiskEncryptionArgs {
  readonly subscriptionId: string
  readonly location: string
  readonly resourceGroup: Input<string>
  /** Identifier of the key with its version, of which the set follows the newest. */
  readonly kmsKey: Input<string>
  /** Resource id of the key's vault. */
  readonly vaultId: Input<string>
  readonly tags: Record<string, string>
  /** Options of grants that are used at once. */
  readonly granted: GrantOptions
}

/** Outputs `setId`, the disk encryption set's resource id. */
export class DiskEncryption extends ComponentResource {
  readonly setId: Output<string>

  constructor (name: string, args: DiskEncryptionArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:DiskEncryption', name, {}, options)
    const inside = { parent: this }
    const placed = { resourceGroupName: args.resourceGroup, location: args.location, tags: args.tags }
    // An identity made before the set, so that it may use the key by the time the set asks for it.
    const identity = new UserAssignedIdentity(
      `${name}-disks`,
      { ...placed, resourceName: `${name}-disks` },
      inside
    )
    const grant = new RoleAssignment(`${name}-disks`, {
      scope: args.vaultId,
      principalId: identity.principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: azureRole(args.subscriptionId, 'Key Vault Crypto Service Encryption User')
    }, { ...inside, ...args.granted })
    const set = new DiskEncryptionSet(`${name}-disks`, {
      ...placed,
      diskEncryptionSetName: `${name}-disks`,
      identity: { type: 'UserAssigned', userAssignedIdentities: [identity.id] },
      encryptionType: 'EncryptionAtRestWithCustomerKey',
      activeKey: { keyUrl: args.kmsKey, sourceVault: { id: args.vaultId } },
      rotationToLatestKeyVersionEnabled: true
    }, { ...inside, dependsOn: [grant] })
    this.setId = set.id
    this.registerOutputs({ setId: this.setId })
  }
}
