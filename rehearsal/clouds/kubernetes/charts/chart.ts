/** Rows of the table of charts: their form, and the parts that they are made of. Pure. */
import { type WireObject, type WireValue } from '../../../wire.ts'
import { isObject, objectAt, stringAt, valueAt, valuesAt } from '../../wire-values.ts'
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

/** What a webhook is asked about. */
export interface Asked {
  /** Labels of the object. */
  labels: WireObject
  /** Labels of its namespace. */
  namespaceLabels: WireObject
}

/** A webhook that a chart registers. */
export interface ChartWebhook {
  name: string
  /** API groups whose objects it judges. */
  groups: string[]
  /** Kinds of these groups; all when absent. */
  kinds?: string[]
  /** Tells by labels if it is asked about an object; about all when absent. */
  judges?: (asked: Asked) => boolean
  /** Service that the API server calls, and the path. */
  service: string
  path: string
  /** Port of the pods, which the API server has to reach. */
  port: number
  /** Labels of the pods behind the Service. */
  selector: WireObject
}

/** What one chart makes. */
export interface ChartRow {
  /** Versions that the row holds for. */
  versions: RegExp
  /** Templates that the row was read from. */
  source: string
  /**
   * What the templates are, where those of the pinned version could not be read: the row is judged
   * by, and counted as not known for certain.
   */
  readAt?: string
  /** Workloads that Helm waits for. */
  workloads: (release: Installed) => Workload[]
  /** Jobs of hooks, whose end Helm waits for before and after it makes the rest. */
  hooks?: (release: Installed) => Workload[]
  /** Workloads that operators make of the chart's custom resources: Helm waits for none. */
  operated?: (release: Installed) => Workload[]
  brings?: (release: Installed) => Brought[]
  /** Error with which its pods end where they do not reach the metadata service of their node. */
  needsMetadata?: (release: Installed) => string | undefined
  /** Webhooks that refuse everything while nobody answers (`failurePolicy: Fail`). */
  webhooks?: (release: Installed) => ChartWebhook[]
}

interface Pods {
  kind: 'Deployment' | 'DaemonSet' | 'StatefulSet' | 'Job'
  name: string
  labels: WireObject
  replicas?: number
  priorityClassName?: string
  /** Labels of pods that values add. */
  podLabels?: WireObject
  claims?: Workload['claims']
  spec: WireObject
}

/** A workload of a release. */
export function pods (release: Installed, made: Pods): Workload {
  const { kind, name, labels, replicas = 1, priorityClassName, spec, claims = [] } = made
  return {
    kind,
    name,
    namespace: release.namespace,
    replicas,
    claims,
    pod: {
      metadata: { labels: { ...labels, ...made.podLabels ?? objectAt(release.values, 'podLabels') } },
      spec: {
        ...spec,
        ...(priorityClassName !== undefined && priorityClassName !== '' && { priorityClassName })
      }
    }
  }
}

/** Labels by which most charts select their pods. */
export const appLabels = (release: Installed, name: string): WireObject => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': release.name
})

/** Name of what a release makes, as Helm's own template for new charts has it. */
export function fullName ({ name, values }: Installed, chart: string): string {
  const given = stringAt(values, 'fullnameOverride')
  if (given !== undefined && given !== '') return given
  return name.includes(chart) ? name : `${name}-${chart}`
}

/** List at a path. */
export const list = (value: WireValue, path: string): WireValue[] => valuesAt(value, `${path}[]`)

/** Object at a path over what the chart's own values have there, merged as Helm merges values. */
export const given = (value: WireValue, path: string, otherwise: WireObject): WireObject =>
  merged(otherwise, objectAt(value, path))

function merged (under: WireObject, over: WireObject): WireObject {
  const result: WireObject = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = under[key]
    result[key] = isObject(value) && isObject(below) ? merged(below, value) : value
  }
  return result
}

/** Object at a path, or what the chart's own values have there. */
export const instead = (value: WireValue, path: string, otherwise: WireObject): WireObject => {
  const found = valueAt(value, path)
  return isObject(found) ? found : otherwise
}

/** Tells if a value is switched on; `otherwise` is what the chart's own values say. */
export const switched = (value: WireValue, path: string, otherwise: boolean): boolean =>
  typeof valueAt(value, path) === 'boolean' ? valueAt(value, path) === true : otherwise

/** Where pods run, by values that most charts take. */
export const placement = (values: WireValue, path = ''): WireObject => ({
  nodeSelector: objectAt(values, `${path}nodeSelector`),
  tolerations: list(values, `${path}tolerations`)
})

/** Security of a container that even the restricted level takes. */
export const restrictedContainer: WireObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true
}

export const hostPath = (name: string, path: string): WireObject => ({ name, hostPath: { path } })

/** A service account that a chart makes, unless its values say that it is there. */
export function account ({ values }: Installed, path: string, name: string): Brought[] {
  return switched(values, `${path}.create`, true)
    ? [{
      type: 'kubernetes:core/v1:ServiceAccount',
      name,
      object: {
        automountServiceAccountToken: valueAt(values, `${path}.automountServiceAccountToken`) ?? true
      }
    }]
    : []
}

/** Name of the account of a chart's pods: the one that its values name, else the release's own. */
export const accountName = (release: Installed, chart: string): string =>
  stringAt(release.values, 'serviceAccount.name') || fullName(release, chart)

/** The account of a chart's pods, as Helm's own template for new charts makes it. */
export const ownAccount = (release: Installed, chart: string): Brought[] =>
  account(release, 'serviceAccount', accountName(release, chart))
