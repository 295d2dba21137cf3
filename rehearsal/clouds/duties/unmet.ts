/** Duties of a cluster's workloads that its network does not let them do. Pure. */
import { type CloudQuery } from '../../store.ts'
import { networkQueries } from '../network/needed.ts'
import { outboundTypes } from '../network/outbound.ts'
import { type Routes } from '../network/routes.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { actorsOf, actorTypes } from './actors.ts'
import { notAdmitted } from './admitted.ts'
import { apisOff, apiTypes } from './apis.ts'
import { healthChecks } from './balancers.ts'
import { bucketCalls, bucketTypes } from './buckets.ts'
import { identityCalls, identityTypes } from './identities.ts'
import { ledgers } from './ledger.ts'
import { configuration, deliveries, meshCalls } from './mesh.ts'
import { readings } from './metrics.ts'
import { apiCalls, lookups } from './names.ts'
import { openDoors } from './shut.ts'
import { type Unmet } from './table.ts'
import { sendings } from './telemetry.ts'
import { endpointCalls, privateWays } from './ways.ts'

/** Types that duties are judged by, beside those of the network. */
const types = [
  ...actorTypes,
  'kubernetes:core/v1:Secret',
  'kubernetes:core/v1:ServiceAccount',
  'kubernetes:networking.istio.io/v1:VirtualService',
  'kubernetes:monitoring.coreos.com/v1:PodMonitor',
  'kubernetes:monitoring.coreos.com/v1:ServiceMonitor'
]

/** Queries for everything that duties of any cluster are judged by. */
export const dutyQueries: readonly CloudQuery[] = [
  ...networkQueries,
  ...[...new Set(types)].map((type) => ({ pkg: 'kubernetes', type })),
  ...[...outboundTypes, ...bucketTypes, ...identityTypes, ...apiTypes].map((type) => ({
    pkg: type.slice(0, type.indexOf(':')),
    type
  }))
]

/** Lists what workloads of a cluster have to call and do not reach, each call once. */
export function unmetDuties (world: World, routes: Routes, site: Site): Unmet[] {
  const actors = actorsOf(world, site)
  const all = [
    ...notAdmitted(world, site),
    ...lookups(world, site, actors),
    ...apiCalls(world, site, actors),
    ...configuration(world, site, actors),
    ...meshCalls(world, routes, site, actors),
    ...deliveries(world, site, actors),
    ...readings(world, site, actors),
    ...sendings(world, routes, site, actors),
    ...ledgers(world, routes, site, actors),
    ...healthChecks(world, site),
    ...openDoors(world, site, actors),
    ...apisOff(world, site),
    ...privateWays(world, routes, site),
    ...endpointCalls(world, site),
    ...bucketCalls(world, site, actors),
    ...identityCalls(world, site, actors)
  ]
  return [...new Map(all.map((one) => [`${one.duty}\n${one.from}\n${one.to}`, one])).values()]
}
