/** An AWS cluster's key, buckets and registry. */
import * as aws from '@pulumi/aws'
import { RegionKey } from '../components/aws/key.ts'
import { PrivateBucket } from '../components/aws/private-bucket.ts'
import { boundedName, qualifiedName } from '../components/naming.ts'
import { awsProvider } from '../components/upstream.ts'
import { type ClusterAudit, type ClusterPrerequisites, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { requireResidency } from './residency.ts'
import { backupBucketName, backupRetentionDays, logRetentionDays } from './retention.ts'

/**
 * Registers the cluster's foundation. Bucket names hold the account, since they are unique among
 * all accounts.
 */
export function awsFoundation (
  context: UnitContext,
  cluster: Cluster
): Resolved<ClusterPrerequisites & ClusterAudit> {
  const { federation } = context
  const provider = awsProvider(context, cluster.region)
  const accountId = federation.accounts.aws.accountId
  const name = qualifiedName(federation, cluster)
  requireResidency(
    federation,
    cluster,
    ['key', 'log bucket', 'backup bucket', 'registry'].map((what) => ({ what, location: cluster.region }))
  )
  const key = new RegionKey(name, {
    accountId,
    region: cluster.region,
    purpose: `${federation.name}: secrets, disks, logs and backups of ${cluster.name}`
  }, { provider })
  const shared = { accountId, kmsKeyArn: key.arn }
  const logs = new PrivateBucket(`${name}-logs`, {
    ...shared,
    bucket: boundedName(63, name, 'logs', accountId),
    retentionDays: logRetentionDays(federation),
    writer: { kind: 'logs' },
    forceDestroy: true
  }, { provider })
  // Backups outlive a mistaken destroy: a bucket that holds some is not deleted.
  const backups = new PrivateBucket(`${name}-backups`, {
    ...shared,
    bucket: backupBucketName(name, accountId),
    retentionDays: backupRetentionDays(federation),
    keepsCurrent: true,
    forceDestroy: false
  }, { provider })
  const registry = new aws.ecr.Repository(`${name}-registry`, {
    name,
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: key.arn }],
    forceDelete: true
  }, { provider })
  new aws.ecr.LifecyclePolicy(`${name}-registry`, {
    repository: registry.name,
    // Tags are immutable and stay; what lost its tag, or never had one, is of no use after two
    // weeks.
    policy: JSON.stringify({
      rules: [{
        rulePriority: 1,
        description: 'Untagged images',
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: 14
        },
        action: { type: 'expire' }
      }]
    })
  }, { provider })
  return {
    kmsKey: key.arn,
    logBucket: logs.bucket,
    backupBucket: backups.bucket,
    auditWorkspace: '',
    resourceGroup: '',
    registry: registry.repositoryUrl
  }
}
