/** Where proxies, Prometheus and collectors send what they have. */
import { type WireValue } from '../../wire.ts'
import { podReach } from '../network/calls.ts'
import { hasProxy } from '../network/inhabitants.ts'
import { type Pod, selects } from '../network/pod-policies.ts'
import { settingsOf } from '../network/records.ts'
import { type Routes } from '../network/routes.ts'
import { type Site } from '../network/site.ts'
import { refused, type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { isObject, numberAt, objectAt, stringAt, stringsAt, valueAt, valuesAt } from '../wire-values.ts'
import { type Actor, actorsOf, backendOf } from './actors.ts'
import { podName, unmet } from './call.ts'
import { type DutyName, type Unmet } from './table.ts'

const releaseType = 'kubernetes:helm.sh/v3:Release'

/**
 * Services that charts bring, by name: the labels of their pods and the ports of these. Read from
 * the charts' templates of Services: opentelemetry-collector 0.170, mimir-distributed 5.7
 * (gateway), alertmanager 1.21.
 */
const chartServices: Readonly<Record<string, { labels: Readonly<Record<string, string>>, port: number }>> = {
  'otel-collector': { labels: { 'app.kubernetes.io/name': 'opentelemetry-collector' }, port: 4317 },
  'mimir-gateway': {
    labels: { 'app.kubernetes.io/name': 'mimir', 'app.kubernetes.io/component': 'gateway' },
    port: 8080
  },
  alertmanager: { labels: { 'app.kubernetes.io/name': 'alertmanager' }, port: 9093 }
}

interface Address {
  readonly service: string
  readonly namespace: string
  readonly port: number
}

/** The Service that a URL or a host with port names; undefined for names of elsewhere. */
function addressOf (text: string): Address | undefined {
  const [, service, namespace, port] =
    /^(?:https?:\/\/)?([^.\s/:]+)\.([^.\s/:]+)\.svc(?:\.cluster\.local)?(?::(\d+))?(?:\/|$)/.exec(text) ?? []
  return service === undefined || namespace === undefined
    ? undefined
    : { service, namespace, port: Number(port ?? 80) }
}

/** Pods behind an address in a cluster, and their port. */
function behind (
  world: World,
  site: Site,
  { service, namespace, port }: Address,
  actors: readonly Actor[]
): { pod: Pod, port: number } | undefined {
  const backend = backendOf(world, site, namespace, service, actors)
  const own = backend?.ports.get(port)
  if (backend && own !== undefined) return { pod: backend.pod, port: own }
  const row = chartServices[service]
  const actor = row &&
    actors.find((one) => one.namespace === namespace && selects({ matchLabels: row.labels }, one.labels))
  return actor && { pod: actor, port: row.port }
}

/** A call to a Service that this cluster has, or the one that the mesh finds it in. */
function sent (world: World, routes: Routes, site: Site, caller: Actor, address: Address): Verdict {
  const here = behind(world, site, address, actorsOf(world, site))
  const to = here ? site : world.sites.find((other) => behind(world, other, address, actorsOf(world, other)))
  const target = here ?? (to && behind(world, to, address, actorsOf(world, to)))
  return to && target
    ? podReach(world, routes, {
      from: site,
      pod: caller,
      account: caller.account,
      to,
      workload: target.pod,
      port: target.port
    })
    : refused(site.name, 'service-known', `nobody serves ${address.service}.${address.namespace}`)
}

/** Endpoints of a collector's exporters. */
function exporters (values: WireValue): string[] {
  const all = valueAt(values, 'config.exporters')
  return isObject(all) ? Object.values(all).flatMap((exporter) => stringsAt(exporter, 'endpoint')) : []
}

/** Calls that releases' values name, by who makes them. */
function named (world: World, site: Site, actors: readonly Actor[]): [DutyName, Actor, string][] {
  const by = (label: string) => actors.filter(({ labels }) => labels['app.kubernetes.io/name'] === label)
  return world.inside(site, releaseType).map(settingsOf).flatMap((release): [DutyName, Actor, string][] => {
    const chart = stringAt(release, 'chart') ?? ''
    const values = valueAt(release, 'values') ?? {}
    if (chart.endsWith('kube-prometheus-stack')) {
      const spec = valueAt(values, 'prometheus.prometheusSpec') ?? {}
      const managers = valuesAt(spec, 'additionalAlertManagerConfigs[]')
      const urls = [
        ...stringsAt(spec, 'remoteWrite[].url'),
        ...managers.flatMap((one) => stringsAt(one, 'static_configs[].targets[]'))
      ]
      return by('prometheus').flatMap((actor) =>
        urls.map((url): [DutyName, Actor, string] => ['metrics-written', actor, url])
      )
    }
    if (/(^|\/)grafana$/.test(chart)) {
      const urls = stringsAt(objectAt(values, 'datasources')['datasources.yaml'], 'datasources[].url')
      return by('grafana').flatMap((actor) =>
        urls.map((url): [DutyName, Actor, string] => ['sources-asked', actor, url])
      )
    }
    if (chart.endsWith('opentelemetry-collector')) {
      return by('opentelemetry-collector').flatMap((actor) =>
        exporters(values).map((url): [DutyName, Actor, string] => ['traces-handed-on', actor, url])
      )
    }
    if (!/(^|\/)istiod$/.test(chart)) return []
    const providers = valuesAt(values, 'meshConfig.extensionProviders[].opentelemetry')
    return actors.filter((actor) => hasProxy(world, site, actor)).flatMap((actor) =>
      providers.map((provider): [DutyName, Actor, string] => [
        'traces-sent',
        actor,
        `${stringAt(provider, 'service') ?? ''}:${numberAt(provider, 'port', 4317)}`
      ])
    )
  })
}

/** What does not get where it is sent. */
export function sendings (world: World, routes: Routes, site: Site, actors: readonly Actor[]): Unmet[] {
  return named(world, site, actors).flatMap(([duty, actor, url]) => {
    const address = addressOf(url)
    return address
      ? unmet(duty, podName(actor, actor.name), url, sent(world, routes, site, actor, address))
      : []
  })
}
