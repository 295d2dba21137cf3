import { resourcePolicy } from '../../policy.ts'

const switches = ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets']

export const s3PublicAccessBlock = resourcePolicy({
  name: 'aws-s3-no-public-access',
  description: 'S3 buckets block public access in every way.',
  level: 'mandatory',
  types: [
    'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock',
    'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock'
  ],
  check: ({ props }) => switches.filter((name) => props[name] !== true).map((name) => `set ${name} to true`)
})
