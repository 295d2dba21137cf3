/**
 * Series that a cluster's Prometheus has of its targets, as far as the world tells their values.
 * Pure.
 */
import { roundTrip } from '../../../contract/latency/round-trips.ts'
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { serviceReach } from '../network/calls.ts'
import { ledgerType, podsOf, releaseType } from '../network/inhabitants.ts'
import { type Pod } from '../network/pod-policies.ts'
import { addressesOf, publicReach } from '../network/public.ts'
import { settingsOf } from '../network/records.ts'
import { type Routes } from '../network/routes.ts'
import { type Site } from '../network/site.ts'
import { type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { numberAt, objectAt, plain, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { exporterRows } from './exporters.ts'
import { type Target, targetsOf } from './targets.ts'

const daemonSetType = 'kubernetes:apps/v1:DaemonSet'

/** A series with its present value. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A cluster in a world, with the ways out of it. */
export interface Place {
  readonly world: World
  readonly routes: Routes
  readonly site: Site
}

type Values = (place: Place, targets: readonly Target[]) => Series[]

/** Values by metric. What is not here is read, and nothing says which value it has. */
const values: Readonly<Record<string, Values>> = {
  up: (_place, targets) =>
    targets.map(({ job, namespace, refusal }) => ({ labels: { job, namespace }, value: refusal ? 0 : 1 })),
  istio_build: ({ world, site }) =>
    world.inside(site, releaseType).filter((record) => stringAt(plain(record.inputs), 'chart') === 'istiod')
      .map(
        (record) => ({
          labels: { component: 'pilot', tag: stringAt(plain(record.inputs), 'version') ?? '' },
          value: 1
        })
      ),
  kube_daemonset_status_number_unavailable: ({ world, site }) =>
    world.inside(site, daemonSetType).map((record) => {
      const settings = settingsOf(record)
      const wanted = numberAt(settings, 'status.desiredNumberScheduled', 0)
      return {
        labels: { daemonset: record.name, namespace: stringAt(settings, 'metadata.namespace') ?? 'default' },
        value: wanted - numberAt(settings, 'status.numberReady', 0)
      }
    }),
  probe_success: (place, targets) => targets.flatMap((target) => probed(place, target)),
  cnpg_pg_stat_replication_replay_lag_seconds: ({ world, routes, site }) =>
    world.inside(site, ledgerType).flatMap((writer) => followersOf(world, routes, site, writer)),
  cnpg_pg_replication_is_wal_receiver_up: (place) =>
    place.world.inside(place.site, ledgerType).map((record) => ({
      labels: { pod: `${record.name}-1` },
      value: sourceOf(place, record)?.reached === true ? 1 : 0
    }))
}

/** Results of a probe, with the labels that it gives them. */
function probed (place: Place, { job, pod, probe }: Target): Series[] {
  if (!probe || !pod) return []
  const settings = settingsOf(probe)
  const labels = Object.fromEntries(
    Object.entries(objectAt(settings, 'spec.targets.staticConfig.labels')).map(([key, value]) => [
      key,
      String(value)
    ])
  )
  return stringsAt(settings, 'spec.targets.staticConfig.static[]').map((address) => ({
    labels: { job, instance: address, ...labels },
    value: asks(place, pod, address) ? 1 : 0
  }))
}

/** Tells if a prober gets an answer from an address. */
function asks ({ world, routes, site }: Place, pod: Pod, address: string): boolean {
  const [, service, namespace, port] =
    /^https?:\/\/([^.]+)\.([^.]+)\.svc\.cluster\.local:(\d+)\//.exec(address) ?? []
  if (service !== undefined && namespace !== undefined) {
    const account = String(pod.labels['app.kubernetes.io/instance'] ?? 'default')
    return serviceReach(world, routes, { from: site, pod, account, service, namespace, port: Number(port) })
      .reached
  }
  const [, host, path] = /^https:\/\/([^:/]+)(\/.*)$/.exec(address) ?? []
  if (host !== undefined && path !== undefined) {
    return publicReach(world, { host, path, newest: 'TLSV1_3', from: { site, pod } }).reached
  }
  // Of the cluster's own DNS, which answers what the records of the zone say.
  return /^kube-dns\.kube-system\.svc:53$/.test(address) && dnsAnswers(world, site, pod)
}

function dnsAnswers (world: World, site: Site, { labels }: Pod): boolean {
  const release = world.inside(site, releaseType).find(({ name }) =>
    name === labels['app.kubernetes.io/instance']
  )
  const modules = objectAt(release && plain(release.inputs), 'values.config.modules')
  const names = Object.values(modules).map((module) => stringAt(module, 'dns.query_name')).filter((name) =>
    name !== undefined
  )
  return names.length > 0 && names.every((name) => addressesOf(world, name).length > 1)
}

/**
 * Followers of a ledger: the replicas beside it, and whoever elsewhere names it as its source.
 */
function followersOf (world: World, routes: Routes, site: Site, writer: CloudRecord): Series[] {
  const settings = settingsOf(writer)
  const beside = Array.from({ length: numberAt(settings, 'spec.instances', 1) - 1 }, (_, index) => ({
    labels: { application_name: `${writer.name}-${index + 2}` },
    value: 0
  }))
  const elsewhere = world.sites.flatMap((other) =>
    world.inside(other, ledgerType).flatMap((record): Series[] => {
      const source = sourceParameters(record)
      if (stringAt(source, 'host')?.split('.')[0] !== `${writer.name}-rw`) return []
      const way = sourceOf({ world, routes, site: other }, record)
      const trip = roundTrip(other.region, site.region)?.milliseconds ?? 0
      return way?.reached
        ? [{
          labels: { application_name: stringAt(source, 'application_name') ?? `${record.name}-1` },
          value: trip / 1000
        }]
        : []
    })
  )
  return [...beside, ...elsewhere]
}

/** Connection of a ledger to what it follows; undefined of one that writes. */
function sourceParameters (record: CloudRecord): WireObject | undefined {
  const spec = objectAt(settingsOf(record), 'spec')
  const replica = objectAt(spec, 'replica')
  if (replica.primary === undefined || replica.primary === replica.self) return undefined
  const source = valuesAt(spec, 'externalClusters[]').find((one) => stringAt(one, 'name') === replica.source)
  return source === undefined ? undefined : objectAt(source, 'connectionParameters')
}

/** The way of a ledger's instance to what it follows; undefined of one that writes. */
function sourceOf ({ world, routes, site }: Place, record: CloudRecord): Verdict | undefined {
  const source = sourceParameters(record)
  const [service, namespace] = (stringAt(source, 'host') ?? '').split('.')
  const pod = podsOf(world, site).find(({ labels }) => labels['cnpg.io/cluster'] === record.name)
  if (!pod || service === undefined || namespace === undefined) return undefined
  const port = Number(stringAt(source, 'port') ?? 5432)
  return serviceReach(world, routes, { from: site, pod, account: record.name, service, namespace, port })
}

/** Tells if every label of a series is as matchers want it. */
function matches (labels: Series['labels'], matchers: string): boolean {
  return [...matchers.matchAll(/([a-zA-Z_]\w*)\s*(=~|!=|=)\s*"([^"]*)"/g)].every(
    ([, name = '', operator, value = '']) => {
      const own = labels[name] ?? ''
      if (operator === '=~') return value.split('|').includes(own)
      return operator === '=' ? own === value : own !== value
    }
  )
}

const compares: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b
}

/**
 * Answers a query of one metric with matchers and a comparison. Undefined where the world does not
 * tell: the query is another, or nothing says which value the metric has.
 */
export function seriesOf (place: Place, query: string): Series[] | undefined {
  const [, metric = '', matchers = '', operator, bound] =
    /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})?\s*(?:(==|!=|>|<)\s*(\d+(?:\.\d+)?))?$/.exec(query.trim()) ?? []
  const exporters = exporterRows.filter(([, { metrics }]) => metrics.includes(metric)).map(([name]) => name)
  const targets = targetsOf(place.world, place.site)
  // Whether a target can be read is known of each target, whoever it is.
  const read = metric === 'up'
    ? targets
    : targets.filter(({ exporter, refusal }) => exporters.includes(exporter) && !refusal)
  if (read.length === 0) return exporters.length > 0 ? [] : undefined
  const compare = operator === undefined ? undefined : compares[operator]
  return values[metric]?.(place, read).filter(({ labels, value }) =>
    matches(labels, matchers) && (compare === undefined || compare(value, Number(bound)))
  )
}
