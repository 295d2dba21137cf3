/** Data table: charts of what watches a cluster. */
import { type WireObject } from '../../../wire.ts'
import { numberAt, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../../wire-values.ts'
import { type Workload } from '../workloads.ts'
import {
  account,
  accountName,
  appLabels,
  type Brought,
  type ChartRow,
  fullName,
  given,
  hostPath,
  type Installed,
  instead,
  list,
  ownAccount,
  placement,
  pods,
  restrictedContainer,
  switched
} from './chart.ts'
import { prometheusLabels, stackChart, stackName } from './prometheus.ts'

const stack = stackChart
const runtimeDefault = { type: 'RuntimeDefault' }
const nobody: WireObject = { runAsGroup: 65_534, runAsUser: 65_534, fsGroup: 65_534, runAsNonRoot: true }

/** Values of a chart inside another one. */
const part = ({ values }: Installed, name: string): WireObject => objectAt(values, name)
const partName = (release: Installed, name: string): string =>
  stringAt(part(release, name), 'fullnameOverride') || `${release.name}-${name}`

const operatorLabels = (release: Installed): WireObject => ({
  app: `${stack}-operator`,
  release: release.name,
  ...appLabels(release, `${stack}-prometheus-operator`)
})

function operator (release: Installed): Workload[] {
  const values = objectAt(release.values, 'prometheusOperator')
  if (!switched(values, 'enabled', true)) return []
  const name = `${stackName(release)}-operator`
  return [
    pods(release, {
      kind: 'Deployment',
      name,
      labels: operatorLabels(release),
      podLabels: objectAt(values, 'podLabels'),
      priorityClassName: stringAt(values, 'priorityClassName') ?? '',
      spec: {
        ...placement(values),
        serviceAccountName: stringAt(values, 'serviceAccount.name') || name,
        hostNetwork: switched(values, 'hostNetwork', false),
        securityContext: instead(values, 'securityContext', { ...nobody, seccompProfile: runtimeDefault }),
        containers: [{
          name: stack,
          securityContext: instead(values, 'containerSecurityContext', restrictedContainer),
          resources: objectAt(values, 'resources')
        }]
      }
    })
  ]
}

function stateMetrics (release: Installed): Workload[] {
  if (!switched(release.values, 'kubeStateMetrics.enabled', true)) return []
  const values = part(release, 'kube-state-metrics')
  return [
    pods(release, {
      kind: 'Deployment',
      name: partName(release, 'kube-state-metrics'),
      labels: appLabels(release, 'kube-state-metrics'),
      podLabels: {},
      replicas: numberAt(values, 'replicas', 1),
      spec: {
        ...placement(values),
        serviceAccountName: partName(release, 'kube-state-metrics'),
        securityContext: { ...nobody, seccompProfile: runtimeDefault },
        containers: [{
          name: 'kube-state-metrics',
          securityContext: instead(values, 'containerSecurityContext', restrictedContainer),
          resources: objectAt(values, 'resources')
        }]
      }
    })
  ]
}

const exporterTolerations = [{ effect: 'NoSchedule', operator: 'Exists' }]

function nodeExporter (release: Installed): Workload[] {
  if (!switched(release.values, 'nodeExporter.enabled', true)) return []
  const values = part(release, 'prometheus-node-exporter')
  const name = partName(release, 'prometheus-node-exporter')
  const onHost = switched(values, 'hostNetwork', true)
  return [
    pods(release, {
      kind: 'DaemonSet',
      name,
      labels: appLabels(release, 'prometheus-node-exporter'),
      podLabels: given(values, 'podLabels', { jobLabel: 'node-exporter' }),
      priorityClassName: stringAt(values, 'priorityClassName') ?? '',
      spec: {
        nodeSelector: given(values, 'nodeSelector', { 'kubernetes.io/os': 'linux' }),
        tolerations: valueAt(values, 'tolerations') === undefined
          ? exporterTolerations
          : list(values, 'tolerations'),
        serviceAccountName: name,
        hostNetwork: onHost,
        hostPID: switched(values, 'hostPID', true),
        securityContext: given(values, 'securityContext', nobody),
        containers: [{
          name: 'node-exporter',
          securityContext: given(values, 'containerSecurityContext', { readOnlyRootFilesystem: true }),
          ports: [{ containerPort: 9100, ...(onHost && { hostPort: 9100 }) }],
          resources: objectAt(values, 'resources')
        }],
        volumes: [hostPath('proc', '/proc'), hostPath('sys', '/sys'), hostPath('root', '/')]
      }
    })
  ]
}

/** Jobs that make the webhook's certificate before, and write it into the webhooks after. */
function certificateJobs (release: Installed): Workload[] {
  const values = objectAt(release.values, 'prometheusOperator')
  const needed = switched(values, 'enabled', true) &&
    switched(values, 'admissionWebhooks.enabled', true) &&
    switched(values, 'admissionWebhooks.patch.enabled', true)
  return (needed ? ['create', 'patch'] : []).map((step) =>
    pods(release, {
      kind: 'Job',
      name: `${stackName(release)}-admission-${step}`,
      labels: { app: `${stack}-admission-${step}`, ...appLabels(release, `${stack}-prometheus-operator`) },
      podLabels: {},
      spec: {
        serviceAccountName: `${stackName(release)}-admission`,
        securityContext: instead(values, 'admissionWebhooks.patch.securityContext', {
          runAsGroup: 2000,
          runAsUser: 2000,
          runAsNonRoot: true,
          seccompProfile: runtimeDefault
        }),
        containers: [{ name: step, securityContext: restrictedContainer }]
      }
    })
  )
}

/** Pods that the operator makes of the chart's Prometheus, with the reloader beside each. */
function prometheus (release: Installed): Workload[] {
  if (!switched(release.values, 'prometheus.enabled', true)) return []
  const spec = objectAt(release.values, 'prometheus.prometheusSpec')
  const name = `${stackName(release)}-prometheus`
  const claim = valueAt(spec, 'storageSpec.volumeClaimTemplate.spec')
  return [
    pods(release, {
      kind: 'StatefulSet',
      name: `prometheus-${name}`,
      labels: prometheusLabels(name),
      podLabels: objectAt(spec, 'podMetadata.labels'),
      replicas: numberAt(spec, 'replicas', 1),
      priorityClassName: stringAt(spec, 'priorityClassName') ?? '',
      claims: claim === undefined
        ? []
        : [{
          name: `prometheus-${name}-db`,
          storageClass: stringAt(claim, 'storageClassName'),
          accessModes: stringsAt(claim, 'accessModes[]')
        }],
      spec: {
        ...placement(spec),
        serviceAccountName: stringAt(release.values, 'prometheus.serviceAccount.name') || name,
        securityContext: instead(spec, 'securityContext', {
          runAsGroup: 2000,
          runAsUser: 1000,
          fsGroup: 2000,
          runAsNonRoot: true,
          seccompProfile: runtimeDefault
        }),
        containers: [
          {
            name: 'prometheus',
            securityContext: restrictedContainer,
            resources: objectAt(spec, 'resources'),
            env: secretsOf(spec)
          },
          { name: 'config-reloader', securityContext: restrictedContainer }
        ]
      }
    })
  ]
}

/** Secrets that Prometheus' configuration names: the operator waits for each. */
const secretsOf = (spec: WireObject): WireObject[] =>
  ['username', 'password'].flatMap((field) =>
    valuesAt(spec, `remoteWrite[].basicAuth.${field}`).map((ref): WireObject => ({
      name: field,
      valueFrom: { secretKeyRef: { name: stringAt(ref, 'name') ?? '', key: stringAt(ref, 'key') ?? '' } }
    }))
  )

export const kubePrometheusStack: ChartRow = {
  versions: /^79\.0\.0$/,
  source: 'prometheus-community/helm-charts kube-prometheus-stack-79.0.0, kube-state-metrics-6.3.0, ' +
    'prometheus-node-exporter-4.48.0: values.yaml, templates/prometheus-operator/deployment.yaml, ' +
    "prometheus-operator/admission-webhooks/job-patch/*, prometheus/prometheus.yaml; the chart's Grafana " +
    'and Alertmanager are not described. Its webhooks ignore failures until their certificate is there',
  workloads: (release) => [...operator(release), ...stateMetrics(release), ...nodeExporter(release)],
  hooks: certificateJobs,
  operated: prometheus,
  brings: (release) => [
    ...account(release, 'prometheusOperator.serviceAccount', `${stackName(release)}-operator`),
    ...account(release, 'prometheus.serviceAccount', `${stackName(release)}-prometheus`),
    ...['kube-state-metrics', 'prometheus-node-exporter'].flatMap((name): Brought[] =>
      account({ ...release, values: part(release, name) }, 'serviceAccount', partName(release, name))
    ),
    ...account(release, 'none', `${stackName(release)}-admission`)
  ]
}

export const alertmanager: ChartRow = {
  versions: /^1\.21\.0$/,
  source: 'prometheus-community/helm-charts alertmanager-1.21.0 charts/alertmanager: values.yaml, ' +
    'templates/statefulset.yaml',
  workloads: (release) => {
    const { values } = release
    const stored = switched(values, 'persistence.enabled', true)
    return [
      pods(release, {
        kind: 'StatefulSet',
        name: fullName(release, 'alertmanager'),
        labels: appLabels(release, 'alertmanager'),
        replicas: numberAt(values, 'replicaCount', 1),
        priorityClassName: stringAt(values, 'priorityClassName') ?? '',
        claims: stored
          ? [{
            name: 'storage',
            storageClass: stringAt(values, 'persistence.storageClass'),
            accessModes: stringsAt(values, 'persistence.accessModes[]')
          }]
          : [],
        spec: {
          ...placement(values),
          serviceAccountName: accountName(release, 'alertmanager'),
          securityContext: given(values, 'podSecurityContext', { fsGroup: 65_534 }),
          containers: [{
            name: 'alertmanager',
            securityContext: given(values, 'securityContext', {
              runAsUser: 65_534,
              runAsGroup: 65_534,
              runAsNonRoot: true
            }),
            resources: objectAt(values, 'resources')
          }],
          volumes: list(values, 'extraSecretMounts').map((mount): WireObject => ({
            name: stringAt(mount, 'name') ?? '',
            secret: { secretName: stringAt(mount, 'secretName') ?? '' }
          }))
        }
      })
    ]
  },
  brings: (release) => ownAccount(release, 'alertmanager')
}

const graphContainer: WireObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: runtimeDefault
}

