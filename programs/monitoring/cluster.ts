/**
 * A cluster's own monitoring: Prometheus that writes to the hub, alerts, probes of its peers, and a
 * collector for traces.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { secret } from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import { charts } from '../kubernetes/charts.ts'
import { customResource, namespace, objectLabels } from '../kubernetes/objects.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { type ClusterMonitoring, type FederationMonitoring, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster, type Federation, type PhaseProgram } from '../types.ts'
import { alertsOf, ruleGroups } from './alerts.ts'
import { monitoringNamespace } from './hub.ts'
import { clusterOpenings, isolate } from './isolation.ts'
import { metricsUser } from './metrics-store.ts'
import { blackboxValues, collectorValues, prometheusValues } from './prometheus.ts'

const operatorApi = 'monitoring.coreos.com/v1'

/**
 * The route between two clusters as latency targets name it, whichever end is first; undefined
 * where there is no target.
 */
export function latencyRoute (federation: Federation, from: Cluster, to: Cluster): string | undefined {
  const inside = from.region === to.region
  const target = federation.latencyTargets.find((candidate) =>
    inside
      ? candidate.from === 'intra-region'
      : (candidate.from === from.area && candidate.to === to.area) ||
        (candidate.from === to.area && candidate.to === from.area)
  )
  return target && `${target.from}-${target.to}`
}

export const program: PhaseProgram = (context): Resolved<ClusterMonitoring> => {
  const { federation, scope } = context
  const cluster = clusterOf(federation, scope.name)
  const hub = clusterOf(federation, federation.monitoring.hub)
  const provider = kubernetesProvider(context, cluster)
  const services = upstream<FederationMonitoring>(context, 'monitoring', 'global')
  // The hub's namespace belongs to the federation's own unit. Privileged: node_exporter looks at
  // its host.
  const space = cluster.name === hub.name
    ? []
    : [namespace(context, monitoringNamespace, 'privileged', {}, { provider })]
  const inside = { provider, dependsOn: space }
  const at = { namespace: monitoringNamespace }
  isolate(context, clusterOpenings(cluster), inside)

  const credentials = new kubernetes.core.v1.Secret('remote-write', {
    metadata: { name: 'remote-write', ...at, labels: objectLabels(context, 'metrics') },
    type: 'Opaque',
    stringData: { username: metricsUser, password: secret(services('remoteWritePassword')) }
  }, inside)
  const stack = helmRelease('prometheus', {
    chart: charts.kubePrometheusStack,
    ...at,
    values: prometheusValues(federation, cluster, hub, services('remoteWriteUrl'), credentials.metadata.name)
  }, { provider, dependsOn: [...space, credentials] })
  const watched = { provider, dependsOn: [stack] }
  helmRelease('otel-collector', {
    chart: charts.openTelemetryCollector,
    ...at,
    values: collectorValues(cluster)
  }, watched)
  const blackbox = helmRelease('blackbox-exporter', {
    chart: charts.blackboxExporter,
    ...at,
    values: blackboxValues(federation)
  }, watched)

  customResource(
    context,
    { ...at, apiVersion: operatorApi, kind: 'PrometheusRule', name: 'windlass-alerts' },
    ruleGroups(federation, cluster),
    watched
  )
  customResource(context, { ...at, apiVersion: operatorApi, kind: 'ServiceMonitor', name: 'istiod' }, {
    namespaceSelector: { matchNames: [meshNamespace] },
    selector: { matchLabels: { istio: 'pilot' } },
    endpoints: [{ port: 'http-monitoring', interval: `${federation.monitoring.scrapeIntervalSeconds}s` }]
  }, watched)
  customResource(context, { ...at, apiVersion: operatorApi, kind: 'PodMonitor', name: 'sidecars' }, {
    namespaceSelector: { any: true },
    selector: { matchExpressions: [{ key: 'security.istio.io/tlsMode', operator: 'Exists' }] },
    podMetricsEndpoints: [{
      path: '/stats/prometheus',
      targetPort: 15090,
      interval: `${federation.monitoring.scrapeIntervalSeconds}s`
    }]
  }, watched)
  for (const peer of federation.clusters) {
    const self = peer.name === cluster.name
    const route = latencyRoute(federation, cluster, peer)
    customResource(context, { ...at, apiVersion: operatorApi, kind: 'Probe', name: `latency-${peer.name}` }, {
      jobName: 'peer-latency',
      interval: `${federation.monitoring.scrapeIntervalSeconds}s`,
      module: 'http_2xx',
      prober: { url: `blackbox-exporter.${monitoringNamespace}.svc:9115` },
      targets: {
        staticConfig: {
          static: [
            self
              ? `http://istio-eastwestgateway.${meshNamespace}.svc:15021/healthz/ready`
              : `http://${peer.name}.clusters.${federation.mesh.trustDomain}:15021/healthz/ready`
          ],
          labels: { peer: peer.name, ...(route === undefined ? {} : { route }) }
        }
      }
    }, { provider, dependsOn: [blackbox] })
  }

  const prober = { url: `blackbox-exporter.${monitoringNamespace}.svc:9115` }
  customResource(context, { ...at, apiVersion: operatorApi, kind: 'Probe', name: 'global-endpoint' }, {
    jobName: 'global-endpoint',
    interval: '10s',
    module: 'https_ready',
    prober,
    targets: { staticConfig: { static: [`https://${federation.dns.host}/healthz/ready`] } }
  }, { provider, dependsOn: [blackbox] })
  customResource(context, { ...at, apiVersion: operatorApi, kind: 'Probe', name: 'dns' }, {
    jobName: 'dns',
    interval: '10s',
    module: 'dns_host',
    prober,
    targets: { staticConfig: { static: ['kube-dns.kube-system.svc:53'] } }
  }, { provider, dependsOn: [blackbox] })

  return {
    prometheus: `http://prometheus-prometheus.${monitoringNamespace}.svc:9090`,
    alerts: alertsOf(federation, cluster).map((alert) => alert.name),
    traces: `otel-collector.${monitoringNamespace}.svc.cluster.local:4317`
  }
}
