import { resourcePolicy } from '../../policy.ts'
import { at, list } from '../../properties.ts'

export const eksEncryptedSecrets = resourcePolicy({
  name: 'aws-eks-encrypted-secrets',
  description: "An EKS cluster's secrets are encrypted with a key of its own.",
  level: 'mandatory',
  types: ['aws:eks/cluster:Cluster'],
  check: ({ props }) =>
    list(props, 'encryptionConfig.resources').includes('secrets') &&
      at(props, 'encryptionConfig.provider.keyArn') !== undefined
      ? undefined
      : 'set encryptionConfig with resources [secrets] and the ARN of a KMS key'
})