function grafanaPods (release: Installed): WireObject {
  const { values } = release
  const existing = stringAt(values, 'admin.existingSecret')
  const sidecars = ['dashboards', 'datasources', 'alerts', 'plugins', 'notifiers'].filter((name) =>
    switched(values, `sidecar.${name}.enabled`, false)
  )
  return {
    ...placement(values),
    serviceAccountName: accountName(release, 'grafana'),
    securityContext: given(values, 'securityContext', {
      runAsNonRoot: true,
      runAsUser: 472,
      runAsGroup: 472,
      fsGroup: 472
    }),
    containers: [
      ...sidecars.map((name): WireObject => ({
        name: `grafana-sc-${name.replace(/s$/, '')}`,
        securityContext: given(values, 'sidecar.securityContext', graphContainer),
        resources: objectAt(values, 'sidecar.resources')
      })),
      {
        name: 'grafana',
        securityContext: given(values, 'containerSecurityContext', graphContainer),
        resources: objectAt(values, 'resources'),
        env: existing === undefined || existing === ''
          ? []
          : [{ name: 'GF_SECURITY_ADMIN_PASSWORD', valueFrom: { secretKeyRef: { name: existing } } }],
        envFrom: stringsAt(values, 'envFromSecrets[].name').map((name) => ({ secretRef: { name } }))
      }
    ],
    volumes: list(values, 'extraSecretMounts').filter((mount) => stringAt(mount, 'secretName') !== undefined)
      .map((mount): WireObject => ({
        name: stringAt(mount, 'name') ?? '',
        secret: { secretName: stringAt(mount, 'secretName') ?? '' }
      }))
  }
}

