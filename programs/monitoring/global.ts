/**
 * The hub's services for the whole federation: long-term metrics, Grafana with its dashboards,
 * Alertmanager, traces.
 */
import { kubernetesProvider } from '../components/upstream.ts'
import { type FederationMonitoring, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { serviceAccess } from './access.ts'
import { alertmanager } from './alertmanager.ts'
import { grafana } from './grafana.ts'
import { hubServices, remoteWriteUrl } from './hub.ts'
import { hubOpenings, isolate } from './isolation.ts'
import { metricsStore } from './metrics-store.ts'
import { jaeger } from './tracing.ts'

export const program: PhaseProgram = (context): Resolved<FederationMonitoring> => {
  const { federation } = context
  const hub = clusterOf(federation, federation.monitoring.hub)
  const provider = kubernetesProvider(context, hub)
  // The namespace is the hub's own, whose unit comes before.
  const inside = { provider }
  isolate(context, hubOpenings(), inside)
  const store = metricsStore(context, hub, inside)
  alertmanager(context, inside)
  jaeger(context, inside)
  serviceAccess(context, inside)

  const dashboards = grafana(context, store, provider)

  return {
    remoteWriteUrl,
    grafanaUrl: `http://${hubServices.grafana}`,
    alertmanagerUrl: `http://${hubServices.alertmanager}:9093`,
    dashboards
  }
}
