/** Values of Mimir's chart: the store of the federation's long-term metrics. */
import { type Input, type Output } from '@pulumi/pulumi'
import { type CloudName } from '../../contract/words.ts'
import { type BucketAccess, tokenVolumes } from '../kubernetes/pod-identity.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { hubServices, meshClient, metricsReplicas } from './hub.ts'
import { hubVolumes, storageSize, type Volumes } from './volumes.ts'

export interface MimirParts {
  readonly hub: Cluster
  /** Bucket of the metrics. */
  readonly bucket: Output<string>
  /** Access of Mimir's pods to the bucket. */
  readonly access: BucketAccess
  /** Name of the ConfigMap that holds the rules. */
  readonly rules: Input<string>
  /** Name of the Secret that holds the gateway's users. */
  readonly users: Input<string>
}

const rulesFolder = '/etc/mimir-rules'

/** Mimir's names of the clouds' object stores. */
const storageBackends: Readonly<Record<CloudName, string>> = { aws: 's3', gcp: 'gcs', azure: 'azure' }

/** Storage settings: the service, and the bucket. On Azure a bucket is `{account}/{container}`. */
function storageSettings (hub: Cluster, bucket: Output<string>): Record<string, unknown> {
  switch (hub.cloud) {
    case 'aws':
      return {
        backend: storageBackends.aws,
        s3: { endpoint: `s3.${hub.region}.amazonaws.com`, region: hub.region, bucket_name: bucket }
      }
    case 'gcp':
      return { backend: storageBackends.gcp, gcs: { bucket_name: bucket } }
    case 'azure':
      return {
        backend: storageBackends.azure,
        azure: {
          account_name: bucket.apply((path) => path.split('/')[0] ?? ''),
          container_name: bucket.apply((path) => path.split('/')[1] ?? '')
        }
      }
  }
}

/** Values of the chart. */
export function mimirValues (
  { monitoring }: Federation,
  { hub, bucket, access, rules, users }: MimirParts
): Record<string, unknown> {
  const token = tokenVolumes(access)
  const stateful = (volumes: Volumes): Record<string, unknown> => ({
    replicas: volumes.count,
    zoneAwareReplication: { enabled: false },
    persistentVolume: { size: storageSize(volumes) }
  })
  return {
    fullnameOverride: 'mimir',
    minio: { enabled: false },
    nginx: { enabled: false },
    // It orders restarts of replicas in zones, which are not told apart here.
    rollout_operator: { enabled: false },
    ruler: {
      enabled: true,
      replicas: 2,
      ...meshClient(hub),
      // Beside the global ones, which every part gets.
      extraVolumes: [{ name: 'rules', configMap: { name: rules } }],
      extraVolumeMounts: [{ name: 'rules', mountPath: `${rulesFolder}/anonymous`, readOnly: true }]
    },
    alertmanager: { enabled: false },
    serviceAccount: { create: true, name: 'mimir', annotations: access.annotations },
    global: {
      podLabels: access.podLabels,
      extraEnv: Object.entries(access.environment).map(([name, value]) => ({ name, value })),
      extraVolumes: token.volumes,
      extraVolumeMounts: token.mounts
    },
    mimir: { structuredConfig: configuration(monitoring, hub, bucket) },
    ingester: stateful(hubVolumes.ingester),
    store_gateway: stateful(hubVolumes.storeGateway),
    distributor: { replicas: metricsReplicas },
    querier: { replicas: 2 },
    gateway: {
      // The mesh ends here: the parts behind it find each other by pods' addresses that they
      // gossip, which sidecars of a strict mesh refuse. The namespace's network policies close them
      // off (isolation.ts).
      enabledNonEnterprise: true,
      replicas: 2,
      podLabels: { 'sidecar.istio.io/inject': 'true' },
      nginx: { basicAuth: { enabled: true, existingSecret: users } }
    }
  }
}

/** Mimir's own configuration. */
function configuration (
  monitoring: Federation['monitoring'],
  hub: Cluster,
  bucket: Output<string>
): Record<string, unknown> {
  return {
    multitenancy_enabled: false,
    common: { storage: storageSettings(hub, bucket) },
    // The chart names s3 here, which would win over what is common.
    blocks_storage: { backend: storageBackends[hub.cloud], storage_prefix: 'metrics' },
    // Rules come with the deployment, not by an API. Without tenants everything belongs to
    // `anonymous`.
    ruler_storage: { backend: 'local', local: { directory: rulesFolder } },
    ruler: {
      alertmanager_url: `http://${hubServices.alertmanager}:9093`,
      evaluation_interval: `${monitoring.scrapeIntervalSeconds}s`
    },
    limits: {
      compactor_blocks_retention_period: `${monitoring.retentionDays}d`,
      // A federation of forty clusters of twenty nodes writes about this much.
      max_global_series_per_user: 10_000_000,
      ingestion_rate: 500_000,
      ingestion_burst_size: 2_000_000
    }
  }
}
