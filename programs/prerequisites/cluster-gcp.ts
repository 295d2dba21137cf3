/** A Google Cloud cluster's key, buckets and registry. The project's APIs are enabled by the cloud's own unit. */
import * as gcp from '@pulumi/gcp'
import { interpolate } from '@pulumi/pulumi'
import { PrivateBucket } from '../components/gcp/private-bucket.ts'
import { RegionKey } from '../components/gcp/region-key.ts'
import { boundedName, qualifiedName } from '../components/naming.ts'
import { gcpProvider } from '../components/upstream.ts'
import { type Cluster, type UnitContext } from '../contract.ts'
import { type ClusterPrerequisites, type Resolved } from '../outputs.ts'
import { backupRetentionDays, logRetentionDays } from './retention.ts'

/** Registers the cluster's foundation. Bucket names hold the project, since they are unique among all projects. */
export function gcpFoundation (context: UnitContext, cluster: Cluster): Resolved<ClusterPrerequisites> {
  const { federation } = context
  const provider = gcpProvider(context, cluster.region)
  const project = federation.accounts.gcp.project
  const name = qualifiedName(federation, cluster)
  const number = gcp.organizations.getProjectOutput({ projectId: project }, { provider }).number
  const key = new RegionKey(name, {
    location: cluster.region,
    ring: name,
    agents: {
      disks: interpolate`serviceAccount:service-${number}@compute-system.iam.gserviceaccount.com`,
      secrets: interpolate`serviceAccount:service-${number}@container-engine-robot.iam.gserviceaccount.com`,
      buckets: interpolate`serviceAccount:service-${number}@gs-project-accounts.iam.gserviceaccount.com`,
      images: interpolate`serviceAccount:service-${number}@gcp-sa-artifactregistry.iam.gserviceaccount.com`
    }
  }, { provider })
  const usable = { provider, dependsOn: key.grants }
  const bucket = { location: cluster.region, kmsKey: key.key }
  const logs = new PrivateBucket(`${name}-logs`, { ...bucket, bucket: boundedName(63, name, 'logs', project), retentionDays: logRetentionDays(federation), forceDestroy: true }, usable)
  // Backups outlive a mistaken destroy: a bucket that holds some is not deleted.
  const backups = new PrivateBucket(`${name}-backups`, { ...bucket, bucket: boundedName(63, name, 'backups', project), retentionDays: backupRetentionDays(federation), forceDestroy: false }, usable)
  const registry = new gcp.artifactregistry.Repository(`${name}-registry`, {
    repositoryId: boundedName(63, name),
    location: cluster.region,
    format: 'DOCKER',
    dockerConfig: { immutableTags: true },
    kmsKeyName: key.key
  }, usable)
  return {
    kmsKey: key.key,
    logBucket: logs.bucket,
    backupBucket: backups.bucket,
    resourceGroup: '',
    registry: interpolate`${cluster.region}-docker.pkg.dev/${project}/${registry.repositoryId}`
  }
}
