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
