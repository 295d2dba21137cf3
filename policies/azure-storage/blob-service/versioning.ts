import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const azureStorageVersioning = resourcePolicy({
  name: 'azure-storage-versioning',
  description: 'Storage accounts keep earlier versions of blobs, and deleted ones for a while.',
  level: 'mandatory',
  types: ['azure-native:storage:BlobServiceProperties'],
  check: ({ props }) => [
    ...(props['isVersioningEnabled'] === true ? [] : ['set isVersioningEnabled to true']),
    ...(at(props, 'deleteRetentionPolicy.enabled') === true
      ? []
      : ['set deleteRetentionPolicy.enabled to true'])
  ]
})
