import { resourcePolicy } from '../../policy.ts'

export const gcsPrivate = resourcePolicy({
  name: 'gcp-storage-no-public-access',
  description: 'Cloud Storage buckets cannot be made public.',
  level: 'mandatory',
  types: ['gcp:storage/bucket:Bucket'],
  check: ({ props }) => [
    ...(props['publicAccessPrevention'] === 'enforced' ? [] : ['set publicAccessPrevention to enforced']),
    ...(props['uniformBucketLevelAccess'] === true ? [] : ['set uniformBucketLevelAccess to true'])
  ]
})
