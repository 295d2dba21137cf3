import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const s3Versioning = resourcePolicy({
  name: 'aws-s3-versioning',
  description: 'S3 buckets keep earlier versions.',
  level: 'mandatory',
  types: ['aws:s3/bucketVersioning:BucketVersioning'],
  check: ({ props }) =>
    at(props, 'versioningConfiguration.status') === 'Enabled'
      ? undefined
      : 'set versioningConfiguration.status to Enabled'
})
