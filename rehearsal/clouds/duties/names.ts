/** Names that pods look up, and the API servers that their controllers call. */
import { apiReach } from '../network/cluster-api.ts'
import { settingsOf } from '../network/records.ts'
import { clusterTypes, type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { valueAt } from '../wire-values.ts'
import { type Actor } from './actors.ts'
import { podName, policyVerdict, unmet } from './call.ts'
import { type Unmet } from './table.ts'

const dnsPod = (app: string) => ({ namespace: 'kube-system', labels: { 'k8s-app': app } })
/** Address of a node's own cache, by the design of NodeLocal DNSCache. */
const nodeCache = { kind: 'range', cidr: '169.254.20.10/32', what: "the node's DNS cache" } as const

function hasNodeCache (world: World, site: Site): boolean {
  const record = clusterTypes.flatMap((type) => world.of(type)).find(({ name }) => name === site.name)
  return valueAt(settingsOf(record), 'addonsConfig.dnsCacheConfig.enabled') === true
}

/** Lookups that policies refuse. A name that no pod resolves stops whatever it runs. */
export function lookups (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  const cached = hasNodeCache(world, site)
  const to = dnsPod(cached ? 'node-local-dns' : 'kube-dns')
  return actors.flatMap((actor) =>
    (['UDP', 'TCP'] as const).flatMap((protocol) => [
      ...unmet(
        cached ? 'cached-lookup' : 'name-lookup',
        podName(actor, actor.name),
        `${podName(to)}:53/${protocol}`,
        policyVerdict(world, site, { from: actor, to, port: 53, protocol })
      ),
      ...cached
        ? unmet(
          'cached-lookup',
          podName(actor, actor.name),
          `${nodeCache.cidr}:53/${protocol}`,
          policyVerdict(world, site, { from: actor, peer: nodeCache, port: 53, protocol })
        )
        : []
    ])
  )
}

/** Workloads whose task is at the API server: istiod, operators, instance managers, Prometheus. */
const callsApi: readonly ((actor: Actor) => boolean)[] = [
  ({ labels }) => labels.app === 'istiod',
  ({ labels }) => labels['cnpg.io/cluster'] !== undefined,
  ({ labels }) => labels['app.kubernetes.io/name'] === 'cloudnative-pg',
  ({ labels }) => labels['app.kubernetes.io/name'] === 'prometheus'
]

/** Calls of controllers to their API server that policies refuse. */
export function apiCalls (world: World, site: Site, actors: readonly Actor[]): Unmet[] {
  return actors.filter((actor) => callsApi.some((calls) => calls(actor))).flatMap((actor) =>
    unmet('api-call', podName(actor, actor.name), 'the API server', apiReach(world, site, actor))
  )
}
