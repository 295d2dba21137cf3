/**
 * Long-term metrics of the whole federation: Mimir in the hub, with the hub's log bucket behind it,
 * and the alerts that look at all clusters.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, interpolate, type Output, type Resource, secret } from '@pulumi/pulumi'
import { upstream } from '../components/upstream.ts'
import { bucketAccess } from '../kubernetes/bucket-access.ts'
import { charts } from '../kubernetes/charts.ts'
import { objectLabels, secretLabels } from '../kubernetes/objects.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type ClusterInfrastructure, type ClusterPrerequisites, type FederationMesh } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { rulesOf } from './alert.ts'
import { federationAlerts } from './federation-alerts.ts'
import { monitoringNamespace } from './hub.ts'
import { mimirValues } from './mimir.ts'

/** The user that Prometheus and Grafana are to the gateway. */
export const metricsUser = 'windlass'

export interface MetricsStore {
  readonly release: Resource
  /** Password of `metricsUser`, secret. */
  readonly password: Output<string>
}

/** Registers the store, its identity for the bucket, and its gateway's users. */
export function metricsStore (
  context: UnitContext,
  hub: Cluster,
  options: CustomResourceOptions
): MetricsStore {
  const prerequisites = upstream<ClusterPrerequisites>(context, 'prerequisites', hub.name)
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', hub.name)
  const shared = upstream<FederationMesh>(context, 'mesh', 'global')
  const users = new kubernetes.core.v1.Secret('mimir-users', {
    metadata: {
      name: 'mimir-users',
      namespace: monitoringNamespace,
      labels: secretLabels(context, 'metrics')
    },
    type: 'Opaque',
    stringData: { '.htpasswd': secret(interpolate`${metricsUser}:${shared('metricsPasswordHash')}`) }
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
  const release = helmRelease('mimir', {
    chart: charts.mimir,
    namespace: monitoringNamespace,
    values: mimirValues(context.federation, {
      hub,
      bucket: prerequisites('logBucket'),
      access,
      rules: rules.metadata.name,
      users: users.metadata.name
    })
  }, { ...options, dependsOn: [users, rules, ...access.ready] })
  return { release, password: secret(shared('metricsPassword')) }
}
