/**
 * The hub's services for the whole federation: long-term metrics, Grafana with its dashboards,
 * Alertmanager, traces.
 */
import { kubernetesProvider } from '../components/upstream.ts'
import { namespace } from '../kubernetes/objects.ts'
import { type FederationMonitoring, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { serviceAccess } from './access.ts'
import { alertmanager } from './alertmanager.ts'
import { grafana } from './grafana.ts'
import { hubServices, monitoringNamespace } from './hub.ts'
import { hubOpenings, isolate } from './isolation.ts'
import { metricsStore } from './metrics-store.ts'
import { jaeger } from './tracing.ts'

export const program: PhaseProgram = (context): Resolved<FederationMonitoring> => {
  const { federation } = context
  const hub = clusterOf(federation, federation.monitoring.hub)
  const provider = kubernetesProvider(context, hub)
  // Privileged: node_exporter of the cluster's own monitoring looks at its host.
  const space = namespace(context, monitoringNamespace, 'privileged', {}, { provider })
  const inside = { provider, dependsOn: [space] }
  isolate(context, hubOpenings(), inside)
  const store = metricsStore(context, hub, inside)
  alertmanager(context, inside)
  jaeger(context, inside)
  serviceAccess(context, inside)

  const dashboards = grafana(context, store, provider, space)

  return {
    remoteWriteUrl: `http://${hubServices.metrics}/api/v1/push`,
    remoteWritePassword: store.password,
    grafanaUrl: `http://${hubServices.grafana}`,
    alertmanagerUrl: `http://${hubServices.alertmanager}:9093`,
    dashboards
  }
}
