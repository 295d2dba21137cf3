/**
 * A Google Cloud cluster's key, buckets and registry. The cloud's own unit enables the project's
 * APIs and has its service agents made.
 */
import * as gcp from '@pulumi/gcp'
import { type CustomResourceOptions, interpolate, type Output } from '@pulumi/pulumi'
import { PrivateBucket } from '../components/gcp/private-bucket.ts'
import { RegionKey } from '../components/gcp/region-key.ts'
import { takesEffect } from '../components/grants.ts'
import { boundedName, qualifiedName } from '../components/naming.ts'
import { gcpProvider, upstream } from '../components/upstream.ts'
import {
  type CloudPrerequisites,
  type ClusterAudit,
  type ClusterPrerequisites,
  type Resolved
} from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { requireResidency } from './residency.ts'
import { backupRetentionDays, logRetentionDays } from './retention.ts'

/**
 * Registers the cluster's foundation. Bucket names hold the project, since they are unique among
 * all projects.
 */
export function gcpFoundation (
  context: UnitContext,
  cluster: Cluster
): Resolved<ClusterPrerequisites & ClusterAudit> {
  const { federation } = context
  const provider = gcpProvider(context, cluster.region)
  const project = federation.accounts.gcp.project
  const name = qualifiedName(federation, cluster)
  // The cloud's unit has the agents made: a grant to one that does not exist is refused.
  const number = upstream<CloudPrerequisites>(context, 'prerequisites', 'gcp')('account')
  const agent = (domain: string): Output<string> =>
    interpolate`serviceAccount:service-${number}@${domain}.iam.gserviceaccount.com`
  requireResidency(
    federation,
    cluster,
    ['key', 'log bucket', 'backup bucket', 'registry'].map((what) => ({ what, location: cluster.region }))
  )
  const key = new RegionKey(name, {
    location: cluster.region,
    ring: name,
    granted: takesEffect(context, 'gcp'),
    agents: {
      disks: agent('compute-system'),
      secrets: agent('container-engine-robot'),
      buckets: agent('gs-project-accounts'),
      images: agent('gcp-sa-artifactregistry')
    }
  }, { provider })
  const usable = { provider, dependsOn: key.grants }
  const bucket = { location: cluster.region, kmsKey: key.key }
  const logs = new PrivateBucket(`${name}-logs`, {
    ...bucket,
    bucket: boundedName(63, name, 'logs', project),
    retentionDays: logRetentionDays(federation),
    forceDestroy: true
  }, usable)
  // Backups outlive a mistaken destroy: a bucket that holds some is not deleted.
  const backups = new PrivateBucket(`${name}-backups`, {
    ...bucket,
    bucket: boundedName(63, name, 'backups', project),
    retentionDays: backupRetentionDays(federation),
    keepsCurrent: true,
    forceDestroy: false
  }, usable)
  const registry = clusterRegistry(name, cluster, key, usable)
  auditSink(name, cluster, logs, provider)
  return {
    kmsKey: key.key,
    logBucket: logs.bucket,
    backupBucket: backups.bucket,
    auditWorkspace: '',
    resourceGroup: '',
    registry: interpolate`${cluster.region}-docker.pkg.dev/${project}/${registry.repositoryId}`
  }
}

function clusterRegistry (
  name: string,
  cluster: Cluster,
  { key }: RegionKey,
  options: CustomResourceOptions
): gcp.artifactregistry.Repository {
  return new gcp.artifactregistry.Repository(`${name}-registry`, {
    repositoryId: boundedName(63, name),
    location: cluster.region,
    format: 'DOCKER',
    dockerConfig: { immutableTags: true },
    vulnerabilityScanningConfig: { enablementConfig: 'INHERITED' },
    cleanupPolicyDryRun: false,
    // Two weeks, in seconds: what lost its tag, or never had one, is of no use after them.
    cleanupPolicies: [{
      id: 'untagged',
      action: 'DELETE',
      condition: { tagState: 'UNTAGGED', olderThan: '1209600s' }
    }],
    kmsKeyName: key
  }, options)
}

/**
 * Keeps what is done to the region's resources, and each access to its buckets, in the region with
 * the other logs.
 */
function auditSink (name: string, cluster: Cluster, logs: PrivateBucket, provider: gcp.Provider): void {
  const kinds = ['activity', 'data_access', 'policy'].map((kind) =>
    `log_id("cloudaudit.googleapis.com/${kind}")`
  )
  const sink = new gcp.logging.ProjectSink(`${name}-audit`, {
    name: boundedName(100, name, 'audit'),
    destination: interpolate`storage.googleapis.com/${logs.bucket}`,
    filter: `(${kinds.join(' OR ')}) AND resource.labels.location:"${cluster.region}"`,
    uniqueWriterIdentity: true
  }, { provider })
  new gcp.storage.BucketIAMMember(`${name}-audit`, {
    bucket: logs.bucket,
    role: 'roles/storage.objectCreator',
    member: sink.writerIdentity
  }, { provider })
}
