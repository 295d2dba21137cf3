import { resourcePolicy } from '../../policy.ts'

export const containerRegistryNoAdmin = resourcePolicy({
  name: 'azure-containerregistry-no-admin',
  description: 'Registries on Azure know identities only: no admin user, no anonymous pull.',
  level: 'mandatory',
  types: ['azure-native:containerregistry:Registry'],
  check: ({ props }) => [
    ...(props['adminUserEnabled'] === true ? ['set adminUserEnabled to false'] : []),
    ...(props['anonymousPullEnabled'] === true ? ['set anonymousPullEnabled to false'] : [])
  ]
})
