/**
 * Data table: what charts make of their values, as far as values decide pods, their security, their
 * priority and what they mount. A row a chart, with the versions whose templates it was read from.
 * A chart or version that is not here is unknown: its pods are counted on, and none of them
 * judged.
 */
import { type WireObject, type WireValue } from '../../../wire.ts'
import { isObject, numberAt, objectAt, stringAt, valueAt, valuesAt } from '../../wire-values.ts'
import { type Workload } from '../workloads.ts'

/** A release, as templates see it. */
export interface Installed {
  name: string
  namespace: string
  values: WireObject
}

/** An object that a chart makes and that admission or pods look at. */
export interface Brought {
  type: string
  name: string
  object: WireObject
}

/** A webhook that a chart registers. */
export interface ChartWebhook {
  name: string
  /** API groups whose objects it judges. */
  groups: string[]
  /** Kinds of these groups; all when absent. */
  kinds?: string[]
  /** Service that the API server calls, and the path. */
  service: string
  path: string
  /** Labels of the pods behind the Service. */
  selector: WireObject
}

/** Objects that one chart makes. */
export interface ChartRow {
  /** Versions that the row holds for. */
  versions: RegExp
  /** Templates that the row was read from. */
  source: string
  workloads: (release: Installed) => Workload[]
  brings?: (release: Installed) => Brought[]
  /** Webhooks that refuse everything while nobody answers (`failurePolicy: Fail`). */
  webhooks?: (release: Installed) => ChartWebhook[]
}

interface Pods {
  kind: 'Deployment' | 'DaemonSet' | 'StatefulSet'
  name: string
  labels: WireObject
  replicas?: number
  priorityClassName?: string
  spec: WireObject
}

function pods (release: Installed, made: Pods): Workload {
  const { kind, name, labels, replicas = 1, priorityClassName, spec } = made
  return {
    kind,
    name,
    namespace: release.namespace,
    replicas,
    claims: [],
    pod: {
      metadata: { labels: { ...labels, ...objectAt(release.values, 'podLabels') } },
      spec: {
        ...spec,
        ...(priorityClassName !== undefined && priorityClassName !== '' && { priorityClassName })
      }
    }
  }
}

const list = (value: WireValue, path: string): WireValue[] => valuesAt(value, `${path}[]`)
const given = (value: WireValue, path: string, otherwise: WireObject): WireObject => {
  const found = valueAt(value, path)
  return isObject(found) ? { ...otherwise, ...found } : otherwise
}

const restrictedContainer: WireObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true
}

const hostPath = (name: string, path: string): WireObject => ({ name, hostPath: { path } })

