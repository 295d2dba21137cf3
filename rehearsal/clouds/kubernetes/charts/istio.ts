/**
 * Data table: Istio's charts. Their own values lie under `_internal_defaults_do_not_set`, and
 * profiles of platforms are merged over them.
 */
import { type WireObject } from '../../../wire.ts'
import { numberAt, objectAt, stringAt } from '../../wire-values.ts'
import {
  account,
  type Asked,
  type ChartRow,
  type ChartWebhook,
  given,
  hostPath,
  instead,
  list,
  pods,
  restrictedContainer,
  switched
} from './chart.ts'

const versions = /^1\.31\./
const charts = 'istio/istio release-1.31 at a8d7012 manifests/charts'
/** The tag of the version itself was not to be had. */
const readAt = 'branch release-1.31 after 1.31.0-rc.0'

export const base: ChartRow = {
  versions,
  source: `${charts}/base: no template makes pods`,
  readAt,
  workloads: () => []
}

export const cni: ChartRow = {
  versions,
  source:
    `${charts}/istio-cni: templates/daemonset.yaml, resourcequota.yaml, files/profile-platform-gke.yaml`,
  readAt,
  workloads: (release) => [
    pods(release, {
      kind: 'DaemonSet',
      name: 'istio-cni-node',
      labels: {
        'k8s-app': 'istio-cni-node',
        'sidecar.istio.io/inject': 'false',
        'app.kubernetes.io/instance': release.name
      },
      priorityClassName: 'system-node-critical',
      spec: {
        serviceAccountName: 'istio-cni',
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [
          { effect: 'NoSchedule', operator: 'Exists' },
          { key: 'CriticalAddonsOnly', operator: 'Exists' },
          { effect: 'NoExecute', operator: 'Exists' }
        ],
        containers: [{
          name: 'install-cni',
          securityContext: {
            privileged: false,
            runAsGroup: 0,
            runAsUser: 0,
            runAsNonRoot: false,
            capabilities: {
              drop: ['ALL'],
              add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE']
            }
          },
          resources: given(release.values, 'resources', { requests: { cpu: '100m', memory: '100Mi' } })
        }],
        volumes: [
          hostPath('cni-bin-dir', '/opt/cni/bin'),
          hostPath('cni-host-procfs', '/proc'),
          hostPath('cni-net-dir', '/etc/cni/net.d'),
          hostPath('cni-socket-dir', '/var/run/istio-cni'),
          hostPath('cni-netns-dir', '/var/run/netns')
        ]
      }
    })
  ],
  brings: (release) => [
    ...account(release, 'none', 'istio-cni'),
    ...switched(
        release.values,
        'resourceQuotas.enabled',
        stringAt(release.values, 'global.platform') === 'gke'
      )
      ? [{
        type: 'kubernetes:core/v1:ResourceQuota',
        name: 'istio-cni-resource-quota',
        object: {
          spec: {
            hard: { pods: String(numberAt(release.values, 'resourceQuotas.pods', 5000)) },
            scopeSelector: {
              matchExpressions: [{
                operator: 'In',
                scopeName: 'PriorityClass',
                values: ['system-node-critical']
              }]
            }
          }
        }
      }]
      : []
  ]
}

const injection = 'sidecar.istio.io/inject'
const [ofNamespace, revision] = ['istio-injection', 'istio.io/rev']

/** The four webhooks of the default revision, by the labels that each asks for. */
const injectors: readonly [string, (asked: Asked) => boolean][] = [
  [
    'rev.namespace',
    ({ labels, namespaceLabels }) =>
      namespaceLabels[revision] === 'default' && namespaceLabels[ofNamespace] === undefined &&
      labels[injection] !== 'false'
  ],
  [
    'rev.object',
    ({ labels, namespaceLabels }) =>
      namespaceLabels[revision] === undefined && namespaceLabels[ofNamespace] === undefined &&
      labels[injection] !== 'false' && labels[revision] === 'default'
  ],
  [
    'namespace',
    ({ labels, namespaceLabels }) =>
      namespaceLabels[ofNamespace] === 'enabled' && labels[injection] !== 'false'
  ],
  [
    'object',
    ({ labels, namespaceLabels }) =>
      namespaceLabels[ofNamespace] === undefined && namespaceLabels[revision] === undefined &&
      labels[injection] === 'true' && labels[revision] === undefined
  ]
]