export const grafana: ChartRow = {
  versions: /^10\.0\.0$/,
  source: 'grafana/helm-charts grafana-10.0.0 charts/grafana: values.yaml, templates/deployment.yaml, ' +
    '_pod.tpl; what persistence makes is not described',
  workloads: (release) => [
    pods(release, {
      kind: 'Deployment',
      name: fullName(release, 'grafana'),
      labels: appLabels(release, 'grafana'),
      replicas: numberAt(release.values, 'replicas', 1),
      priorityClassName: stringAt(release.values, 'priorityClassName') ?? '',
      spec: grafanaPods(release)
    })
  ],
  brings: (release) => ownAccount(release, 'grafana')
}

const blackbox = 'prometheus-blackbox-exporter'

export const blackboxExporter: ChartRow = {
  versions: /^11\.0\.0$/,
  source: 'prometheus-community/helm-charts prometheus-blackbox-exporter-11.0.0 ' +
    'charts/prometheus-blackbox-exporter: values.yaml, templates/deployment.yaml, _helpers.tpl',
  workloads: (release) => {
    const { values } = release
    return [
      pods(release, {
        kind: stringAt(values, 'kind') === 'DaemonSet' ? 'DaemonSet' : 'Deployment',
        name: fullName(release, blackbox),
        labels: appLabels(release, blackbox),
        podLabels: objectAt(values, 'pod.labels'),
        replicas: numberAt(values, 'replicas', 1),
        priorityClassName: stringAt(values, 'priorityClassName') ?? '',
        spec: {
          ...placement(values),
          serviceAccountName: accountName(release, blackbox),
          hostNetwork: switched(values, 'hostNetwork', false),
          securityContext: objectAt(values, 'podSecurityContext'),
          containers: [{
            name: 'blackbox-exporter',
            securityContext: given(values, 'securityContext', {
              ...restrictedContainer,
              runAsUser: 1000,
              runAsGroup: 1000,
              runAsNonRoot: true
            }),
            resources: objectAt(values, 'resources')
          }]
        }
      })
    ]
  },
  brings: (release) => ownAccount(release, blackbox)
}

