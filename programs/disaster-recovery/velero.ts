/** Velero: copies of objects and volumes in a bucket. */
import type * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Output, type Resource } from '@pulumi/pulumi'
import { type CloudName } from '../../contract/words.ts'
import { charts } from '../kubernetes/charts.ts'
import { customResource } from '../kubernetes/objects.ts'
import { type BucketAccess, tokenVolumes } from '../kubernetes/pod-identity.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'

export const veleroNamespace = 'velero'

/** Port at which Prometheus reads the metrics of Velero's server (pkg/cmd/server/config). */
export const veleroMetricsPort = 8085

/** The plugin of each cloud's object store; versions that belong to the chart's Velero (1.18). */
const plugins: Readonly<Record<CloudName, { readonly provider: string, readonly image: string }>> = {
  aws: { provider: 'aws', image: 'docker.io/velero/velero-plugin-for-aws:v1.14.2' },
  gcp: { provider: 'gcp', image: 'docker.io/velero/velero-plugin-for-gcp:v1.14.2' },
  azure: { provider: 'azure', image: 'docker.io/velero/velero-plugin-for-microsoft-azure:v1.14.2' }
}

export interface VeleroArgs {
  readonly cluster: Cluster
  /** Cluster whose bucket it is. */
  readonly target: Cluster
  readonly bucket: Output<string>
  readonly resourceGroup: Output<string>
  readonly access: BucketAccess
}

function location ({ cluster, target, bucket, resourceGroup }: VeleroArgs): Record<string, unknown> {
  const { provider } = plugins[target.cloud]
  const shared = { name: 'default', provider, default: true, prefix: cluster.name }
  switch (target.cloud) {
    case 'aws':
      return { ...shared, bucket, config: { region: target.region } }
    case 'gcp':
      return { ...shared, bucket }
    // A bucket is `{account}/{container}`; access by Entra ID, since account keys are off.
    case 'azure':
      return {
        ...shared,
        bucket: bucket.apply((path) => path.split('/')[1] ?? ''),
        config: {
          resourceGroup,
          storageAccount: bucket.apply((path) => path.split('/')[0] ?? ''),
          useAAD: 'true'
        }
      }
  }
}

/**
 * Installs Velero with its location. Volumes are read as files: snapshots would stay in the cloud
 * that may be lost.
 */
export function velero (
  context: UnitContext,
  args: VeleroArgs,
  options: CustomResourceOptions
): kubernetes.helm.v3.Release {
  const { access, target } = args
  const token = tokenVolumes(access)
  const credentials = access.credentialsFile ??
    (target.cloud === 'azure' ? 'AZURE_CLOUD_NAME=AzurePublicCloud\n' : undefined)
  return helmRelease('velero', {
    chart: charts.velero,
    namespace: veleroNamespace,
    values: {
      initContainers: [{
        name: 'object-store-plugin',
        image: plugins[target.cloud].image,
        volumeMounts: [{ mountPath: '/target', name: 'plugins' }],
        resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } }
      }],
      configuration: {
        backupStorageLocation: [location(args)],
        volumeSnapshotLocation: [],
        defaultVolumesToFsBackup: true,
        extraEnvVars: Object.entries(access.environment).map(([name, value]) => ({ name, value }))
      },
      credentials: credentials === undefined
        ? { useSecret: false }
        : { useSecret: true, secretContents: { cloud: credentials } },
      snapshotsEnabled: false,
      deployNodeAgent: true,
      nodeAgent: {
        extraVolumes: token.volumes,
        extraVolumeMounts: token.mounts,
        extraEnvVars: Object.entries(access.environment).map(([name, value]) => ({ name, value })),
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } }
      },
      serviceAccount: { server: { create: true, name: 'velero', annotations: access.annotations } },
      podLabels: access.podLabels,
      extraVolumes: token.volumes,
      extraVolumeMounts: token.mounts,
      metrics: { enabled: true, serviceMonitor: { enabled: false } },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } }
    }
  }, options)
}

export interface ScheduleArgs {
  /** Cron expression in UTC. */
  readonly schedule: string
  readonly retentionDays: number
  /** True when volumes are backed up with the objects. */
  readonly volumes: boolean
  /** Namespaces that are backed up, `*` for all. */
  readonly namespaces: readonly string[]
}

/** Registers a Schedule. */
export function backupSchedule (
  context: UnitContext,
  name: string,
  args: ScheduleArgs,
  options: CustomResourceOptions
): Resource {
  return customResource(context, {
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    name,
    namespace: veleroNamespace,
    resourceName: `schedule-${name}`
  }, {
    schedule: args.schedule,
    useOwnerReferencesInBackup: false,
    template: {
      ttl: `${args.retentionDays * 24}h0m0s`,
      includedNamespaces: [...args.namespaces],
      includeClusterResources: args.volumes,
      storageLocation: 'default',
      snapshotVolumes: false,
      defaultVolumesToFsBackup: args.volumes
    }
  }, options)
}
