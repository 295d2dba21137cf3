/** What Prometheus reads: pods that the monitors of a cluster select, at their own addresses. */
import { type CloudRecord } from '../../store.ts'
import { labelled, namespacesOf, readRefusal } from '../metrics/targets.ts'
import { serviceType } from '../network/gateways.ts'
import { selects } from '../network/pod-policies.ts'
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { numberAt, objectAt, stringAt, valueAt, valuesAt } from '../wire-values.ts'
import { type Actor } from './actors.ts'
import { podName, unmet } from './call.ts'
import { type Unmet } from './table.ts'

const monitoringApi = 'kubernetes:monitoring.coreos.com/v1:'

/**
 * Ports of Services that charts bring, by the labels of their pods: istiod's
 * (istio/istio, manifests/charts/istio-control/istio-discovery/templates/service.yaml).
 */
const chartPorts: readonly {
  labels: Readonly<Record<string, string>>
  ports: ReadonlyMap<string, number>
}[] = [
  { labels: { istio: 'pilot' }, ports: new Map([['http-monitoring', 15014]]) }
]

interface Target {
  readonly actor: Actor
  readonly port: number
}

/** Pods that a PodMonitor selects, and the port of each of its endpoints that has a number. */
function monitoredPods (
  world: World,
  site: Site,
  record: CloudRecord,
  actors: readonly Actor[]
): Target[] {
  const monitor = settingsOf(record)
  const inside = namespacesOf(record, stringAt(monitor, 'metadata.namespace') ?? 'default')
  const chosen = actors.filter((actor) =>
    inside(actor.namespace) && selects(valueAt(monitor, 'spec.selector'), labelled(world, site, actor))
  )
  return valuesAt(monitor, 'spec.podMetricsEndpoints[]').flatMap((endpoint) =>
    chosen.flatMap((actor) => {
      const named = actor.ports.get(stringAt(endpoint, 'port') ?? '') ?? 0
      const port = numberAt(endpoint, 'targetPort', named)
      return port === 0 ? [] : [{ actor, port }]
    })
  )
}

/** Pods behind the Services that a ServiceMonitor selects. */
function monitoredServices (
  world: World,
  site: Site,
  record: CloudRecord,
  actors: readonly Actor[]
): Target[] {
  const monitor = settingsOf(record)
  const inside = namespacesOf(record, stringAt(monitor, 'metadata.namespace') ?? 'default')
  const selector = valueAt(monitor, 'spec.selector')
  const names = valuesAt(monitor, 'spec.endpoints[]').map((endpoint) => stringAt(endpoint, 'port') ?? '')
  const objects = world.inside(site, serviceType).map(settingsOf).filter((service) =>
    inside(stringAt(service, 'metadata.namespace') ?? 'default') &&
    selects(selector, objectAt(service, 'metadata.labels'))
  ).flatMap((service) => {
    const pods = objectAt(service, 'spec.selector')
    const ports = valuesAt(service, 'spec.ports[]').filter((port) =>
      names.includes(stringAt(port, 'name') ?? '')
    )
    return actors.filter((actor) =>
      actor.namespace === stringAt(service, 'metadata.namespace') &&
      selects({ matchLabels: pods }, actor.labels)
    ).flatMap((actor) =>
      ports.map((port) => ({ actor, port: numberAt(port, 'targetPort', numberAt(port, 'port', 0)) }))
    )
  })
  const brought = chartPorts.flatMap(({ labels, ports }) =>
    selects(selector, labels)
      ? actors.filter((actor) => inside(actor.namespace) && selects({ matchLabels: labels }, actor.labels))
        .flatMap((actor) => names.flatMap((name) => ({ actor, port: ports.get(name) ?? 0 })))
      : []
  )
  return [...objects, ...brought].filter(({ port }) => port !== 0)
}

/** Pods whose metrics are selected, and that Prometheus does not get to. */
export function readings (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  const readers = actors.filter(({ labels }) => labels['app.kubernetes.io/name'] === 'prometheus')
  const targets = [
    ...world.inside(site, `${monitoringApi}PodMonitor`).flatMap((record) =>
      monitoredPods(world, site, record, actors)
    ),
    ...world.inside(site, `${monitoringApi}ServiceMonitor`).flatMap((record) =>
      monitoredServices(world, site, record, actors)
    )
  ]
  return readers.flatMap((reader) =>
    targets.flatMap((target) =>
      unmet(
        'metrics-read',
        podName(reader, reader.name),
        `${podName(target.actor, target.actor.name)}:${target.port}`,
        readRefusal(world, site, reader, target.actor, target.port)
      )
    )
  )
}