const collector = 'opentelemetry-collector'
const collectorKinds: Readonly<Record<string, ['Deployment' | 'DaemonSet' | 'StatefulSet', string]>> = {
  deployment: ['Deployment', 'standalone-collector'],
  daemonset: ['DaemonSet', 'agent-collector'],
  statefulset: ['StatefulSet', 'statefulset-collector']
}

export const openTelemetryCollector: ChartRow = {
  versions: /^0\.170\.0$/,
  source: 'open-telemetry/opentelemetry-helm-charts opentelemetry-collector-0.170.0 ' +
    'charts/opentelemetry-collector: values.yaml, templates/deployment.yaml, daemonset.yaml, _pod.tpl; ' +
    'what presets add is not described',
  workloads: (release) => {
    const { values } = release
    const [kind, component] = collectorKinds[stringAt(values, 'mode') ?? ''] ?? ['Deployment', collector]
    return [
      pods(release, {
        kind,
        name: kind === 'DaemonSet' ? `${fullName(release, collector)}-agent` : fullName(release, collector),
        labels: { ...appLabels(release, collector), component },
        replicas: numberAt(values, 'replicaCount', 1),
        priorityClassName: stringAt(values, 'priorityClassName') ?? '',
        spec: {
          ...placement(values),
          serviceAccountName: accountName(release, collector),
          hostNetwork: switched(values, 'hostNetwork', false),
          securityContext: objectAt(values, 'podSecurityContext'),
          containers: [{
            name: collector,
            securityContext: objectAt(values, 'securityContext'),
            resources: objectAt(values, 'resources')
          }],
          volumes: list(values, 'extraVolumes')
        }
      })
    ]
  },
  brings: (release) => ownAccount(release, collector)
}
