/**
 * A cluster's own monitoring: Prometheus that writes to the hub, alerts, probes of its peers, and a
 * collector for traces.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, secret } from '@pulumi/pulumi'
import { kubernetesProvider, upstream } from '../components/upstream.ts'
import { veleroMetricsPort, veleroNamespace } from '../disaster-recovery/velero.ts'
import { charts } from '../kubernetes/charts.ts'
import { customResource, namespace, secretLabels } from '../kubernetes/objects.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { type ClusterMonitoring, type FederationMesh, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram, type UnitContext } from '../types.ts'
import { proberAccess } from './access.ts'
import { alertsOf, ruleGroups } from './alerts.ts'
import { monitoringNamespace, prober, prometheusUrl, remoteWriteUrl } from './hub.ts'
import { clusterOpenings, isolate } from './isolation.ts'
import { metricsUser } from './metrics-store.ts'
import { peerTarget, probes } from './probes.ts'
import { blackboxValues, collectorValues, prometheusValues } from './prometheus.ts'
import { recoveryMonitors } from './recovery.ts'

const operatorApi = 'monitoring.coreos.com/v1'

export const program: PhaseProgram = (context): Resolved<ClusterMonitoring> => {
  const { federation, scope } = context
  const cluster = clusterOf(federation, scope.name)
  const hub = clusterOf(federation, federation.monitoring.hub)
  const provider = kubernetesProvider(context, cluster)
  const password = upstream<FederationMesh>(context, 'mesh', 'global')('metricsPassword')
  // Privileged: node_exporter reads its host.
  const space = namespace(context, monitoringNamespace, 'privileged', {}, { provider })
  const inside = { provider, dependsOn: [space] }
  const at = { namespace: monitoringNamespace }
  isolate(context, clusterOpenings(cluster), inside)

  const credentials = new kubernetes.core.v1.Secret('remote-write', {
    metadata: { name: 'remote-write', ...at, labels: secretLabels(context, 'metrics') },
    type: 'Opaque',
    stringData: { username: metricsUser, password: secret(password) }
  }, inside)
  const stack = helmRelease('prometheus', {
    chart: charts.kubePrometheusStack,
    ...at,
    values: prometheusValues(federation, cluster, {
      cluster: hub,
      url: remoteWriteUrl,
      credentials: credentials.metadata.name
    })
  }, { provider, dependsOn: [space, credentials] })
  const watched = { provider, dependsOn: [stack] }
  helmRelease('otel-collector', {
    chart: charts.openTelemetryCollector,
    ...at,
    values: collectorValues(cluster)
  }, watched)
  const blackbox = helmRelease(prober.name, {
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
  monitors(context, watched)
  const asked = { provider, dependsOn: [blackbox] }
  peerTarget(context, cluster, asked)
  proberAccess(context, watched)
  probes(context, cluster, asked)
  recoveryMonitors(context, cluster, asked)

  return {
    prometheus: prometheusUrl,
    alerts: alertsOf(federation, cluster).map((alert) => alert.name),
    traces: `otel-collector.${monitoringNamespace}.svc.cluster.local:4317`
  }
}

/**
 * Registers what makes Prometheus read the metrics of Istio's control plane, of sidecars and of
 * backups, whose pods come with a later phase.
 */
function monitors (context: UnitContext, options: CustomResourceOptions): void {
  const at = { namespace: monitoringNamespace, apiVersion: operatorApi }
  const interval = `${context.federation.monitoring.scrapeIntervalSeconds}s`
  customResource(context, { ...at, kind: 'ServiceMonitor', name: 'istiod' }, {
    namespaceSelector: { matchNames: [meshNamespace] },
    selector: { matchLabels: { istio: 'pilot' } },
    endpoints: [{ port: 'http-monitoring', interval }]
  }, options)
  customResource(context, { ...at, kind: 'PodMonitor', name: 'sidecars' }, {
    namespaceSelector: { any: true },
    selector: { matchExpressions: [{ key: 'security.istio.io/tlsMode', operator: 'Exists' }] },
    podMetricsEndpoints: [{ path: '/stats/prometheus', targetPort: 15090, interval }]
  }, options)
  // The injector marks gateways less than sidecars: they have labels of their own.
  customResource(context, { ...at, kind: 'PodMonitor', name: 'gateways' }, {
    namespaceSelector: { matchNames: [meshNamespace] },
    selector: {
      matchExpressions: [{ key: 'istio', operator: 'In', values: ['eastwestgateway', 'ingressgateway'] }]
    },
    podMetricsEndpoints: [{ path: '/stats/prometheus', targetPort: 15090, interval }]
  }, options)
  customResource(context, { ...at, kind: 'PodMonitor', name: 'velero' }, {
    namespaceSelector: { matchNames: [veleroNamespace] },
    selector: { matchLabels: { 'app.kubernetes.io/name': 'velero' } },
    podMetricsEndpoints: [{ targetPort: veleroMetricsPort, interval }]
  }, options)
}
