/**
 * The hub's services for the whole federation: long-term metrics, Grafana with its dashboards,
 * Alertmanager, traces.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { secret } from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import { kubernetesProvider } from '../components/upstream.ts'
import { charts } from '../kubernetes/charts.ts'
import { namespace, objectLabels } from '../kubernetes/objects.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type FederationMonitoring, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { serviceAccess } from './access.ts'
import { alertmanager } from './alertmanager.ts'
import { dashboardsOf } from './dashboards.ts'
import { hubServices, monitoringNamespace } from './hub.ts'
import { hubOpenings, isolate } from './isolation.ts'
import { metricsStore, metricsUser } from './metrics-store.ts'
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

  const dashboards = dashboardsOf(federation)
  const models = Object.entries(dashboards).map(([name, model]) =>
    new kubernetes.core.v1.ConfigMap(`dashboard-${name}`, {
      metadata: {
        name: `dashboard-${name}`,
        namespace: monitoringNamespace,
        labels: { ...objectLabels(context, 'dashboard'), grafana_dashboard: '1' }
      },
      data: { [`${name}.json`]: JSON.stringify(model) }
    }, inside)
  )
  const admin = new random.RandomPassword('grafana-admin', { length: 32, special: false })
  const credentials = new kubernetes.core.v1.Secret('grafana-credentials', {
    metadata: {
      name: 'grafana-credentials',
      namespace: monitoringNamespace,
      labels: objectLabels(context, 'grafana')
    },
    type: 'Opaque',
    stringData: secret({
      'admin-user': 'admin',
      'admin-password': admin.result,
      METRICS_PASSWORD: store.password
    })
  }, inside)
  helmRelease('grafana', {
    chart: charts.grafana,
    namespace: monitoringNamespace,
    values: {
      fullnameOverride: 'grafana',
      replicas: 2,
      admin: {
        existingSecret: credentials.metadata.name,
        userKey: 'admin-user',
        passwordKey: 'admin-password'
      },
      // The password reaches the data source by environment: values are readable by whoever may
      // read releases.
      envFromSecret: credentials.metadata.name,
      datasources: {
        'datasources.yaml': {
          apiVersion: 1,
          datasources: [
            {
              name: 'Mimir',
              uid: 'mimir',
              type: 'prometheus',
              access: 'proxy',
              url: `http://${hubServices.metrics}/prometheus`,
              isDefault: true,
              basicAuth: true,
              basicAuthUser: metricsUser,
              secureJsonData: { basicAuthPassword: '$METRICS_PASSWORD' },
              jsonData: { timeInterval: `${federation.monitoring.scrapeIntervalSeconds}s` }
            },
            {
              name: 'Jaeger',
              uid: 'jaeger',
              type: 'jaeger',
              access: 'proxy',
              url: `http://${hubServices.traces}:16686`
            }
          ]
        }
      },
      sidecar: {
        dashboards: {
          enabled: true,
          label: 'grafana_dashboard',
          labelValue: '1',
          searchNamespace: monitoringNamespace
        }
      },
      'grafana.ini': {
        analytics: { reporting_enabled: false, check_for_updates: false },
        auth: { disable_login_form: false },
        security: { cookie_secure: true, strict_transport_security: true },
        users: { allow_sign_up: false }
      },
      persistence: { enabled: false },
      podLabels: { 'sidecar.istio.io/inject': 'true' },
      podDisruptionBudget: { minAvailable: 1 },
      resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { memory: '512Mi' } }
    }
  }, { provider, dependsOn: [space, credentials, store.release, ...models] })

  return {
    remoteWriteUrl: `http://${hubServices.metrics}/api/v1/push`,
    remoteWritePassword: store.password,
    grafanaUrl: `http://${hubServices.grafana}`,
    alertmanagerUrl: `http://${hubServices.alertmanager}:9093`,
    dashboards: Object.keys(dashboards)
  }
}
