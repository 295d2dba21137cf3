/** Istio's control plane in one cluster: one of several primaries, each on a network of its own. */
import type * as kubernetes from '@pulumi/kubernetes'
import { ComponentResource, type ComponentResourceOptions, type Input } from '@pulumi/pulumi'
import { istioChart } from '../kubernetes/charts.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { meshId, meshNamespace, pushDebounceSeconds, workloadCertificateHours } from './settings.ts'

/** Our own reader takes the place of the charts' (`meshReader`). */
const withoutReader = { enableReaderRBAC: false }

/** Replicas and resources of the control plane by how much the cluster carries. */
function sizeOf (cluster: Cluster): { replicas: number, maximum: number, cpu: string, memory: string } {
  return cluster.role === 'primary' || cluster.role === 'hub'
    ? { replicas: 2, maximum: 5, cpu: '500m', memory: '2Gi' }
    : { replicas: 1, maximum: 3, cpu: '250m', memory: '1Gi' }
}

/**
 * Values of istiod's chart. Exported for tests: the chart's values decide what the mesh enforces.
 */
export function istiodValues (federation: Federation, cluster: Cluster): Record<string, unknown> {
  const { mesh, monitoring } = federation
  const size = sizeOf(cluster)
  return {
    global: {
      meshID: meshId(federation.name),
      multiCluster: { clusterName: cluster.name },
      network: cluster.name,
      logAsJson: true,
      ...withoutReader
    },
    meshConfig: {
      trustDomain: mesh.trustDomain,
      accessLogFile: '/dev/stdout',
      accessLogEncoding: 'JSON',
      meshMTLS: { minProtocolVersion: mesh.minTlsVersion },
      tlsDefaults: { minProtocolVersion: mesh.minTlsVersion },
      localityLbSetting: { enabled: true },
      defaultConfig: {
        // Names of services that run in other clusters only resolve through the sidecar.
        proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' },
        holdApplicationUntilProxyStarts: true,
        // Sidecars leave these out unless asked; alerts read them.
        proxyStatsMatcher: {
          inclusionRegexps: ['.*outlier_detection.*', '.*upstream_rq_pending_overflow.*']
        },
        tracing: { sampling: monitoring.traceSamplingPercent }
      },
      extensionProviders: [{
        name: 'otel',
        opentelemetry: { service: 'otel-collector.monitoring.svc.cluster.local', port: 4317 }
      }]
    },
    // The chart has istiod's own settings at its root; under `pilot`, as the operator had them, it
    // would not look. Pods of the mesh then need no privilege of their own.
    cni: { enabled: true },
    autoscaleMin: size.replicas,
    autoscaleMax: size.maximum,
    resources: { requests: { cpu: size.cpu, memory: size.memory }, limits: { memory: size.memory } },
    env: {
      PILOT_DEBOUNCE_MAX: `${pushDebounceSeconds}s`,
      PILOT_ENABLE_CROSS_CLUSTER_WORKLOAD_ENTRY: 'true',
      // Every cluster serves its own gateways their certificates: a peer's Secrets are nobody
      // else's business.
      PILOT_ENABLE_REMOTE_CREDENTIALS_CONTROLLER: 'false',
      // Proxies have new certificates made when half of this has gone.
      DEFAULT_WORKLOAD_CERT_TTL: `${workloadCertificateHours}h`,
      MAX_WORKLOAD_CERT_TTL: `${workloadCertificateHours}h`
    }
  }
}

export interface IstioArgs {
  readonly federation: Federation
  readonly cluster: Cluster
  /**
   * The Secret with the certificate authority; istiod makes one of its own when it starts without.
   */
  readonly authority: kubernetes.core.v1.Secret
}

/**
 * The base chart (custom kinds), the node agent that sets up pods' networks, and istiod. Gateways
 * depend on `istiod`.
 */
export class Istio extends ComponentResource {
  readonly istiod: kubernetes.helm.v3.Release
  readonly version: Input<string>

  constructor (
    name: string,
    { federation, cluster, authority }: IstioArgs,
    options?: ComponentResourceOptions
  ) {
    super('windlass:mesh:Istio', name, {}, options)
    const version = federation.mesh.istioVersion
    const base = helmRelease('istio-base', {
      chart: istioChart('base', version),
      namespace: meshNamespace,
      values: { defaultRevision: 'default', global: { istioNamespace: meshNamespace, ...withoutReader } }
    }, { parent: this, dependsOn: [authority] })
    const cni = helmRelease('istio-cni', {
      chart: istioChart('cni', version),
      namespace: meshNamespace,
      values: cluster.cloud === 'gcp' ? { global: { platform: 'gke' } } : {}
    }, { parent: this, dependsOn: [base] })
    this.istiod = helmRelease('istiod', {
      chart: istioChart('istiod', version),
      namespace: meshNamespace,
      values: istiodValues(federation, cluster)
    }, { parent: this, dependsOn: [base, cni] })
    this.version = version
    this.registerOutputs({ version })
  }
}