const cni: ChartRow = {
  versions: /^1\.31\./,
  source:
    'istio/istio release-1.31 manifests/charts/istio-cni: templates/daemonset.yaml, resourcequota.yaml, ' +
    'files/profile-platform-gke.yaml',
  workloads: (release) => [
    pods(release, {
      kind: 'DaemonSet',
      name: 'istio-cni-node',
      labels: { 'k8s-app': 'istio-cni-node' },
      priorityClassName: 'system-node-critical',
      spec: {
        containers: [{
          name: 'install-cni',
          securityContext: {
            privileged: false,
            runAsUser: 0,
            runAsNonRoot: false,
            capabilities: {
              drop: ['ALL'],
              add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE']
            }
          },
          resources: { requests: { cpu: '100m', memory: '100Mi' } }
        }],
        volumes: [hostPath('cni-bin-dir', '/opt/cni/bin'), hostPath('cni-net-dir', '/etc/cni/net.d')]
      }
    })
  ],
  brings: ({ values }) => {
    const enabled = valueAt(values, 'resourceQuotas.enabled') ??
      (stringAt(values, 'global.platform') === 'gke')
    return enabled === true
      ? [{
        type: 'kubernetes:core/v1:ResourceQuota',
        name: 'istio-cni-resource-quota',
        object: {
          spec: {
            hard: { pods: String(numberAt(values, 'resourceQuotas.pods', 5000)) },
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
  }
}

const istiod: ChartRow = {
  versions: /^1\.31\./,
  source:
    'istio/istio release-1.31 manifests/charts/istio-control/istio-discovery: templates/deployment.yaml, ' +
    'service.yaml',
  workloads: (release) => [
    pods(release, {
      kind: 'Deployment',
      name: 'istiod',
      labels: { app: 'istiod', istio: 'pilot' },
      replicas: numberAt(release.values, 'autoscaleMin', 1),
      spec: {
        containers: [{
          name: 'discovery',
          securityContext: { ...restrictedContainer, runAsNonRoot: true },
          resources: objectAt(release.values, 'resources')
        }]
      }
    })
  ]
}

const gateway: ChartRow = {
  versions: /^1\.31\./,
  source: 'istio/istio release-1.31 manifests/charts/gateway: templates/deployment.yaml, _helpers.tpl',
  workloads: (release) => {
    const { values } = release
    const name = stringAt(values, 'name') ?? release.name
    return [
      pods(release, {
        kind: 'Deployment',
        name,
        labels: {
          app: stringAt(values, 'labels.app') ?? name,
          istio: stringAt(values, 'labels.istio') ?? name.replace(/^istio-/, '')
        },
        replicas: numberAt(values, 'autoscaling.minReplicas', 1),
        spec: {
          securityContext: given(values, 'securityContext', {
            sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]
          }),
          containers: [{
            name: 'istio-proxy',
            securityContext: given(values, 'containerSecurityContext', {
              ...restrictedContainer,
              privileged: false,
              runAsNonRoot: true,
              runAsUser: 1337
            }),
            resources: objectAt(values, 'resources')
          }]
        }
      })
    ]
  }
}

const cloudNativePg: ChartRow = {
  versions: /^0\.27\./,
  source: 'cloudnative-pg/charts charts/cloudnative-pg: values.yaml, templates/deployment.yaml, ' +
    'mutatingwebhookconfiguration.yaml',
  workloads: (release) => [
    pods(release, {
      kind: 'Deployment',
      name: stringAt(release.values, 'fullnameOverride') ?? release.name,
      labels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
      replicas: numberAt(release.values, 'replicaCount', 1),
      priorityClassName: stringAt(release.values, 'priorityClassName') ?? '',
      spec: {
        securityContext: given(release.values, 'podSecurityContext', {
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' }
        }),
        containers: [{
          name: 'manager',
          securityContext: given(release.values, 'containerSecurityContext', {
            ...restrictedContainer,
            runAsUser: 10001,
            runAsGroup: 10001,
            seccompProfile: { type: 'RuntimeDefault' }
          }),
          resources: objectAt(release.values, 'resources')
        }]
      }
    })
  ],
  webhooks: ({ values }) => {
    const policy = stringAt(values, 'webhook.mutating.failurePolicy') ?? 'Fail'
    return valueAt(values, 'webhook.mutating.create') === false || policy !== 'Fail' ? [] : [{
      name: 'mcluster.cnpg.io',
      groups: ['postgresql.cnpg.io'],
      kinds: ['Cluster'],
      service: 'cnpg-webhook-service',
      path: '/mutate-postgresql-cnpg-io-v1-cluster',
      selector: { 'app.kubernetes.io/name': 'cloudnative-pg' }
    }]
  }
}

const loadBalancerController: ChartRow = {
  versions: /^3\.5\./,
  source:
    'aws/eks-charts 5239609 stable/aws-load-balancer-controller: values.yaml, templates/deployment.yaml, ' +
    'webhook.yaml',
  workloads: (release) => [
    pods(release, {
      kind: 'Deployment',
      name: release.name,
      labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
      replicas: numberAt(release.values, 'replicaCount', 2),
      priorityClassName: stringAt(release.values, 'priorityClassName') ?? 'system-cluster-critical',
      spec: {
        containers: [{
          name: 'aws-load-balancer-controller',
          securityContext: { ...restrictedContainer, runAsNonRoot: true },
          resources: objectAt(release.values, 'resources')
        }]
      }
    })
  ],
  webhooks: ({ values }) => {
    const called = { service: 'aws-load-balancer-webhook-service', groups: [''] }
    const selector = { 'app.kubernetes.io/name': 'aws-load-balancer-controller' }
    return valueAt(values, 'enableServiceMutatorWebhook') === false ? [] : [{
      ...called,
      name: 'mservice.elbv2.k8s.aws',
      kinds: ['Service'],
      path: '/mutate-v1-service',
      selector
    }]
  }
}

const velero: ChartRow = {
  versions: /^12\.1\./,
  source: 'vmware-tanzu/helm-charts charts/velero: templates/deployment.yaml, node-agent-daemonset.yaml',
  workloads: (release) => [
    pods(release, {
      kind: 'Deployment',
      name: release.name,
      labels: { 'app.kubernetes.io/name': 'velero' },
      spec: {
        securityContext: objectAt(release.values, 'podSecurityContext'),
        initContainers: list(release.values, 'initContainers'),
        containers: [{
          name: 'velero',
          securityContext: objectAt(release.values, 'containerSecurityContext'),
          resources: objectAt(release.values, 'resources')
        }],
        volumes: list(release.values, 'extraVolumes')
      }
    }),
    ...valueAt(release.values, 'deployNodeAgent') === true
      ? [
        pods(release, {
          kind: 'DaemonSet',
          name: 'node-agent',
          labels: { name: 'node-agent' },
          priorityClassName: stringAt(release.values, 'nodeAgent.priorityClassName') ?? '',
          spec: {
            securityContext: given(release.values, 'nodeAgent.podSecurityContext', { runAsUser: 0 }),
            containers: [{
              name: 'node-agent',
              securityContext: objectAt(release.values, 'nodeAgent.containerSecurityContext'),
              resources: objectAt(release.values, 'nodeAgent.resources')
            }],
            volumes: [
              hostPath('host-pods', '/var/lib/kubelet/pods'),
              hostPath('host-plugins', '/var/lib/kubelet/plugins'),
              ...list(release.values, 'nodeAgent.extraVolumes')
            ]
          }
        })
      ]
      : []
  ]
}

/** Rows by the names of charts. */
export const chartTable: Readonly<Record<string, ChartRow>> = {
  base: {
    versions: /^1\.31\./,
    source: 'istio/istio release-1.31 manifests/charts/base: no template makes pods',
    workloads: () => []
  },
  cni,
  istiod,
  gateway,
  'cloudnative-pg': cloudNativePg,
  'aws-load-balancer-controller': loadBalancerController,
  velero
}
