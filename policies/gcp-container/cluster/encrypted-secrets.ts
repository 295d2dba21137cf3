import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const gkeEncryptedSecrets = resourcePolicy({
  name: 'gcp-container-encrypted-secrets',
  description: "A GKE cluster's secrets are encrypted with a key of its own.",
  level: 'mandatory',
  types: ['gcp:container/cluster:Cluster'],
  check: ({ props }) =>
    at(props, 'databaseEncryption.state') === 'ENCRYPTED' &&
      at(props, 'databaseEncryption.keyName') !== undefined
      ? undefined
      : 'set databaseEncryption with state ENCRYPTED and a keyName'
})
