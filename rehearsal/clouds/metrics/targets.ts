/**
 * Targets of a cluster's Prometheus: what the operator's chart makes it read, and what monitors and
 * probes name, with the verdict on the way there. Pure.
 */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { type PrometheusPods, prometheusPods } from '../kubernetes/charts/prometheus.ts'
import { arrival, trustDomain } from '../network/calls.ts'
import { hasProxy, podBehind, podsOf, releaseType, takesOut } from '../network/inhabitants.ts'
import { type Pod, policyRefusal, selects } from '../network/pod-policies.ts'
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { objectAt, plain, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { type Exporter, exporterRows, type ExporterName, ofTheStack } from './exporters.ts'

const monitoringApi = 'kubernetes:monitoring.coreos.com/v1:'
const [podMonitor, serviceMonitor, probeType] = ['PodMonitor', 'ServiceMonitor', 'Probe'].map((kind) =>
  `${monitoringApi}${kind}`
) as [string, string, string]
export const ruleType = `${monitoringApi}PrometheusRule`

/** Types of the objects that say what Prometheus reads. */
export const monitorTypes: readonly string[] = [podMonitor, serviceMonitor, probeType, ruleType]

/** Something that Prometheus reads. */
export interface Target {
  readonly exporter: ExporterName
  readonly job: string
  /** Namespace of the pod that is read. */
  readonly namespace: string
  /** Pod that is read; undefined where a chart without a row makes it. */
  readonly pod?: Pod
  /** The probe that is asked for. */
  readonly probe?: CloudRecord
  /** Refusal on the way; undefined: it is read. */
  readonly refusal?: Verdict
}

/** The release that brings a cluster's Prometheus; undefined where there is none. */
const stackOf = (world: World, site: Site): CloudRecord | undefined =>
  world.inside(site, releaseType).find((record) => prometheusIn(record) !== undefined)

const prometheusIn = (record: CloudRecord): PrometheusPods | undefined =>
  prometheusPods(plain(record.inputs) as WireObject, record.name)

/** The pod of a cluster's Prometheus; undefined where there is none. */
export function prometheusOf (world: World, site: Site): Pod | undefined {
  const stack = stackOf(world, site)
  return stack && prometheusIn(stack)
}

const known = new WeakMap<World, Map<Site, readonly Target[]>>()

/** All targets of a cluster's Prometheus; none where the cluster has no Prometheus. */
export function targetsOf (world: World, site: Site): readonly Target[] {
  const sites = known.get(world) ?? new Map<Site, readonly Target[]>()
  known.set(world, sites)
  const targets = sites.get(site) ?? findTargets(world, site)
  sites.set(site, targets)
  return targets
}

function findTargets (world: World, site: Site): Target[] {
  const prometheus = prometheusOf(world, site)
  const stack = stackOf(world, site)
  if (!prometheus || !stack) return []
  const { namespace } = prometheus
  const values = objectAt(plain(stack.inputs), 'values')
  const switches: Partial<Record<ExporterName, string>> = {
    'kube-state-metrics': 'kubeStateMetrics.enabled',
    'node-exporter': 'nodeExporter.enabled',
    kubelet: 'kubelet.enabled'
  }
  return [
    ...ofTheStack.filter((name) => valueAt(values, switches[name] ?? '') !== false).map((
      exporter
    ): Target => ({
      exporter,
      job: exporter,
      namespace
    })),
    ...world.inside(site, podMonitor).flatMap((record) => ofPodMonitor(world, site, prometheus, record)),
    ...world.inside(site, serviceMonitor).flatMap((record) =>
      ofServiceMonitor(world, site, prometheus, record)
    ),
    ...world.inside(site, probeType).flatMap((record) => ofProbe(world, site, prometheus, record))
  ]
}

/** Refusal of a read of a pod's port, past Services: in plaintext. */
export function readRefusal (
  world: World,
  site: Site,
  prometheus: Pod,
  pod: Pod,
  port: number
): Verdict | undefined {
  return policyRefusal(world, site, {
    direction: 'Egress',
    pod: prometheus,
    peer: { kind: 'pod', pod },
    port
  }) ?? arrival(world, site, pod, { pod: prometheus, principal: undefined }, port)
}

/** Tells for a monitor in which namespaces it looks: in its own when it names none. */
export const namespacesOf = (record: CloudRecord, otherwise: string): (name: string) => boolean => {
  const selector = objectAt(settingsOf(record), 'spec.namespaceSelector')
  const names = stringsAt(selector, 'matchNames[]')
  return (name) => selector.any === true || (names.length > 0 ? names.includes(name) : name === otherwise)
}

/** Labels of a pod, with the one that an injected proxy gives it. */
export const labelled = (world: World, site: Site, pod: Pod): WireObject => ({
  ...pod.labels,
  ...(hasProxy(world, site, pod) && { 'security.istio.io/tlsMode': 'istio' })
})

const includes = (labels: WireObject, wanted: WireObject): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value)

