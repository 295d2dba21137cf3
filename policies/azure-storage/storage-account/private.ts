import { resourcePolicy } from '../../policy.ts'

export const azureStoragePrivate = resourcePolicy({
  name: 'azure-storage-no-public-access',
  description: 'Storage accounts serve nothing to the public, and nothing in clear.',
  level: 'mandatory',
  types: ['azure-native:storage:StorageAccount', 'azure-native:storage:BlobContainer'],
  check: ({ type, props }) => {
    if (type.endsWith(':BlobContainer')) {
      return props['publicAccess'] === undefined || props['publicAccess'] === 'None'
        ? undefined
        : 'set publicAccess to None'
    }
    return [
      ...(props['allowBlobPublicAccess'] === false ? [] : ['set allowBlobPublicAccess to false']),
      ...(props['enableHttpsTrafficOnly'] === false ? ['set enableHttpsTrafficOnly to true'] : []),
      ...(props['allowSharedKeyAccess'] === false
        ? []
        : ['set allowSharedKeyAccess to false: identities are enough'])
    ]
  }
})
