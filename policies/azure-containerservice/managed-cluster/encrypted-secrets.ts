import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const aksEncryptedSecrets = resourcePolicy({
  name: 'azure-containerservice-encrypted-secrets',
  description: "An AKS cluster's secrets are encrypted with a key of its own.",
  level: 'mandatory',
  types: ['azure-native:containerservice:ManagedCluster'],
  check: ({ props }) =>
    at(props, 'securityProfile.azureKeyVaultKms.enabled') === true &&
      at(props, 'securityProfile.azureKeyVaultKms.keyId') !== undefined
      ? undefined
      : 'set securityProfile.azureKeyVaultKms with enabled and a keyId'
})
