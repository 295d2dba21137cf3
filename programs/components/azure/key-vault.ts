/**
 * A vault with one key that is rotated every year, and the identity that storage and registry use
 * it with.
 */
import { RoleAssignment } from '@pulumi/azure-native/authorization/index.js'
import { Key, Vault } from '@pulumi/azure-native/keyvault/index.js'
import { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/index.js'
import {
  ComponentResource,
  type ComponentResourceOptions,
  interpolate,
  type Input,
  type Output
} from '@pulumi/pulumi'
import { type GrantOptions } from '../grants.ts'
import { lifeSuffix } from '../life-suffix.ts'
import { azureRole } from './roles.ts'

export interface KeyVaultArgs {
  /**
   * Beginning of the vault's name, at most 15 letters, digits and dashes; a random end makes the
   * name unique in the world.
   */
  readonly prefix: string
  readonly subscriptionId: string
  readonly tenantId: string
  readonly location: string
  readonly resourceGroup: Input<string>
  readonly tags: Record<string, string>
  /** Options of grants that are used at once. */
  readonly granted: GrantOptions
}

/**
 * Outputs the vault, the key's identifiers, and the identity that may wrap with it once `grant`
 * exists.
 */
export class KeyVault extends ComponentResource {
  readonly vaultId: Output<string>
  readonly keyIdentifier: Output<string>
  /** Without a version: whoever uses it follows the key's rotation. */
  readonly keyUri: Output<string>
  readonly keyName: Output<string>
  readonly vaultUri: Output<string>
  readonly storageIdentity: Output<string>
  readonly storageClientId: Output<string>
  readonly grant: RoleAssignment

  constructor (name: string, args: KeyVaultArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:KeyVault', name, {}, options)
    const inside = { parent: this }
    const placed = { resourceGroupName: args.resourceGroup, location: args.location, tags: args.tags }
    // A deleted vault with purge protection keeps its name for the retention time: every vault
    // needs a name of its own.
    const suffix = lifeSuffix(`${name}-vault`, inside)
    const vault = new Vault(`${name}-vault`, {
      ...placed,
      vaultName: interpolate`${args.prefix}-${suffix}`,
      properties: {
        tenantId: args.tenantId,
        sku: { family: 'A', name: 'premium' },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        // Both are needed for keys that encrypt storage; the shortest time there is, so that names
        // come free again.
        softDeleteRetentionInDays: 7,
        enablePurgeProtection: true,
        networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' }
      }
    }, inside)
    const key = new Key(`${name}-key`, {
      resourceGroupName: args.resourceGroup,
      vaultName: vault.name,
      keyName: 'cluster',
      properties: {
        kty: 'RSA',
        keySize: 3072,
        keyOps: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
        rotationPolicy: {
          lifetimeActions: [{ trigger: { timeAfterCreate: 'P1Y' }, action: { type: 'rotate' } }]
        }
      },
      tags: args.tags
    }, inside)
    const identity = new UserAssignedIdentity(`${name}-storage-identity`, placed, inside)
    this.grant = new RoleAssignment(`${name}-storage-key`, {
      scope: vault.id,
      principalId: identity.principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: azureRole(args.subscriptionId, 'Key Vault Crypto Service Encryption User')
    }, { ...inside, ...args.granted })
    this.vaultId = vault.id
    this.keyIdentifier = key.keyUriWithVersion
    this.keyUri = key.keyUri
    this.keyName = key.name
    this.vaultUri = interpolate`https://${vault.name}.vault.azure.net`
    this.storageIdentity = identity.id
    this.storageClientId = identity.clientId
    this.registerOutputs({
      keyIdentifier: this.keyIdentifier,
      vaultUri: this.vaultUri,
      storageIdentity: this.storageIdentity
    })
  }
}
