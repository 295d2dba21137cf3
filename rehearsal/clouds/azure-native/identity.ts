/** Models of resource groups, managed identities, roles and Key Vault. */
import { type CheckFailure } from '../../provider.ts'
import { unknownValue } from '../../wire.ts'
import { type ResourceModel } from '../resource-model.ts'
import { isObject, objectAt, stringAt } from '../wire-values.ts'
import { keptVault } from './kept.ts'
import { normalLocation } from './resource-ids.ts'
import { simulatedClientId, resourceGroupType, simulatedTenantId } from './subscription.ts'

const vaultType = 'azure-native:keyvault:Vault'

const needed = (inside: unknown, properties: string[], of: string): CheckFailure[] =>
  isObject(inside)
    ? properties.filter((property) => inside[property] === undefined).map((property) => ({
      property: `${of}.${property}`,
      reason: `${of}.${property} is required`
    }))
    : []

export const identity: Record<string, ResourceModel> = {
  [resourceGroupType]: {
    name: {
      property: 'resourceGroupName',
      auto: 'random',
      separator: '',
      max: 90,
      pattern: /^[-\w.()]{0,89}[-\w()]$/,
      rule: 'alphanumeric characters, periods, underscores, hyphens and parentheses, not ending in a period'
    },
    unique: 'account',
    check: (inputs) =>
      inputs.location === undefined
        ? [{
          property: 'location',
          reason: 'location is required: neither the resource nor the provider has one'
        }]
        : [],
    // Deleting a group deletes everything in it.
    sweeps: (record) => ({
      query: { pkg: 'azure-native', account: record.account },
      goes: (other) => other.id.startsWith(`${record.id}/`)
    }),
    outputs: (draft) => ({
      properties: { provisioningState: 'Succeeded' },
      type: 'Microsoft.Resources/resourceGroups',
      location: normalLocation(stringAt(draft.inputs, 'location') ?? '')
    })
  },
  'azure-native:managedidentity:UserAssignedIdentity': {
    outputs: (draft) => ({
      clientId: draft.make.uuid('client'),
      principalId: draft.make.uuid('principal'),
      tenantId: simulatedTenantId
    })
  },
  'azure-native:managedidentity:FederatedIdentityCredential': {
    looksAt: (
      draft
    ) => [{
      pkg: 'azure-native',
      type: 'azure-native:managedidentity:FederatedIdentityCredential',
      account: draft.account
    }],
    validate: (draft, found, fail) => {
      const owner = draft.id.split('/federatedIdentityCredentials/')[0] ?? ''
      const siblings = found.of('azure-native:managedidentity:FederatedIdentityCredential').filter((record) =>
        record.id !== draft.id && record.id.startsWith(`${owner}/`)
      )
      if (
        siblings.some((record) =>
          record.inputs.issuer === draft.inputs.issuer && record.inputs.subject === draft.inputs.subject
        )
      ) {
        throw fail({
          status: 409,
          code: 'Conflict',
          message: 'Issuer and subject combination already exists for this Managed Identity: ' +
            `${stringAt(draft.inputs, 'issuer')}, ${stringAt(draft.inputs, 'subject')}.`
        })
      }
      // https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations:
      // at most 20 an identity.
      if (siblings.length >= 20) {
        throw fail({
          status: 400,
          code: 'QuotaExceeded',
          message: 'Too many Federated Identity Credentials: the limit is 20 for a managed identity.'
        })
      }
    }
  },
  'azure-native:authorization:RoleAssignment': {
    name: {
      property: 'roleAssignmentName',
      auto: 'uuid',
      pattern: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
      rule: 'the role assignment ID must be a GUID'
    },
    immutable: ['principalId', 'roleDefinitionId', 'scope', 'principalType'],
    looksAt: (
      draft
    ) => [{ pkg: 'azure-native', type: 'azure-native:authorization:RoleAssignment', account: draft.account }],
    validate: (draft, found, fail) => {
      const twin = found.of('azure-native:authorization:RoleAssignment').find((record) =>
        record.id !== draft.id &&
        ['principalId', 'roleDefinitionId', 'scope'].every((key) => record.inputs[key] === draft.inputs[key])
      )
      if (twin) {
        throw fail({
          status: 409,
          code: 'RoleAssignmentExists',
          message: 'The role assignment already exists. The ID of the conflicting role assignment is ' +
            `${twin.name.replaceAll('-', '')}.`
        })
      }
    },
    outputs: (draft) => ({
      type: 'Microsoft.Authorization/roleAssignments',
      createdBy: simulatedClientId,
      updatedBy: simulatedClientId,
      createdOn: draft.created,
      updatedOn: draft.created
    })
  },
  [vaultType]: {
    filledIn: ['properties.provisioningState', 'properties.vaultUri', 'properties.hsmPoolResourceId'],
    name: {
      property: 'vaultName',
      auto: 'random',
      separator: '',
      max: 24,
      pattern: /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
      rule: "a vault's name must be between 3-24 alphanumeric characters, begin with a letter, end with a " +
        'letter or digit, and not contain consecutive hyphens'
    },
    unique: 'world',
    keepsName: keptVault,
    taken: (draft) => ({
      status: 409,
      code: 'VaultAlreadyExists',
      message: `The vault name '${draft.name}' is already in use. Vault names are globally unique so it is ` +
        'possible that the name is already taken.'
    }),
    check: (inputs) => needed(inputs.properties, ['tenantId', 'sku'], 'properties'),
    outputs: (draft) => ({
      properties: {
        provisioningState: 'Succeeded',
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        ...objectAt(draft.inputs, 'properties'),
        vaultUri: `https://${draft.name.toLowerCase()}.vault.azure.net/`,
        hsmPoolResourceId: ''
      }
    })
  },
  'azure-native:keyvault:Key': {
    name: {
      property: 'keyName',
      auto: 'copy',
      max: 127,
      pattern: /^[a-zA-Z0-9-]{1,127}$/,
      rule: 'letters, digits and hyphens, 1 to 127 of them'
    },
    // Keys are not updated by this API: a change makes another version, which the provider models
    // as replacement.
    immutable: ['properties.kty', 'properties.keySize', 'properties.curveName'],
    check: (inputs) => {
      const kty = stringAt(inputs, 'properties.kty')
      return kty === undefined || [unknownValue, 'RSA', 'RSA-HSM', 'EC', 'EC-HSM'].includes(kty)
        ? []
        : [{ property: 'properties.kty', reason: `unknown key type ${kty}` }]
    },
    outputs: (draft) => {
      const uri =
        `https://${(stringAt(draft.inputs, 'vaultName') ?? '').toLowerCase()}.vault.azure.net/keys/` +
        `${draft.name}`
      return {
        keyUri: uri,
        keyUriWithVersion: `${uri}/${draft.make.hex(32, 'version')}`,
        location: draft.region,
        type: 'Microsoft.KeyVault/vaults/keys'
      }
    }
  },
  'azure-native:keyvault:Secret': {
    outputs: (draft) => {
      const uri =
        `https://${(stringAt(draft.inputs, 'vaultName') ?? '').toLowerCase()}.vault.azure.net/secrets/` +
        `${draft.name}`
      return {
        properties: {
          ...objectAt(draft.inputs, 'properties'),
          secretUri: uri,
          secretUriWithVersion: `${uri}/${draft.make.hex(32, 'version')}`
        }
      }
    },
    secrets: ['properties']
  }
}
