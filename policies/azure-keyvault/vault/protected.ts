import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const keyVaultProtected = resourcePolicy({
  name: 'azure-keyvault-protected',
  description: "A vault's keys cannot be lost by a mistake, and access to them follows roles.",
  level: 'mandatory',
  types: ['azure-native:keyvault:Vault'],
  check: ({ props }) => [
    ...(at(props, 'properties.enablePurgeProtection') === true
      ? []
      : ['set properties.enablePurgeProtection to true']),
    ...(at(props, 'properties.enableSoftDelete') === false
      ? ['set properties.enableSoftDelete to true']
      : []),
    ...(at(props, 'properties.enableRbacAuthorization') === true
      ? []
      : ['set properties.enableRbacAuthorization to true'])
  ]
})
