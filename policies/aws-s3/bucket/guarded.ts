import { stackPolicy } from '../../policy.ts'

const guards = {
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': 'a BucketPublicAccessBlock',
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration':
    'a BucketServerSideEncryptionConfiguration',
  'aws:s3/bucketVersioning:BucketVersioning': 'a BucketVersioning'
} as const

export const s3Guarded = stackPolicy({
  name: 'aws-s3-guarded-buckets',
  description: 'Every S3 bucket comes with its access block, its encryption and its versioning.',
  level: 'mandatory',
  check: (resources) =>
    resources.filter(({ type }) => type === 'aws:s3/bucket:Bucket').flatMap(({ props, urn, name }) =>
      Object.entries(guards).filter(([type]) =>
        !resources.some((resource) => resource.type === type && resource.props['bucket'] === props['bucket'])
      )
        .map(([, what]) => ({ urn, message: `add ${what} for the bucket ${name}` }))
    )
})
