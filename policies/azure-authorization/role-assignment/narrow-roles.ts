import { resourcePolicy } from '../../policy.ts'
import { text } from '../../properties.ts'

/** Built-in roles that may do everything, by the id that is the same in every subscription. */
const broad: Readonly<Record<string, string>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': 'User Access Administrator'
}

export const azureNarrowRoles = resourcePolicy({
  name: 'azure-authorization-narrow-roles',
  description: 'Nobody owns a subscription or a resource group: broad roles are for single resources.',
  level: 'mandatory',
  types: ['azure-native:authorization:RoleAssignment'],
  check: ({ props }) => {
    const role = broad[text(props, 'roleDefinitionId')?.split('/').at(-1) ?? '']
    const single = (text(props, 'scope')?.split('/providers/').length ?? 0) > 1
    return role !== undefined && !single
      ? `replace ${role} with a role for what is needed, or narrow scope to one resource`
      : undefined
  }
})
