import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const gcsEncrypted = resourcePolicy({
  name: 'gcp-storage-encrypted-with-own-key',
  description: 'Cloud Storage buckets are encrypted with a customer managed key.',
  level: 'mandatory',
  types: ['gcp:storage/bucket:Bucket'],
  check: ({ props }) =>
    at(props, 'encryption.defaultKmsKeyName') === undefined ? 'set encryption.defaultKmsKeyName' : undefined
})

export const gcsVersioning = resourcePolicy({
  name: 'gcp-storage-versioning',
  description: 'Cloud Storage buckets keep earlier versions.',
  level: 'mandatory',
  types: ['gcp:storage/bucket:Bucket'],
  check: ({ props }) =>
    at(props, 'versioning.enabled') === true ? undefined : 'set versioning.enabled to true'
})