type Placed = Exporter & { readonly pods: NonNullable<Exporter['pods']> }
const placed: readonly (readonly [ExporterName, Placed])[] = exporterRows.flatMap(([name, row]) =>
  row.pods ? [[name, row as Placed] as const] : []
)

function ofPodMonitor (world: World, site: Site, prometheus: Pod, record: CloudRecord): Target[] {
  const settings = settingsOf(record)
  const chosen = namespacesOf(record, stringAt(settings, 'metadata.namespace') ?? '')
  const job = `${stringAt(settings, 'metadata.namespace') ?? 'default'}/${record.name}`
  return podsOf(world, site).flatMap((pod): Target[] => {
    const labels = labelled(world, site, pod)
    if (!chosen(pod.namespace) || !selects(valueAt(settings, 'spec.selector'), labels)) return []
    return valuesAt(settings, 'spec.podMetricsEndpoints[]').flatMap((endpoint): Target[] => {
      const [title, number] = [stringAt(endpoint, 'port'), valueAt(endpoint, 'targetPort')]
      const found = placed.find(([, { pods }]) =>
        includes(labels, pods.labels) &&
        (title === undefined ? pods.port === number : pods.portName === title)
      )
      return found
        ? [target(world, site, prometheus, { job, exporter: found[0], pod, port: found[1].pods.port })]
        : []
    })
  })
}

function ofServiceMonitor (world: World, site: Site, prometheus: Pod, record: CloudRecord): Target[] {
  const settings = settingsOf(record)
  const chosen = namespacesOf(record, stringAt(settings, 'metadata.namespace') ?? '')
  const ports = stringsAt(settings, 'spec.endpoints[].port')
  return placed.flatMap(([exporter, { pods, service }]) => {
    if (!service || !selects(valueAt(settings, 'spec.selector'), service)) return []
    if (pods.portName === undefined || !ports.includes(pods.portName)) return []
    return podsOf(world, site).filter((pod) => chosen(pod.namespace) && includes(pod.labels, pods.labels))
      .map((
        pod
      ) => target(world, site, prometheus, { job: exporter, exporter, pod, port: pods.port }))
  })
}

function target (
  world: World,
  site: Site,
  prometheus: Pod,
  { exporter, job, pod, port }: { exporter: ExporterName, job: string, pod: Pod, port: number }
): Target {
  const refusal = readRefusal(world, site, prometheus, pod, port)
  return { exporter, job, namespace: pod.namespace, pod, ...(refusal && { refusal }) }
}

/**
 * A probe: Prometheus asks the prober by the name of its Service, through its own proxy where that
 * takes the call.
 */
function ofProbe (world: World, site: Site, prometheus: Pod, record: CloudRecord): Target[] {
  const settings = settingsOf(record)
  const [, service, namespace, port] =
    /^(?:https?:\/\/)?([^.]+)\.([^.:]+)\.svc[^:]*:(\d+)/.exec(stringAt(settings, 'spec.prober.url') ?? '') ??
      []
  if (service === undefined || namespace === undefined) return []
  const pod = proberBehind(world, site, namespace, service)
  const job = stringAt(settings, 'spec.jobName') ?? record.name
  if (!pod) return []
  // The operator's chart names its account (kube-prometheus-stack, templates/_helpers.tpl).
  const principal = takesOut(world, site, prometheus, site.services)
    ? `${trustDomain(world, site)}/ns/${prometheus.namespace}/sa/prometheus-prometheus`
    : undefined
  const refusal = arrival(world, site, pod, { pod: prometheus, principal }, Number(port))
  return [{ exporter: 'prober', job, namespace, pod, probe: record, ...(refusal && { refusal }) }]
}

/** The pod of a prober: its chart's Service has the name of its workload. */
function proberBehind (world: World, site: Site, namespace: string, service: string): Pod | undefined {
  return podBehind(world, site, `${namespace}/${service}`) ??
    podsOf(world, site).find((pod) =>
      pod.namespace === namespace && pod.labels['app.kubernetes.io/instance'] === service
    )
}

/** Names of the metrics that a cluster's Prometheus reads. */
export function metricsRead (world: World, site: Site): Set<string> {
  const rows = new Map(exporterRows)
  return new Set(
    targetsOf(world, site).filter(({ refusal }) => !refusal).flatMap(({ exporter }) => [
      ...rows.get(exporter)?.metrics ?? []
    ])
  )
}
