/** Data table: charts of operators: databases and backups. */
import { type WireObject } from '../../../wire.ts'
import { numberAt, objectAt, stringAt, valueAt } from '../../wire-values.ts'
import {
  account,
  accountName,
  appLabels,
  type ChartRow,
  type ChartWebhook,
  fullName,
  given,
  hostPath,
  type Installed,
  list,
  ownAccount,
  placement,
  pods,
  restrictedContainer,
  switched
} from './chart.ts'

const postgres = 'cloudnative-pg'

/** Kinds that each configuration judges, by its templates. */
const judged = {
  mutating: ['Backup', 'Cluster', 'Database', 'ScheduledBackup'],
  validating: ['Backup', 'Cluster', 'ScheduledBackup', 'Database', 'Pooler']
} as const

const postgresWebhooks = (release: Installed): ChartWebhook[] => {
  const { values } = release
  return (['mutating', 'validating'] as const).filter((sort) =>
    switched(values, `webhook.${sort}.create`, true) &&
    (stringAt(values, `webhook.${sort}.failurePolicy`) ?? 'Fail') === 'Fail'
  ).flatMap((sort) =>
    judged[sort].map((kind): ChartWebhook => ({
      name: `${sort.charAt(0)}${kind.toLowerCase()}.cnpg.io`,
      groups: ['postgresql.cnpg.io'],
      kinds: [kind],
      service: stringAt(values, 'service.name') ?? 'cnpg-webhook-service',
      path: `/${sort.replace('ing', 'e')}-postgresql-cnpg-io-v1-${kind.toLowerCase()}`,
      port: numberAt(values, 'webhook.port', 9443),
      selector: appLabels(release, postgres)
    }))
  )
}

export const cloudNativePg: ChartRow = {
  versions: /^0\.27\.0$/,
  source: 'cloudnative-pg/charts cloudnative-pg-v0.27.0 charts/cloudnative-pg: values.yaml, ' +
    'templates/deployment.yaml, mutatingwebhookconfiguration.yaml, validatingwebhookconfiguration.yaml',
  workloads: (release) => [
    pods(release, {
      kind: 'Deployment',
      name: fullName(release, postgres),
      labels: appLabels(release, postgres),
      replicas: numberAt(release.values, 'replicaCount', 1),
      priorityClassName: stringAt(release.values, 'priorityClassName') ?? '',
      spec: {
        ...placement(release.values),
        serviceAccountName: accountName(release, postgres),
        hostNetwork: switched(release.values, 'hostNetwork', false),
        securityContext: given(release.values, 'podSecurityContext', {
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' }
        }),
        containers: [{
          name: 'manager',
          securityContext: given(release.values, 'containerSecurityContext', {
            ...restrictedContainer,
            runAsUser: 10_001,
            runAsGroup: 10_001,
            seccompProfile: { type: 'RuntimeDefault' }
          }),
          resources: objectAt(release.values, 'resources')
        }]
      }
    })
  ],
  brings: (release) => ownAccount(release, postgres),
  webhooks: postgresWebhooks
}

const veleroLabels = (release: Installed): WireObject => ({
  ...appLabels(release, 'velero'),
  name: 'velero'
})

/** Account of the server; the chart's own when no name is given. */
const serverAccount = (release: Installed): string =>
  stringAt(release.values, 'serviceAccount.server.name') || `${fullName(release, 'velero')}-server`

/** A Secret that the pods mount and the chart does not make. */
function credentialVolumes ({ values }: Installed): WireObject[] {
  const existing = stringAt(values, 'credentials.existingSecret')
  return switched(values, 'credentials.useSecret', true) && existing !== undefined && existing !== ''
    ? [{ name: 'cloud-credentials', secret: { secretName: existing } }]
    : []
}

function nodeAgent (release: Installed): WireObject {
  const { values } = release
  return {
    serviceAccountName: serverAccount(release),
    ...placement(values, 'nodeAgent.'),
    securityContext: given(values, 'nodeAgent.podSecurityContext', { runAsUser: 0 }),
    containers: [{
      name: 'node-agent',
      securityContext: objectAt(values, 'nodeAgent.containerSecurityContext'),
      resources: objectAt(values, 'nodeAgent.resources')
    }],
    volumes: [
      ...credentialVolumes(release),
      ...switched(values, 'nodeAgent.disableHostPath', false)
        ? []
        : [
          hostPath('host-pods', '/var/lib/kubelet/pods'),
          hostPath('host-plugins', '/var/lib/kubelet/plugins')
        ],
      ...list(values, 'nodeAgent.extraVolumes')
    ]
  }
}

export const velero: ChartRow = {
  versions: /^12\.1\.0$/,
  source: 'vmware-tanzu/helm-charts velero-12.1.0 charts/velero: values.yaml, templates/deployment.yaml, ' +
    'node-agent-daemonset.yaml, upgrade-crds/upgrade-crds.yaml',
  workloads: (release) => {
    const { values } = release
    return [
      pods(release, {
        kind: 'Deployment',
        name: fullName(release, 'velero'),
        labels: veleroLabels(release),
        priorityClassName: stringAt(values, 'priorityClassName') ?? '',
        spec: {
          ...placement(values),
          serviceAccountName: serverAccount(release),
          securityContext: objectAt(values, 'podSecurityContext'),
          initContainers: list(values, 'initContainers'),
          containers: [{
            name: 'velero',
            securityContext: objectAt(values, 'containerSecurityContext'),
            resources: objectAt(values, 'resources')
          }],
          volumes: [...credentialVolumes(release), ...list(values, 'extraVolumes')]
        }
      }),
      ...valueAt(values, 'deployNodeAgent') === true
        ? [
          pods(release, {
            kind: 'DaemonSet',
            name: 'node-agent',
            labels: { ...appLabels(release, 'velero'), name: 'node-agent', role: 'node-agent' },
            podLabels: objectAt(values, 'nodeAgent.podLabels'),
            priorityClassName: stringAt(values, 'nodeAgent.priorityClassName') ?? '',
            spec: nodeAgent(release)
          })
        ]
        : []
    ]
  },
  hooks: (release) =>
    switched(release.values, 'upgradeCRDs', true)
      ? [
        pods(release, {
          kind: 'Job',
          name: `${fullName(release, 'velero')}-upgrade-crds`,
          labels: objectAt(release.values, 'kubectl.labels'),
          podLabels: {},
          spec: {
            serviceAccountName: `${serverAccount(release)}-upgrade-crds`,
            ...placement(release.values),
            securityContext: objectAt(release.values, 'podSecurityContext'),
            containers: [{
              name: 'velero',
              securityContext: objectAt(release.values, 'containerSecurityContext'),
              resources: objectAt(release.values, 'upgradeJobResources')
            }]
          }
        })
      ]
      : [],
  brings: (release) => [
    ...account(release, 'serviceAccount.server', serverAccount(release)),
    ...account(release, 'none', `${serverAccount(release)}-upgrade-crds`)
  ]
}
