import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const azureStorageEncrypted = resourcePolicy({
  name: 'azure-storage-encrypted-with-own-key',
  description: 'Storage accounts are encrypted with a customer managed key.',
  level: 'mandatory',
  types: ['azure-native:storage:StorageAccount'],
  check: ({ props }) =>
    at(props, 'encryption.keySource') === 'Microsoft.Keyvault'
      ? undefined
      : 'set encryption.keySource to Microsoft.Keyvault with keyVaultProperties'
})
