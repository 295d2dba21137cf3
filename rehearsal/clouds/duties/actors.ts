/** Workloads of a cluster that call and are called, as far as objects and tables of charts tell. */
import { type CloudRecord } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { prometheusPods } from '../kubernetes/charts/prometheus.ts'
import { chartWorkloads } from '../kubernetes/charts/workloads.ts'
import { accountOf, podLabels, type Workload } from '../kubernetes/workloads.ts'
import { serviceType } from '../network/gateways.ts'
import { objectWorkloads, workloadTypes } from '../network/inhabitants.ts'
import { type Pod, selects } from '../network/pod-policies.ts'
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { isObject, numberAt, objectAt, stringAt, valuesAt } from '../wire-values.ts'

/** Pods that do the same, and whom they call as. */
export interface Actor extends Pod {
  readonly name: string
  /** Name of their service account. */
  readonly account: string
  /** Numbers of their containers' ports by name. */
  readonly ports: ReadonlyMap<string, number>
  readonly annotations: WireObject
}

const releaseType = 'kubernetes:helm.sh/v3:Release'
const databaseType = 'kubernetes:postgresql.cnpg.io/v1:Cluster'
/** Types that the actors of a cluster are found by. */
export const actorTypes = [...workloadTypes, releaseType, databaseType, serviceType]

function actorOf (workload: Workload): Actor {
  const ports = valuesAt(workload.pod, 'spec.containers[].ports[]').flatMap((port): [string, number][] => {
    const name = stringAt(port, 'name')
    return name === undefined ? [] : [[name, numberAt(port, 'containerPort', 0)]]
  })
  return {
    name: workload.name,
    namespace: workload.namespace,
    labels: podLabels(workload),
    account: accountOf(workload),
    ports: new Map(ports),
    annotations: objectAt(workload.pod, 'metadata.annotations')
  }
}

function releasedBy (record: CloudRecord): Actor[] {
  const settings = settingsOf(record)
  if (!isObject(settings)) return []
  const described = (chartWorkloads(settings, record.name) ?? []).map(actorOf)
  const prometheus = prometheusPods(settings, record.name)
  return prometheus ? [...described, { ...prometheus, ports: new Map([['http-web', 9090]]) }] : described
}

/** Instances of a database; the operator labels and annotates them. */
function instancesOf (record: CloudRecord): Actor {
  const settings = settingsOf(record)
  return {
    name: record.name,
    namespace: stringAt(settings, 'metadata.namespace') ?? 'default',
    labels: {
      ...objectAt(settings, 'spec.inheritedMetadata.labels'),
      'cnpg.io/cluster': record.name,
      'cnpg.io/podRole': 'instance'
    },
    account: record.name,
    ports: new Map([['postgresql', 5432], ['metrics', 9187], ['status', 8000]]),
    annotations: objectAt(settings, 'spec.inheritedMetadata.annotations')
  }
}

/** Databases of a cluster, with the records that they are. */
export function databasesOf (world: World, site: Site): { record: CloudRecord, actor: Actor }[] {
  return world.inside(site, databaseType).map((record) => ({ record, actor: instancesOf(record) }))
}

/**
 * Workloads that are to come: pods that a Service of a namespace with proxies selects, and that
 * nobody runs yet. They need the same ways as if they ran.
 */
function expectedOf (world: World, site: Site, running: readonly Actor[]): Actor[] {
  const meshed = new Set(
    world.inside(site, 'kubernetes:core/v1:Namespace').filter((space) =>
      objectAt(settingsOf(space), 'metadata.labels')['istio-injection'] === 'enabled'
    ).map(({ name }) => name)
  )
  return world.inside(site, serviceType).flatMap((record) => {
    const settings = settingsOf(record)
    const namespace = stringAt(settings, 'metadata.namespace') ?? 'default'
    const labels = objectAt(settings, 'spec.selector')
    const runs = running.some((actor) =>
      actor.namespace === namespace && selects({ matchLabels: labels }, actor.labels)
    )
    return runs || !meshed.has(namespace) || Object.keys(labels).length === 0
      ? []
      : [{ name: record.name, namespace, labels, account: record.name, ports: new Map(), annotations: {} }]
  })
}

const known = new WeakMap<World, Map<Site, readonly Actor[]>>()

/** Workloads of a cluster that are known. Those of charts without a row are not among them. */
export function actorsOf (world: World, site: Site): readonly Actor[] {
  const sites = known.get(world) ?? new Map<Site, readonly Actor[]>()
  known.set(world, sites)
  const actors = sites.get(site) ?? findActors(world, site)
  sites.set(site, actors)
  return actors
}

function findActors (world: World, site: Site): Actor[] {
  const running = [
    ...objectWorkloads(world, site).map(actorOf),
    ...world.inside(site, releaseType).flatMap(releasedBy),
    ...databasesOf(world, site).map(({ actor }) => actor)
  ]
  return [...running, ...expectedOf(world, site, running)]
}

/** Pods that a Service selects, whether or not somebody runs them yet, and where its ports lead. */
export interface Backend {
  readonly pod: Pod
  /** Ports of pods by those of the Service. */
  readonly ports: ReadonlyMap<number, number>
}

/** The pods behind a Service of a cluster; undefined where there is no such Service. */
export function backendOf (
  world: World,
  site: Site,
  namespace: string,
  name: string,
  actors: readonly Actor[]
): Backend | undefined {
  const record = world.inside(site, serviceType).find(({ id }) => id === `${namespace}/${name}`)
  if (!record) return undefined
  const settings = settingsOf(record)
  const selector = objectAt(settings, 'spec.selector')
  const pod =
    actors.find((actor) =>
      actor.namespace === namespace && selects({ matchLabels: selector }, actor.labels)
    ) ?? { namespace, labels: selector }
  const ports = valuesAt(settings, 'spec.ports[]').map((port): [number, number] => {
    const own = numberAt(port, 'port', 0)
    return [own, numberAt(port, 'targetPort', own)]
  })
  return { pod, ports: new Map(ports) }
}
