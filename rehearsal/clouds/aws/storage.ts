/** Models of S3, KMS and AWS Backup. */
import { type Draft } from '../draft.ts'
import { type Reference, type ResourceModel, refersTo } from '../resource-model.ts'
import { stringAt } from '../wire-values.ts'
import { arn, partitionOf } from './arns.ts'
import { lockoutOf } from './key-lockout.ts'

const bucketType = 'aws:s3/bucket:Bucket'
const keyType = 'aws:kms/key:Key'
const vaultType = 'aws:backup/vault:Vault'

const ofBucket: Reference = { path: 'bucket', types: [bucketType] }
/** A setting of a bucket: one of each kind, named like the bucket. */
const setting = (): ResourceModel => ({
  id: (draft) => stringAt(draft.inputs, 'bucket') ?? '',
  immutable: ['bucket', 'expectedBucketOwner'],
  references: [ofBucket],
  taken: (draft) => ({
    status: 409,
    code: 'OperationAborted',
    message: 'A conflicting conditional operation is currently in progress against this resource: ' +
      `${stringAt(draft.inputs, 'bucket')} has it already.`
  })
})
const keyReference = (path: string): Reference => refersTo(path, keyType, { except: /alias\//, holds: false })
const alias = (draft: Draft): string => draft.name

export const storage: Record<string, ResourceModel> = {
  [bucketType]: {
    name: {
      property: 'bucket',
      auto: 'random',
      max: 63,
      lower: true,
      pattern: /^(?!xn--)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      rule: 'only lowercase alphanumeric characters, periods and hyphens allowed, 3 to 63 characters, ' +
        'beginning and ending with a letter or digit'
    },
    unique: 'world',
    id: (draft) => draft.name,
    immutable: ['bucket', 'bucketPrefix', 'objectLockEnabled', 'region'],
    quota: [{ quota: 'aws:s3:buckets' }],
    taken: (draft) => ({
      status: 409,
      code: 'BucketAlreadyExists',
      message:
        'The requested bucket name is not available. The bucket namespace is shared by all users of the ' +
        `system. Please select a different name and try again: ${draft.name}`
    }),
    defaults: () => ({ forceDestroy: false }),
    outputs: (draft) => ({
      arn: `arn:${partitionOf(draft.region)}:s3:::${draft.name}`,
      bucketDomainName: `${draft.name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${draft.name}.s3.${draft.region}.amazonaws.com`,
      bucketRegion: draft.region,
      region: draft.region,
      hostedZoneId: 'Z3AQBSTGFYJSTF',
      requestPayer: 'BucketOwner',
      bucketPrefix: ''
    })
  },
  'aws:s3/bucketVersioning:BucketVersioning': setting(),
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': {
    ...setting(),
    references: [ofBucket, keyReference('rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId')]
  },
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': setting(),
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': setting(),
  'aws:s3/bucketPolicy:BucketPolicy': setting(),
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': setting(),
  'aws:s3/bucketLogging:BucketLogging': setting(),
  'aws:s3/bucketReplicationConfig:BucketReplicationConfig': {
    ...setting(),
    references: [ofBucket, { path: 'role', types: ['aws:iam/role:Role'] }]
  },
  'aws:s3/bucketNotification:BucketNotification': setting(),
  [keyType]: {
    id: (draft) => draft.make.uuid('id'),
    immutable: ['customerMasterKeySpec', 'keyUsage', 'multiRegion', 'customKeyStoreId', 'xksKeyId'],
    check: (inputs) => {
      const days = inputs.deletionWindowInDays
      return typeof days === 'number' && (days < 7 || days > 30)
        ? [{
          property: 'deletionWindowInDays',
          reason: `expected deletionWindowInDays to be in the range (7 - 30), got ${days}`
        }]
        : []
    },
    validate: (draft, _found, fail) => {
      const lockout = lockoutOf(draft)
      if (lockout) throw fail(lockout)
    },
    outputs: (draft) => ({
      arn: arn('kms', draft, `key/${draft.id}`),
      keyId: draft.id,
      multiRegion: draft.inputs.multiRegion ?? false,
      rotationPeriodInDays: draft.inputs.rotationPeriodInDays ??
        (draft.inputs.enableKeyRotation === true ? 365 : 0),
      policy: draft.inputs.policy ??
        JSON.stringify({
          Version: '2012-10-17',
          Id: 'key-default-1',
          Statement: [{
            Sid: 'Enable IAM User Permissions',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${draft.account}:root` },
            Action: 'kms:*',
            Resource: '*'
          }]
        })
    })
  },
  'aws:kms/alias:Alias': {
    name: {
      property: 'name',
      auto: 'random',
      pattern: /^alias\/(?!aws\/)[\w/-]+$/,
      rule: 'name must begin with "alias/" and be comprised of only [a-zA-Z0-9/_-]',
      max: 256
    },
    unique: 'region',
    id: alias,
    immutable: ['name'],
    references: [{ path: 'targetKeyId', types: [keyType] }],
    taken: (draft) => ({
      status: 400,
      code: 'AlreadyExistsException',
      message: `An alias with the name ${arn('kms', draft, draft.name)} already exists`
    }),
    outputs: (draft, found) => {
      const key = found.by(keyType, draft.inputs.targetKeyId)
      return {
        arn: arn('kms', draft, draft.name),
        targetKeyArn: stringAt(key?.outputs, 'arn') ?? '',
        targetKeyId: key?.id ?? '',
        namePrefix: ''
      }
    }
  },
  'aws:kms/keyPolicy:KeyPolicy': {
    id: (draft) => stringAt(draft.inputs, 'keyId') ?? '',
    immutable: ['keyId'],
    references: [{ path: 'keyId', types: [keyType] }]
  },
  'aws:kms/replicaKey:ReplicaKey': {
    id: (draft) => draft.make.uuid('id'),
    references: [{ path: 'primaryKeyArn', types: [keyType], anywhere: true }],
    outputs: (draft) => ({ arn: arn('kms', draft, `key/${draft.id}`), keyId: draft.id })
  },
  [vaultType]: {
    unique: 'region',
    id: (draft) => draft.name,
    references: [keyReference('kmsKeyArn')],
    outputs: (draft) => ({ arn: arn('backup', draft, `backup-vault:${draft.name}`), recoveryPoints: 0 })
  },
  'aws:backup/plan:Plan': {
    id: (draft) => draft.make.uuid('id'),
    mutable: ['name'],
    references: [{ path: 'rules[].targetVaultName', types: [vaultType] }],
    outputs: (draft) => ({
      arn: arn('backup', draft, `backup-plan:${draft.id}`),
      version: draft.make.alnum(48, 'version')
    })
  },
  'aws:backup/selection:Selection': {
    id: (draft) => draft.make.uuid('id'),
    immutable: ['planId', 'iamRoleArn', 'resources', 'selectionTags', 'conditions', 'notResources'],
    references: [{ path: 'planId', types: ['aws:backup/plan:Plan'] }, {
      path: 'iamRoleArn',
      types: ['aws:iam/role:Role']
    }]
  }
}