const pilot: WireObject = { app: 'istiod', istio: 'pilot' }

/** Tells if the webhooks of a mesh's control plane put a sidecar into a pod. */
export function injects (asked: Asked): boolean {
  return injectors.some(([, judges]) => judges(asked))
}

export const istiod: ChartRow = {
  versions,
  source: `${charts}/istio-control/istio-discovery: templates/deployment.yaml, service.yaml, ` +
    'mutatingwebhook.yaml, validatingwebhookconfiguration.yaml (which begins as Ignore)',
  readAt,
  workloads: (release) => [
    pods(release, {
      kind: 'Deployment',
      name: 'istiod',
      labels: { ...pilot, [injection]: 'false', 'app.kubernetes.io/instance': release.name },
      replicas: switched(release.values, 'autoscaleEnabled', true)
        ? numberAt(release.values, 'autoscaleMin', 1)
        : numberAt(release.values, 'replicaCount', 1),
      priorityClassName: stringAt(release.values, 'global.priorityClassName') ?? '',
      spec: {
        serviceAccountName: 'istiod',
        nodeSelector: objectAt(release.values, 'nodeSelector'),
        tolerations: [
          { key: 'cni.istio.io/not-ready', operator: 'Exists' },
          ...list(release.values, 'tolerations')
        ],
        containers: [{
          name: 'discovery',
          securityContext: { ...restrictedContainer, runAsNonRoot: true },
          resources: given(release.values, 'resources', { requests: { cpu: '500m', memory: '2048Mi' } })
        }]
      }
    })
  ],
  brings: (release) => account(release, 'none', 'istiod'),
  webhooks: () =>
    injectors.map(([name, judges]): ChartWebhook => ({
      name: `${name}.sidecar-injector.istio.io`,
      groups: [''],
      kinds: ['Pod'],
      judges,
      service: 'istiod',
      path: '/inject',
      port: 15017,
      selector: pilot
    }))
}

export const gateway: ChartRow = {
  versions,
  source: `${charts}/gateway: templates/deployment.yaml, hpa.yaml, _helpers.tpl`,
  readAt,
  workloads: (release) => {
    const { values } = release
    const name = stringAt(values, 'name') || release.name
    const scaled = switched(values, 'autoscaling.enabled', true)
    const network = stringAt(values, 'networkGateway')
    return [
      pods(release, {
        kind: 'Deployment',
        name,
        labels: {
          app: stringAt(values, 'labels.app') ?? name,
          istio: stringAt(values, 'labels.istio') ?? name.replace(/^istio-/, ''),
          [injection]: 'true',
          'app.kubernetes.io/instance': release.name,
          ...(network !== undefined && { 'topology.istio.io/network': network })
        },
        podLabels: {},
        replicas: scaled
          ? numberAt(values, 'autoscaling.minReplicas', 1)
          : numberAt(values, 'replicaCount', 1),
        priorityClassName: stringAt(values, 'priorityClassName') ?? '',
        spec: {
          serviceAccountName: stringAt(values, 'serviceAccount.name') || name,
          nodeSelector: objectAt(values, 'nodeSelector'),
          tolerations: list(values, 'tolerations'),
          topologySpreadConstraints: list(values, 'topologySpreadConstraints'),
          affinity: objectAt(values, 'affinity'),
          securityContext: instead(values, 'securityContext', {
            sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]
          }),
          containers: [{
            name: 'istio-proxy',
            securityContext: instead(values, 'containerSecurityContext', {
              ...restrictedContainer,
              privileged: false,
              runAsNonRoot: true
            }),
            resources: given(values, 'resources', {
              requests: { cpu: '100m', memory: '128Mi' },
              limits: { cpu: '2000m', memory: '1024Mi' }
            })
          }]
        }
      })
    ]
  },
  brings: (release) =>
    account(
      release,
      'serviceAccount',
      stringAt(release.values, 'serviceAccount.name') || stringAt(release.values, 'name') || release.name
    )
}
