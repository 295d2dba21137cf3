/** Calls of the mesh: proxies to istiod, services to each other, gateways to services. */
import { meshName, podReach } from '../network/calls.ts'
import { apiReach } from '../network/cluster-api.ts'
import { gatewayReach, serversOf } from '../network/gateways.ts'
import { hasProxy, takesIn } from '../network/inhabitants.ts'
import { type Pod } from '../network/pod-policies.ts'
import { settingsOf } from '../network/records.ts'
import { type Routes } from '../network/routes.ts'
import { type Site } from '../network/site.ts'
import { refused } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { numberAt, objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { type Actor, backendOf } from './actors.ts'
import { podName, policyVerdict, unmet } from './call.ts'
import { type Unmet } from './table.ts'

const secretType = 'kubernetes:core/v1:Secret'
const routesType = 'kubernetes:networking.istio.io/v1:VirtualService'
/** Port on which gateways pass calls of other networks on. */
const betweenNetworks = 15443

const isGateway = ({ labels }: Actor): boolean => /gateway$/.test(String(labels.istio ?? ''))

/** Proxies that do not reach istiod: none of their pods starts. */
export function configuration (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  const istiod = actors.find(({ labels }) => labels.app === 'istiod')
  if (!istiod) return []
  return actors.filter((actor) => isGateway(actor) || hasProxy(world, site, actor)).flatMap((actor) =>
    unmet(
      'proxy-configuration',
      podName(actor, actor.name),
      'istiod:15012',
      policyVerdict(world, site, { from: actor, to: istiod, port: 15012 })
    )
  )
}

/** A service of the mesh as its VirtualService names it. */
interface MeshService {
  readonly name: string
  readonly namespace: string
  readonly pod: Pod
  /** Ports of its pods. */
  readonly ports: readonly number[]
}

interface Named {
  readonly services: readonly MeshService[]
  readonly lost: readonly Unmet[]
}

const local = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/

/** Services that VirtualServices lead to: those that sidecars read, or those of the ingress. */
function namedServices (world: World, site: Site, actors: readonly Actor[], byIngress: boolean): Named {
  const services = new Map<string, MeshService>()
  const lost: Unmet[] = []
  for (const record of world.inside(site, routesType)) {
    const settings = settingsOf(record)
    const gateways = stringsAt(settings, 'spec.gateways[]')
    if (byIngress !== gateways.some((gateway) => /(^|\/)ingress$/.test(gateway))) continue
    for (const step of [...valuesAt(settings, 'spec.http[]'), ...valuesAt(settings, 'spec.tcp[]')]) {
      for (const route of valuesAt(step, 'route[]')) {
        const host = stringAt(route, 'destination.host') ?? ''
        const port = numberAt(route, 'destination.port.number', 0)
        const [, name, namespace] = local.exec(host) ?? []
        if (name === undefined || namespace === undefined) continue
        const backend = backendOf(world, site, namespace, name, actors)
        const target = backend?.ports.get(port)
        if (!backend || target === undefined) {
          const why = refused(site.name, 'service-known', `no Service ${host} has the port ${port}`)
          lost.push(...unmet('mesh-call', record.name, host, why))
          continue
        }
        const known = services.get(host)
        const ports = [...new Set([...known?.ports ?? [], target])]
        services.set(host, { name, namespace, pod: backend.pod, ports })
      }
    }
  }
  return { services: [...services.values()], lost }
}

/** One service of each namespace: what it may call, the others of it may. */
function oneOfEach (services: readonly MeshService[]): MeshService[] {
  const byNamespace = new Map(services.map((service) => [service.namespace, service]))
  return [...byNamespace.values()]
}

/** Calls of services to each other that are refused, here or at the gateways of other networks. */
export function meshCalls (world: World, routes: Routes, site: Site, actors: readonly Actor[]): Unmet[] {
  const { services, lost } = namedServices(world, site, actors, false)
  const callers = oneOfEach(services)
  const ingress = actors.filter(({ labels }) => labels.istio === 'ingressgateway')
  const calls = callers.flatMap(({ name, pod }) =>
    services.flatMap((service) =>
      service.ports.flatMap((port) =>
        unmet(
          'mesh-call',
          podName(pod, name),
          `${podName(service.pod, service.name)}:${port}`,
          podReach(world, routes, {
            from: site,
            pod,
            account: name,
            to: site,
            workload: service.pod,
            port
          })
        )
      )
    )
  )
  return [
    ...lost,
    ...calls,
    ...failovers(world, routes, site, [
      ...callers,
      ...ingress.map((actor) => ({ name: actor.name, pod: actor }))
    ]),
    ...strangers(world, routes, site, closedOnes(world, site, services, actors))
  ]
}

/** Gateways of other networks that callers do not reach when nobody answers here. */
function failovers (
  world: World,
  routes: Routes,
  site: Site,
  callers: readonly Pick<MeshService, 'name' | 'pod'>[]
): Unmet[] {
  const known = new Set(
    world.inside(site, secretType).map((secret) => objectAt(settingsOf(secret), 'metadata.annotations'))
      .map((notes) => notes['networking.istio.io/cluster'])
  )
  const others = world.sites.filter((to) => to !== site && known.has(meshName(world, to)))
  return callers.flatMap(({ name, pod }) =>
    others.flatMap((to) =>
      unmet(
        'mesh-failover',
        podName(pod, name),
        `the gateway of ${to.name}`,
        gatewayReach(world, routes, { from: site, pod, to, port: betweenNetworks })
      )
    )
  )
}

/** Pods that are asked for who calls them, and a port that their proxy takes calls at. */
interface Asked {
  readonly name: string
  readonly pod: Pod
  readonly port: number
}

/**
 * Services of the mesh, and whatever else runs behind a proxy. Databases ask their clients for
 * certificates themselves.
 */
function closedOnes (
  world: World,
  site: Site,
  services: readonly MeshService[],
  actors: readonly Actor[]
): Asked[] {
  const named = services.filter(({ pod }) => hasProxy(world, site, pod)).map(({ name, pod, ports }) => ({
    name,
    pod,
    port: ports[0] ?? 0
  }))
  const others = actors.filter((actor) => !isGateway(actor) && !('cnpg.io/cluster' in actor.labels))
  const running = others.flatMap((actor) => {
    const port = [...actor.ports.values()].find((one) => takesIn(world, site, actor, one))
    return port === undefined ? [] : [{ name: actor.name, pod: actor, port }]
  })
  return [...named, ...running]
}

/** Workloads that answer an identity which no rule of theirs names. */
function strangers (world: World, routes: Routes, site: Site, asked: readonly Asked[]): Unmet[] {
  return asked.flatMap(({ name, pod, port }) => {
    // As seen by the workload alone: policies of the network, which go by addresses, are not asked.
    const stranger: Pod = { namespace: pod.namespace, labels: pod.labels }
    const verdict = podReach(world, routes, {
      from: site,
      pod: stranger,
      account: name,
      to: site,
      workload: pod,
      port,
      principal: 'somewhere.else/ns/default/sa/default'
    })
    return verdict.reached
      ? [{
        duty: 'identity-asked' as const,
        from: 'an identity of another mesh',
        to: podName(pod, name),
        why: `${site.name}: it is answered, as nothing at the workload names who may call`
      }]
      : []
  })
}

/** Gateways that cannot hand calls on: the ingress, and the one between networks. */
export function deliveries (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  const [ingress, eastWest] = ['ingressgateway', 'eastwestgateway'].map((label) =>
    actors.find(({ labels }) => labels.istio === label)
  )
  const hands = (gateway: Actor | undefined, services: readonly MeshService[]): Unmet[] =>
    gateway === undefined ? [] : services.flatMap((service) =>
      service.ports.flatMap((port) =>
        unmet(
          'gateway-delivery',
          podName(gateway, gateway.name),
          `${podName(service.pod, service.name)}:${port}`,
          policyVerdict(world, site, { from: gateway, to: service.pod, port })
        )
      )
    )
  return [
    ...hands(ingress, namedServices(world, site, actors, true).services),
    ...hands(eastWest, namedServices(world, site, actors, false).services),
    ...eastWest && serversOf(world, site, eastWest.labels, 443).length > 0
      ? unmet(
        'api-through-gateway',
        podName(eastWest, eastWest.name),
        'the API server',
        apiReach(world, site, eastWest)
      )
      : []
  ]
}
