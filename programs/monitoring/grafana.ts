/** The hub's Grafana with its dashboards and the data sources that they read. */
import * as kubernetes from '@pulumi/kubernetes'
import { secret } from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import { charts } from '../kubernetes/charts.ts'
import { objectLabels, secretLabels } from '../kubernetes/objects.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type UnitContext } from '../types.ts'
import { dashboardsOf } from './dashboards.ts'
import { hubServices, monitoringNamespace } from './hub.ts'
import { type MetricsStore, metricsUser } from './metrics-store.ts'

/** Registers Grafana. Returns the names of its dashboards. */
export function grafana (
  context: UnitContext,
  store: MetricsStore,
  provider: kubernetes.Provider
): string[] {
  const options = { provider }
  const dashboards = dashboardsOf(context.federation)
  const models = Object.entries(dashboards).map(([name, model]) =>
    new kubernetes.core.v1.ConfigMap(`dashboard-${name}`, {
      metadata: {
        name: `dashboard-${name}`,
        namespace: monitoringNamespace,
        labels: { ...objectLabels(context, 'dashboard'), grafana_dashboard: '1' }
      },
      data: { [`${name}.json`]: JSON.stringify(model) }
    }, options)
  )
  const admin = new random.RandomPassword('grafana-admin', { length: 32, special: false })
  const credentials = new kubernetes.core.v1.Secret('grafana-credentials', {
    metadata: {
      name: 'grafana-credentials',
      namespace: monitoringNamespace,
      labels: secretLabels(context, 'grafana')
    },
    type: 'Opaque',
    stringData: secret({
      'admin-user': 'admin',
      'admin-password': admin.result,
      METRICS_PASSWORD: store.password
    })
  }, options)
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
      // The password reaches the data source by environment: whoever may read releases can read
      // their values.
      envFromSecret: credentials.metadata.name,
      datasources: dataSources(context.federation.monitoring.scrapeIntervalSeconds),
      ...settings
    }
  }, { provider, dependsOn: [credentials, store.release, ...models] })
  return Object.keys(dashboards)
}

/** The data sources: long-term metrics and traces. */
function dataSources (scrapeIntervalSeconds: number): Record<string, unknown> {
  return {
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
          jsonData: { timeInterval: `${scrapeIntervalSeconds}s` }
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
  }
}

/** Values of the chart that depend on nothing. */
const settings = {
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
