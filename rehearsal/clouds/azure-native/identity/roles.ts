/**
 * Roles that a principal has on Azure, and what they allow. Pure. Source: Microsoft, "Understand
 * Azure role definitions" (an action is allowed when one role's actions have it and that role's
 * notActions do not; assignments add up) and "Understand scope".
 */
import { type CloudRecord } from '../../../store.ts'
import { type WireObject } from '../../../wire.ts'
import { plain, stringAt, stringsAt, valuesAt } from '../../wire-values.ts'

export const assignmentType = 'azure-native:authorization:RoleAssignment'
export const definitionType = 'azure-native:authorization:RoleDefinition'

/** Actions that a role allows, lower case, with `*` for any characters. */
interface Permissions {
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
}

/** One role that a principal has at a scope. */
export interface Assignment {
  /** Lower case, without a slash at its end. */
  readonly scope: string
  /** Undefined for a role of Azure's own that is not known here. */
  readonly permissions: readonly Permissions[] | undefined
  readonly condition: string | undefined
}

const permissionsOf = (given: Partial<Permissions>): Permissions => ({
  actions: [],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...given
})

/** Built-in roles by id. Source: Microsoft, "Azure built-in roles". */
const builtIn: Readonly<Record<string, Permissions>> = {
  // Owner
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': permissionsOf({ actions: ['*'] }),
  // Contributor
  'b24988ac-6180-42a0-ab88-20f7382dd24c': permissionsOf({
    actions: ['*'],
    notActions: [
      'microsoft.authorization/*/delete',
      'microsoft.authorization/*/write',
      'microsoft.authorization/elevateaccess/action',
      'microsoft.blueprint/blueprintassignments/write',
      'microsoft.blueprint/blueprintassignments/delete',
      'microsoft.compute/galleries/share/action',
      'microsoft.purview/consents/write',
      'microsoft.purview/consents/delete'
    ]
  }),
  // Reader
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': permissionsOf({ actions: ['*/read'] }),
  // Key Vault Crypto Service Encryption User
  'e147488a-f6f5-4113-8e2d-b22465e65bf6': permissionsOf({
    actions: [
      'microsoft.eventgrid/eventsubscriptions/write',
      'microsoft.eventgrid/eventsubscriptions/read',
      'microsoft.eventgrid/eventsubscriptions/delete'
    ],
    dataActions: [
      'microsoft.keyvault/vaults/keys/read',
      'microsoft.keyvault/vaults/keys/wrap/action',
      'microsoft.keyvault/vaults/keys/unwrap/action'
    ]
  }),
  // Key Vault Crypto User
  '12338af0-0e69-4776-bea7-57ae8d297424': permissionsOf({
    dataActions: [
      'microsoft.keyvault/vaults/keys/read',
      'microsoft.keyvault/vaults/keys/update/action',
      'microsoft.keyvault/vaults/keys/backup/action',
      'microsoft.keyvault/vaults/keys/encrypt/action',
      'microsoft.keyvault/vaults/keys/decrypt/action',
      'microsoft.keyvault/vaults/keys/wrap/action',
      'microsoft.keyvault/vaults/keys/unwrap/action',
      'microsoft.keyvault/vaults/keys/sign/action',
      'microsoft.keyvault/vaults/keys/verify/action'
    ]
  }),
  // Network Contributor
  '4d97b98b-1d4f-4787-a291-c67834d212e7': permissionsOf({
    actions: [
      'microsoft.authorization/*/read',
      'microsoft.insights/alertrules/*',
      'microsoft.network/*',
      'microsoft.resourcehealth/availabilitystatuses/read',
      'microsoft.resources/deployments/*',
      'microsoft.resources/subscriptions/resourcegroups/read',
      'microsoft.support/*'
    ]
  }),
  // Managed Identity Operator
  'f1a07417-d97a-45cb-824c-7a7467783830': permissionsOf({
    actions: [
      'microsoft.managedidentity/userassignedidentities/*/read',
      'microsoft.managedidentity/userassignedidentities/*/assign/action',
      'microsoft.managedidentity/userassignedidentities/assign/action',
      'microsoft.managedidentity/userassignedidentities/read',
      'microsoft.authorization/*/read',
      'microsoft.insights/alertrules/*',
      'microsoft.resources/subscriptions/resourcegroups/read',
      'microsoft.resources/deployments/*',
      'microsoft.support/*'
    ]
  }),
  // AcrPull
  '7f951dda-4ed3-4680-a7ca-43fe172d538d': permissionsOf({
    actions: ['microsoft.containerregistry/registries/pull/read']
  }),
  // Storage Blob Data Contributor
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': permissionsOf({
    actions: [
      'microsoft.storage/storageaccounts/blobservices/containers/delete',
      'microsoft.storage/storageaccounts/blobservices/containers/read',
      'microsoft.storage/storageaccounts/blobservices/containers/write',
      'microsoft.storage/storageaccounts/blobservices/generateuserdelegationkey/action'
    ],
    dataActions: [
      'microsoft.storage/storageaccounts/blobservices/containers/blobs/delete',
      'microsoft.storage/storageaccounts/blobservices/containers/blobs/read',
      'microsoft.storage/storageaccounts/blobservices/containers/blobs/write',
      'microsoft.storage/storageaccounts/blobservices/containers/blobs/move/action',
      'microsoft.storage/storageaccounts/blobservices/containers/blobs/add/action'
    ]
  }),
  // Azure Kubernetes Service RBAC Cluster Admin
  'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b': permissionsOf({
    actions: [
      'microsoft.authorization/*/read',
      'microsoft.insights/alertrules/*',
      'microsoft.resources/deployments/write',
      'microsoft.resources/subscriptions/operationresults/read',
      'microsoft.resources/subscriptions/read',
      'microsoft.resources/subscriptions/resourcegroups/read',
      'microsoft.support/*',
      'microsoft.containerservice/managedclusters/listclusterusercredential/action'
    ],
    dataActions: ['microsoft.containerservice/managedclusters/*']
  })
}

const lower = (value: WireObject, path: string): string[] =>
  stringsAt(value, path).map((text) => text.toLowerCase())

/** The roles of a principal. */
export function assignmentsOf (principalId: string, records: readonly CloudRecord[]): Assignment[] {
  const definitions = new Map(
    records.filter(({ type }) => type === definitionType).map((record) => [record.id.toLowerCase(), record])
  )
  return records.filter((record) =>
    record.type === assignmentType && stringAt(plain(record.inputs), 'principalId') === principalId
  ).map((record) => {
    const inputs = plain(record.inputs) as WireObject
    const role = (stringAt(inputs, 'roleDefinitionId') ?? '').toLowerCase()
    const custom = definitions.get(role)
    const known = builtIn[role.split('/').at(-1) ?? '']
    return {
      scope: (stringAt(inputs, 'scope') ?? '').toLowerCase().replace(/\/$/, ''),
      permissions: custom ? customPermissions(custom) : known && [known],
      condition: stringAt(inputs, 'condition')
    }
  })
}

function customPermissions (record: CloudRecord): Permissions[] {
  return valuesAt(plain(record.inputs), 'permissions[]').map((value) => ({
    actions: lower(value as WireObject, 'actions[]'),
    notActions: lower(value as WireObject, 'notActions[]'),
    dataActions: lower(value as WireObject, 'dataActions[]'),
    notDataActions: lower(value as WireObject, 'notDataActions[]')
  }))
}
