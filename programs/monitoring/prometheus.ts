/** Values of what a cluster monitors itself with; the hub has the other parts for all. */
import { type Input } from '@pulumi/pulumi'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { hubServices, meshClient, prober } from './hub.ts'
import { prometheusVolumes, storageSize } from './volumes.ts'

/** The hub, as a cluster's Prometheus knows it. */
export interface MetricsHub {
  /** Cluster to whose services the sidecar catches traffic. */
  readonly cluster: Cluster
  /** URL that metrics are written to. */
  readonly url: Input<string>
  /** Name of the Secret that holds the hub's user and password. */
  readonly credentials: Input<string>
}

/** Values of the operator's chart. */
export function prometheusValues (
  federation: Federation,
  cluster: Cluster,
  hub: MetricsHub
): Record<string, unknown> {
  return {
    fullnameOverride: 'prometheus',
    alertmanager: { enabled: false },
    grafana: { enabled: false },
    // The clouds run these, and show none of their metrics to the cluster (GKE has no kube-proxy at
    // all).
    kubeControllerManager: { enabled: false },
    kubeEtcd: { enabled: false },
    kubeScheduler: { enabled: false },
    kubeProxy: { enabled: false },
    // Ours say who is responsible and what to do.
    defaultRules: { create: false },
    prometheus: { prometheusSpec: prometheusSpec(federation, cluster, hub) },
    prometheusOperator: {
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }
    }
  }
}

/** Objects of any release are watched: those of later phases come without the chart's label. */
const watchAll = {
  ruleSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
  podMonitorSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false
}

function prometheusSpec (
  federation: Federation,
  cluster: Cluster,
  hub: MetricsHub
): Record<string, unknown> {
  const { scrapeIntervalSeconds } = federation.monitoring
  const { podLabels, podAnnotations } = meshClient(hub.cluster, cluster)
  const volumes = prometheusVolumes(cluster)
  const large = volumes.count > 1
  return {
    ...watchAll,
    replicas: volumes.count,
    // The hub keeps what is older.
    retention: '24h',
    scrapeInterval: `${scrapeIntervalSeconds}s`,
    evaluationInterval: `${scrapeIntervalSeconds}s`,
    externalLabels: {
      cluster: cluster.name,
      federation: federation.name,
      region: cluster.region,
      cloud: cluster.cloud,
      role: cluster.role
    },
    remoteWrite: [{
      url: hub.url,
      name: 'hub',
      basicAuth: {
        username: { name: hub.credentials, key: 'username' },
        password: { name: hub.credentials, key: 'password' }
      },
      queueConfig: { capacity: 10_000, maxShards: 20, maxSamplesPerSend: 2000 }
    }],
    additionalAlertManagerConfigs: [{
      scheme: 'http',
      api_version: 'v2',
      static_configs: [{ targets: [`${hubServices.alertmanager}:9093`] }]
    }],
    podMetadata: { labels: podLabels, annotations: podAnnotations },
    resources: large
      ? { requests: { cpu: '1', memory: '4Gi' }, limits: { memory: '8Gi' } }
      : { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } },
    storageSpec: {
      volumeClaimTemplate: {
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: storageSize(volumes) } }
        }
      }
    }
  }
}

/** Values of the OpenTelemetry collector: traces in, named by cluster, on to the hub. */
export function collectorValues (cluster: Cluster): Record<string, unknown> {
  return {
    fullnameOverride: 'otel-collector',
    mode: 'deployment',
    replicaCount: cluster.role === 'primary' || cluster.role === 'hub' ? 2 : 1,
    image: { repository: 'docker.io/otel/opentelemetry-collector-contrib' },
    podLabels: { 'sidecar.istio.io/inject': 'true' },
    config: {
      processors: {
        memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
        resource: {
          attributes: [{ key: 'k8s.cluster.name', value: cluster.name, action: 'upsert' }, {
            key: 'cloud.region',
            value: cluster.region,
            action: 'upsert'
          }]
        },
        batch: {}
      },
      exporters: {
        // The mesh encrypts.
        otlp_grpc: {
          endpoint: `${hubServices.traces}:4317`,
          tls: { insecure: true },
          sending_queue: { queue_size: 1000 },
          retry_on_failure: { max_elapsed_time: '300s' }
        }
      },
      service: {
        pipelines: {
          traces: {
            receivers: ['otlp'],
            processors: ['memory_limiter', 'resource', 'batch'],
            exporters: ['otlp_grpc']
          }
        }
      }
    },
    resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { memory: '512Mi' } }
  }
}

/** Values of the blackbox exporter: the ways in which probes ask. */
export function blackboxValues (federation: Federation): Record<string, unknown> {
  return {
    fullnameOverride: prober.name,
    config: {
      modules: {
        http_2xx: {
          prober: 'http',
          timeout: '3s',
          http: { method: 'GET', preferred_ip_protocol: 'ip4', valid_http_versions: ['HTTP/1.1', 'HTTP/2.0'] }
        },
        // Ingress certificates are signed by the federation's own root, which probes from outside
        // the mesh do not carry: who answers is checked by name, not by chain.
        https_ready: {
          prober: 'http',
          timeout: '3s',
          http: {
            method: 'GET',
            preferred_ip_protocol: 'ip4',
            fail_if_not_ssl: true,
            tls_config: { insecure_skip_verify: true, min_version: 'TLS13' }
          }
        },
        // Asked of the cluster's own resolver, as applications do.
        dns_host: {
          prober: 'dns',
          timeout: '3s',
          dns: {
            query_name: federation.dns.host,
            query_type: 'A',
            preferred_ip_protocol: 'ip4',
            valid_rcodes: ['NOERROR']
          }
        }
      }
    },
    pod: { labels: { 'sidecar.istio.io/inject': 'true' } },
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } }
  }
}
