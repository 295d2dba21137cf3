import { resourcePolicy } from '../../policy.ts'
import { at, list } from '../../properties.ts'

export const s3CustomerKey = resourcePolicy({
  name: 'aws-s3-encrypted-with-own-key',
  description: 'S3 buckets are encrypted with a customer managed key.',
  level: 'mandatory',
  types: ['aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration'],
  check: ({ props }) =>
    list(props, 'rules').every((rule) =>
        at(rule, 'applyServerSideEncryptionByDefault.sseAlgorithm') === 'aws:kms' &&
        at(rule, 'applyServerSideEncryptionByDefault.kmsMasterKeyId') !== undefined
      )
      ? undefined
      : 'give every rule applyServerSideEncryptionByDefault with sseAlgorithm aws:kms and a kmsMasterKeyId'
})
