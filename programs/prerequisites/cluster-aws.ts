/** An AWS cluster's key, buckets and registry. */
import * as aws from '@pulumi/aws'
import { PrivateBucket } from '../components/aws/private-bucket.ts'
import { RegionKey } from '../components/aws/key.ts'
import { boundedName, qualifiedName } from '../components/naming.ts'
import { awsProvider } from '../components/upstream.ts'
import { type Cluster, type UnitContext } from '../contract.ts'
import { type ClusterPrerequisites, type Resolved } from '../outputs.ts'
import { backupRetentionDays, logRetentionDays } from './retention.ts'

/** Registers the cluster's foundation. Bucket names hold the account, since they are unique among all accounts. */
export function awsFoundation (context: UnitContext, cluster: Cluster): Resolved<ClusterPrerequisites> {
  const { federation } = context
  const provider = awsProvider(context, cluster.region)
  const accountId = federation.accounts.aws.accountId
  const name = qualifiedName(federation, cluster)
  const key = new RegionKey(name, { accountId, region: cluster.region, purpose: `${federation.name}: secrets, disks, logs and backups of ${cluster.name}` }, { provider })
  const shared = { accountId, kmsKeyArn: key.arn }
  const logs = new PrivateBucket(`${name}-logs`, { ...shared, bucket: boundedName(63, name, 'logs', accountId), retentionDays: logRetentionDays(federation), logDelivery: true, forceDestroy: true }, { provider })
  // Backups outlive a mistaken destroy: a bucket that holds some is not deleted.
  const backups = new PrivateBucket(`${name}-backups`, { ...shared, bucket: boundedName(63, name, 'backups', accountId), retentionDays: backupRetentionDays(federation), logDelivery: false, forceDestroy: false }, { provider })
  const registry = new aws.ecr.Repository(`${name}-registry`, {
    name,
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: key.arn }],
    forceDelete: true
  }, { provider })
  return { kmsKey: key.arn, logBucket: logs.bucket, backupBucket: backups.bucket, resourceGroup: '', registry: registry.repositoryUrl }
}
