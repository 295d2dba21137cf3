/**
 * Long-term metrics of the whole federation: Mimir in the hub, with the hub's log bucket behind it,
 * and the alerts that look at all clusters.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, interpolate, type Output, type Resource, secret } from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import { type CloudName } from '../../contract/words.ts'
import { upstream } from '../components/upstream.ts'
import { bucketAccess } from '../kubernetes/bucket-access.ts'
import { charts } from '../kubernetes/charts.ts'
import { objectLabels } from '../kubernetes/objects.ts'
import { type BucketAccess, tokenFolder } from '../kubernetes/pod-identity.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type ClusterInfrastructure, type ClusterPrerequisites } from '../outputs.ts'
import { type Cluster, type UnitContext } from '../types.ts'
import { rulesOf } from './alert.ts'
import { federationAlerts } from './federation-alerts.ts'
import { hubServices, meshClient, metricsReplicas, monitoringNamespace } from './hub.ts'

/** The user that Prometheus and Grafana are to the gateway. */
export const metricsUser = 'windlass'

const RULES_FOLDER = '/etc/mimir-rules'

/** What Mimir calls each cloud's object store. */
const storageBackends: Readonly<Record<CloudName, string>> = { aws: 's3', gcp: 'gcs', azure: 'azure' }

/**
 * Mimir's storage settings: which service, and the bucket. On Azure a bucket is
 * `{account}/{container}`.
 */
export function storageSettings (hub: Cluster, bucket: Output<string>): Record<string, unknown> {
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

/** A projected token as chart values want volumes, when the access needs one. */
export function tokenVolumes (
  access: BucketAccess
): { volumes: Record<string, unknown>[], mounts: Record<string, unknown>[] } {
  if (access.tokenAudience === undefined) return { volumes: [], mounts: [] }
  return {
    // An hour is what the clouds' token exchanges accept at most; kubelet renews it before.
    volumes: [{
      name: 'bucket-access',
      projected: {
        sources: [{
          serviceAccountToken: { path: 'token', audience: access.tokenAudience, expirationSeconds: 3600 }
        }]
      }
    }],
    mounts: [{ name: 'bucket-access', mountPath: tokenFolder, readOnly: true }]
  }
}

/** `password`: of `metricsUser`, secret. */
export interface MetricsStore {
  readonly release: Resource
  readonly password: Output<string>
}

/** Registers the store, its identity for the bucket, and the password of its gateway. */
export function metricsStore (
  context: UnitContext,
  hub: Cluster,
  options: CustomResourceOptions
): MetricsStore {
  const { monitoring } = context.federation
  const prerequisites = upstream<ClusterPrerequisites>(context, 'prerequisites', hub.name)
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', hub.name)
  const password = new random.RandomPassword('remote-write', { length: 32, special: false })
  const users = new kubernetes.core.v1.Secret('mimir-users', {
    metadata: {
      name: 'mimir-users',
      namespace: monitoringNamespace,
      labels: objectLabels(context, 'metrics')
    },
    type: 'Opaque',
    stringData: { '.htpasswd': secret(interpolate`${metricsUser}:${password.bcryptHash}`) }
  }, options)
  const access = bucketAccess(context, {
    name: `${hub.name}-metrics`,
    home: hub,
    issuer: infrastructure('oidcIssuer'),
    clusterName: infrastructure('clusterName'),
    namespace: monitoringNamespace,
    serviceAccount: 'mimir',
    owner: hub,
    bucket: prerequisites('logBucket'),
    kmsKey: prerequisites('kmsKey'),
    resourceGroup: prerequisites('resourceGroup')
  })
  const token = tokenVolumes(access)
  const rules = new kubernetes.core.v1.ConfigMap('federation-rules', {
    metadata: {
      name: 'federation-rules',
      namespace: monitoringNamespace,
      labels: objectLabels(context, 'metrics')
    },
    // JSON is YAML.
    data: {
      'federation.yaml': JSON.stringify(
        rulesOf(context.federation, federationAlerts(context.federation)),
        null,
        2
      )
    }
  }, options)
  const replicas = { replicas: metricsReplicas, zoneAwareReplication: { enabled: false } }
  const release = helmRelease('mimir', {
    chart: charts.mimir,
    namespace: monitoringNamespace,
    values: {
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
        extraVolumes: [{ name: 'rules', configMap: { name: rules.metadata.name } }],
        extraVolumeMounts: [{ name: 'rules', mountPath: `${RULES_FOLDER}/anonymous`, readOnly: true }]
      },
      alertmanager: { enabled: false },
      serviceAccount: { create: true, name: 'mimir', annotations: access.annotations },
      global: {
        podLabels: access.podLabels,
        extraEnv: Object.entries(access.environment).map(([name, value]) => ({ name, value })),
        extraVolumes: token.volumes,
        extraVolumeMounts: token.mounts
      },
      mimir: {
        structuredConfig: {
          multitenancy_enabled: false,
          common: { storage: storageSettings(hub, prerequisites('logBucket')) },
          // The chart names s3 here, which would win over what is common.
          blocks_storage: { backend: storageBackends[hub.cloud], storage_prefix: 'metrics' },
          // Rules come with the deployment, not by an API. Without tenants everything belongs to
          // `anonymous`.
          ruler_storage: { backend: 'local', local: { directory: RULES_FOLDER } },
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
      },
      ingester: { ...replicas, persistentVolume: { size: '100Gi' } },
      store_gateway: { ...replicas, persistentVolume: { size: '50Gi' } },
      distributor: { replicas: metricsReplicas },
      querier: { replicas: 2 },
      gateway: {
        // The mesh ends here: the parts behind it find each other by pods' addresses that they
        // gossip, which sidecars of a strict mesh refuse. They are closed off by the namespace's
        // network policies (isolation.ts).
        enabledNonEnterprise: true,
        replicas: 2,
        podLabels: { 'sidecar.istio.io/inject': 'true' },
        nginx: { basicAuth: { enabled: true, existingSecret: users.metadata.name } }
      }
    }
  }, { ...options, dependsOn: [users, rules, ...access.ready] })
  return { release, password: secret(password.result) }
}
