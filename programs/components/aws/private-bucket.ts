/**
 * A bucket that is private, encrypted with a customer managed key, versioned, refuses plain HTTP,
 * and forgets what is older than it has to keep.
 */
import * as aws from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'

/**
 * The service of AWS that may write: the log services (flow logs and others) for the account, or
 * one CloudTrail trail.
 */
export type BucketWriter = { readonly kind: 'logs' } | { readonly kind: 'trail', readonly trailArn: string }

export interface PrivateBucketArgs {
  /** Physical name. */
  readonly bucket: string
  readonly accountId: string
  readonly kmsKeyArn: Input<string>
  /** Days that objects are kept. */
  readonly retentionDays: number
  /**
   * Keep what is current whatever its age, and only forget what was deleted or replaced: whoever
   * writes there deletes what is too old.
   */
  readonly keepsCurrent?: boolean
  /** Service of AWS that may write into it. */
  readonly writer?: BucketWriter
  /** True when the bucket may be deleted with what is in it. */
  readonly forceDestroy: boolean
}

/** Outputs `bucket`, the name. */
export class PrivateBucket extends ComponentResource {
  readonly bucket: Output<string>

  constructor (name: string, args: PrivateBucketArgs, options?: ComponentResourceOptions) {
    super('windlass:aws:PrivateBucket', name, {}, options)
    const inside = { parent: this }
    const bucket = new aws.s3.Bucket(name, { bucket: args.bucket, forceDestroy: args.forceDestroy }, inside)
    const target = { bucket: bucket.bucket }
    const access = new aws.s3.BucketPublicAccessBlock(`${name}-access`, {
      ...target,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true
    }, inside)
    const versioning = new aws.s3.BucketVersioning(`${name}-versioning`, {
      ...target,
      versioningConfiguration: { status: 'Enabled' }
    }, inside)
    new aws.s3.BucketOwnershipControls(`${name}-ownership`, {
      ...target,
      rule: { objectOwnership: 'BucketOwnerEnforced' }
    }, inside)
    new aws.s3.BucketServerSideEncryptionConfiguration(`${name}-encryption`, {
      ...target,
      rules: [{
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: args.kmsKeyArn },
        bucketKeyEnabled: true
      }]
    }, inside)
    new aws.s3.BucketLifecycleConfiguration(`${name}-lifecycle`, {
      ...target,
      rules: [{
        id: 'retention',
        status: 'Enabled',
        filter: { prefix: '' },
        // A rule may not have both days and markers (AWS, S3 API, LifecycleExpiration).
        expiration: args.keepsCurrent ? { expiredObjectDeleteMarker: true } : { days: args.retentionDays },
        noncurrentVersionExpiration: { noncurrentDays: args.retentionDays },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 }
      }]
    }, { ...inside, dependsOn: [versioning] })
    const deny = {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } }
    }
    const policy = bucket.arn.apply((arn) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { ...deny, Resource: [arn, `${arn}/*`] },
          ...(args.writer ? writerStatements(args.writer, arn, args.accountId) : [])
        ]
      })
    )
    new aws.s3.BucketPolicy(`${name}-policy`, { ...target, policy }, { ...inside, dependsOn: [access] })
    this.bucket = bucket.bucket
    this.registerOutputs({ bucket: this.bucket })
  }
}

/** Sources: AWS, "Publish flow logs to Amazon S3" and "Amazon S3 bucket policy for CloudTrail". */
function writerStatements (writer: BucketWriter, bucketArn: string, accountId: string): object[] {
  const allowed = (Service: string, condition: Record<string, string>): object[] => [
    {
      Sid: 'Write',
      Effect: 'Allow',
      Principal: { Service },
      Action: 's3:PutObject',
      Resource: writer.kind === 'trail' ? `${bucketArn}/AWSLogs/${accountId}/*` : `${bucketArn}/*`,
      Condition: { StringEquals: { ...condition, 's3:x-amz-acl': 'bucket-owner-full-control' } }
    },
    {
      Sid: 'Look',
      Effect: 'Allow',
      Principal: { Service },
      Action: 's3:GetBucketAcl',
      Resource: bucketArn,
      Condition: { StringEquals: condition }
    }
  ]
  switch (writer.kind) {
    case 'logs':
      return allowed('delivery.logs.amazonaws.com', { 'aws:SourceAccount': accountId })
    case 'trail':
      return allowed('cloudtrail.amazonaws.com', { 'aws:SourceArn': writer.trailArn })
  }
}
