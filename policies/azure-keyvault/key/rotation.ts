import { resourcePolicy } from '../../policy.ts'
import { at, list } from '../../properties.ts'

export const keyVaultRotation = resourcePolicy({
  name: 'azure-keyvault-rotation',
  description: 'Keys in vaults are rotated.',
  level: 'mandatory',
  types: ['azure-native:keyvault:Key'],
  check: ({ props }) =>
    list(props, 'properties.rotationPolicy.lifetimeActions').some((action) =>
        String(at(action, 'action.type')).toLowerCase() === 'rotate'
      )
      ? undefined
      : 'add a lifetimeAction of type rotate to properties.rotationPolicy'
})
