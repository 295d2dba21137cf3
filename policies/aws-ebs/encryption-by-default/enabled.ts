import { resourcePolicy } from '../../policy.ts'

export const ebsEncryptionByDefault = resourcePolicy({
  name: 'aws-ebs-encryption-by-default',
  description: 'New disks of an AWS region are encrypted.',
  level: 'mandatory',
  types: ['aws:ebs/encryptionByDefault:EncryptionByDefault'],
  check: ({ props }) => props['enabled'] === false ? 'set enabled to true' : undefined
})
