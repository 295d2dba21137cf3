/**
 * Settings of a whole AWS account: safe defaults in the regions that are used, and a trail of who
 * did what.
 */
import * as aws from '@pulumi/aws'
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { RegionKey } from '../components/aws/key.ts'
import { PrivateBucket } from '../components/aws/private-bucket.ts'
import { boundedName, qualifiedName } from '../components/naming.ts'
import { type Federation } from '../types.ts'
import { auditRetentionDays, backupBucketName } from './retention.ts'

/**
 * Registers a region's defaults: disks are encrypted, snapshots are never public, and machines
 * without a template of ours answer to version 2 of the metadata service only.
 */
export function regionDefaults (region: string, options: CustomResourceOptions): void {
  new aws.ebs.EncryptionByDefault(`disks-${region}`, { enabled: true }, options)
  new aws.ebs.SnapshotBlockPublicAccess(`snapshots-${region}`, { state: 'block-all-sharing' }, options)
  // Two hops: one more than a machine itself needs, for containers with a network of their own.
  new aws.ec2.InstanceMetadataDefaults(`metadata-${region}`, {
    httpTokens: 'required',
    httpPutResponseHopLimit: 2
  }, options)
}

/**
 * Registers the audit trail: what is done in any region of the account, and each access to objects
 * in the backup buckets. S3's own access logs are no way for these: they are delivered only to
 * buckets that are encrypted without a key of ours. The trail tells who did what, not what data
 * said, so one bucket in the home region serves all areas.
 */
export function auditTrail (
  federation: Federation,
  region: string,
  options: CustomResourceOptions
): aws.cloudtrail.Trail {
  const { accountId } = federation.accounts.aws
  const name = `${federation.name}-audit`
  const trailArn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`
  new aws.s3.AccountPublicAccessBlock('buckets', {
    accountId,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true
  }, options)
  const key = new RegionKey(
    name,
    { accountId, region, purpose: `${federation.name}: audit trail`, trailArn },
    { provider: options.provider }
  )
  const bucket = new PrivateBucket(name, {
    accountId,
    kmsKeyArn: key.arn,
    bucket: boundedName(63, name, accountId),
    retentionDays: auditRetentionDays,
    writer: { kind: 'trail', trailArn },
    forceDestroy: false
  }, { provider: options.provider })
  const backups = federation.clusters.filter((cluster) => cluster.cloud === 'aws').map((cluster) =>
    `arn:aws:s3:::${backupBucketName(qualifiedName(federation, cluster), accountId)}/`
  )
  return new aws.cloudtrail.Trail('audit', {
    name,
    s3BucketName: bucket.bucket,
    kmsKeyId: key.arn,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    // Digests, signed by AWS, show that no record was changed or removed.
    enableLogFileValidation: true,
    advancedEventSelectors: [
      { name: 'What is done', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
      {
        name: 'Access to backups',
        fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }, {
          field: 'resources.type',
          equals: ['AWS::S3::Object']
        }, { field: 'resources.ARN', startsWiths: backups }]
      }
    ]
  }, { ...options, dependsOn: [bucket] })
}
