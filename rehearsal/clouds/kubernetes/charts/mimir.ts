/** Data table: the chart of the store of long-term metrics, a row for each of its parts. */
import { type WireObject } from '../../../wire.ts'
import { numberAt, objectAt, stringAt, stringsAt } from '../../wire-values.ts'
import { type Workload } from '../workloads.ts'
import {
  account,
  type ChartRow,
  fullName,
  given,
  type Installed,
  instead,
  list,
  placement,
  pods,
  restrictedContainer,
  switched
} from './chart.ts'

interface Part {
  /** Place of its values. */
  readonly key: string
  readonly kind: 'Deployment' | 'StatefulSet'
  readonly replicas: number
  /** Memory that it asks for. */
  readonly memory: string
  /** Its replicas are spread over three zones, a StatefulSet each, unless switched off. */
  readonly zones?: boolean
}

const parts: readonly Part[] = [
  { key: 'alertmanager', kind: 'StatefulSet', replicas: 1, memory: '32Mi' },
  { key: 'compactor', kind: 'StatefulSet', replicas: 1, memory: '512Mi' },
  { key: 'distributor', kind: 'Deployment', replicas: 1, memory: '512Mi' },
  { key: 'ingester', kind: 'StatefulSet', replicas: 3, memory: '512Mi', zones: true },
  { key: 'overrides_exporter', kind: 'Deployment', replicas: 1, memory: '128Mi' },
  { key: 'querier', kind: 'Deployment', replicas: 2, memory: '128Mi' },
  { key: 'query_frontend', kind: 'Deployment', replicas: 1, memory: '128Mi' },
  { key: 'query_scheduler', kind: 'Deployment', replicas: 2, memory: '128Mi' },
  { key: 'ruler', kind: 'Deployment', replicas: 1, memory: '128Mi' },
  { key: 'store_gateway', kind: 'StatefulSet', replicas: 1, memory: '512Mi', zones: true }
]
const zones = ['zone-a', 'zone-b', 'zone-c']

const name = (release: Installed): string => fullName(release, 'mimir')
const accountName = (release: Installed): string =>
  stringAt(release.values, 'serviceAccount.name') || name(release)

const podContext: WireObject = {
  fsGroup: 10_001,
  runAsGroup: 10_001,
  runAsNonRoot: true,
  runAsUser: 10_001,
  seccompProfile: { type: 'RuntimeDefault' }
}

/** Settings that all parts have in common. */
function specOf (release: Installed, values: WireObject, container: WireObject): WireObject {
  const own = objectAt(values, 'securityContext')
  return {
    ...placement(values),
    serviceAccountName: accountName(release),
    securityContext: Object.keys(own).length > 0
      ? own
      : instead(release.values, 'rbac.podSecurityContext', podContext),
    containers: [{
      ...container,
      securityContext: given(values, 'containerSecurityContext', restrictedContainer),
      env: [...list(release.values, 'global.extraEnv'), ...list(values, 'env')],
      envFrom: [...list(release.values, 'global.extraEnvFrom'), ...list(values, 'extraEnvFrom')]
    }],
    volumes: [...list(values, 'extraVolumes'), ...list(release.values, 'global.extraVolumes')]
  }
}

const labelsOf = (release: Installed, component: string): WireObject => ({
  'app.kubernetes.io/name': stringAt(release.values, 'nameOverride') || 'mimir',
  'app.kubernetes.io/instance': release.name,
  'app.kubernetes.io/component': component
})

const podLabels = (release: Installed, values: WireObject): WireObject => ({
  ...objectAt(release.values, 'global.podLabels'),
  ...objectAt(values, 'podLabels')
})

function partOf (release: Installed, part: Part): Workload[] {
  const values = objectAt(release.values, part.key)
  if (!switched(values, 'enabled', true)) return []
  const component = part.key.replaceAll('_', '-')
  const spread = part.zones === true && switched(values, 'zoneAwareReplication.enabled', true)
  const replicas = numberAt(values, 'replicas', part.replicas)
  const made = (suffix: string, count: number): Workload =>
    pods(release, {
      kind: part.kind,
      name: `${name(release)}-${component}${suffix}`,
      labels: labelsOf(release, component),
      podLabels: podLabels(release, values),
      replicas: count,
      priorityClassName: stringAt(values, 'priorityClassName') ?? '',
      claims: part.kind === 'StatefulSet' && switched(values, 'persistentVolume.enabled', true)
        ? [{
          name: 'storage',
          storageClass: stringAt(values, 'persistentVolume.storageClass'),
          accessModes: stringsAt(values, 'persistentVolume.accessModes[]')
        }]
        : [],
      spec: specOf(release, values, {
        name: component,
        resources: given(values, 'resources', { requests: { cpu: '100m', memory: part.memory } })
      })
    })
  return spread
    ? zones.map((zone) => made(`-${zone}`, Math.ceil(replicas / zones.length)))
    : [made('', replicas)]
}

/** The proxy before all parts, which mounts the users that may call. */
function gatewayOf (release: Installed): Workload[] {
  const values = objectAt(release.values, 'gateway')
  if (!switched(values, 'enabledNonEnterprise', false)) return []
  const spec = specOf(release, values, { name: 'gateway', resources: objectAt(values, 'resources') })
  const secretName = stringAt(values, 'nginx.basicAuth.existingSecret')
  const users = switched(values, 'nginx.basicAuth.enabled', false) && secretName !== undefined
    ? [{ name: 'auth', secret: { secretName } }]
    : []
  return [
    pods(release, {
      kind: 'Deployment',
      name: `${name(release)}-gateway`,
      labels: labelsOf(release, 'gateway'),
      podLabels: podLabels(release, values),
      replicas: numberAt(values, 'replicas', 1),
      priorityClassName: stringAt(values, 'priorityClassName') ?? '',
      spec: { ...spec, volumes: [...list(spec, 'volumes'), ...users] }
    })
  ]
}

export const mimir: ChartRow = {
  versions: /^5\.7\./,
  source: 'grafana/mimir at 000dee8 operations/helm/charts/mimir-distributed: values.yaml, ' +
    'templates/*/*-dep.yaml, *-statefulset.yaml, gateway/gateway-dep.yaml; its MinIO, caches, nginx and ' +
    'rollout-operator are not described',
  readAt: 'values of the chart for Mimir 2.9',
  workloads: (release) => [...parts.flatMap((part) => partOf(release, part)), ...gatewayOf(release)],
  brings: (release) => account(release, 'serviceAccount', accountName(release))
}
