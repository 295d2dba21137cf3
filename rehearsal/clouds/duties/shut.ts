/**
 * Calls that have to be refused: nobody whom no rule names gets into what serves and keeps, nor out
 * of what holds the federation's data and keys. Judged with pods that nobody runs yet, since a
 * namespace is no safer than the next pod that somebody puts there.
 */
import { serviceType } from '../network/gateways.ts'
import { type Peer, type Pod, policyRefusal } from '../network/pod-policies.ts'
import { settingsOf } from '../network/records.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { objectAt, stringAt } from '../wire-values.ts'
import { type Actor, databasesOf } from './actors.ts'
import { podName } from './call.ts'
import { type Unmet } from './table.ts'

const namespaceType = 'kubernetes:core/v1:Namespace'
const internet: Peer = { kind: 'range', cidr: '0.0.0.0/0', what: 'the internet' }
/** A pod of a namespace that no policy can name: it exists in no cluster. */
const stranger: Pod = { namespace: 'a-namespace-of-nobody', labels: {} }
/** A port on which nothing here serves (RFC 863). */
const unused = 9

interface Guarded {
  /** Namespaces that serve, which strangers do not get into. */
  readonly inwards: ReadonlySet<string>
  /** Those of them that nothing leaves by a way that nobody named. */
  readonly outwards: ReadonlySet<string>
}

/**
 * Whoever has a Service, a database, proxies, or the authority that gives proxies certificates.
 * Only monitoring leaves by ways that nobody can name: it asks each pod and node.
 */
function guarded (world: World, site: Site, actors: readonly Actor[]): Guarded {
  const of = (is: (actor: Actor) => boolean): string[] => actors.filter(is).map(({ namespace }) => namespace)
  const inwards = new Set([
    ...databasesOf(world, site).map(({ actor }) => actor.namespace),
    ...of(({ labels }) => labels.app === 'istiod'),
    ...world.inside(site, namespaceType).filter((space) =>
      objectAt(settingsOf(space), 'metadata.labels')['istio-injection'] === 'enabled'
    ).map(({ name }) => name),
    ...world.inside(site, serviceType).map((service) =>
      stringAt(settingsOf(service), 'metadata.namespace') ?? 'default'
    )
  ])
  const asking = new Set(of(({ labels }) => labels['app.kubernetes.io/name'] === 'prometheus'))
  return { inwards, outwards: new Set([...inwards].filter((namespace) => !asking.has(namespace))) }
}

/** Pods of a namespace that are open to whoever no rule names, or to wherever no rule leads. */
export function openDoors (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  // It is told elsewhere that nobody knows if such a container network keeps policies.
  if (site.plugin === 'unknown') return []
  const { inwards, outwards } = guarded(world, site, actors)
  const pods = (namespace: string): Pod[] => [
    { namespace, labels: {} },
    ...actors.filter((actor) => actor.namespace === namespace)
  ]
  const open = (pod: Pod, direction: 'Ingress' | 'Egress', peer: Peer): boolean =>
    policyRefusal(world, site, { direction, pod, peer, port: unused }) === undefined
  return [...inwards].flatMap((namespace) =>
    pods(namespace).flatMap((pod): Unmet[] => {
      const name = 'name' in pod ? podName(pod, String(pod.name)) : `${namespace}/a pod without labels`
      const why = (what: string): string => `${site.name}: no policy of ${namespace} selects it for ${what}`
      return [
        ...open(pod, 'Ingress', { kind: 'pod', pod: stranger })
          ? [{ duty: 'stranger-kept-out', from: 'any pod', to: name, why: why('ingress') } as const]
          : [],
        ...outwards.has(namespace) && open(pod, 'Egress', internet)
          ? [{ duty: 'stranger-kept-in', from: name, to: 'the internet', why: why('egress') } as const]
          : []
      ]
    })
  )
}
