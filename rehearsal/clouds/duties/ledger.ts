/** Calls that databases need: of their instances, operator, followers and users. */
import { podReach } from '../network/calls.ts'
import { settingsOf } from '../network/records.ts'
import { type Routes } from '../network/routes.ts'
import { type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { objectAt, stringAt, valueAt, valuesAt } from '../wire-values.ts'
import { type Actor, databasesOf } from './actors.ts'
import { podName, policyVerdict, unmet } from './call.ts'
import { type Unmet } from './table.ts'

/** Ports of PostgreSQL and of the instance manager's status. */
const postgres = 5432
const status = 8000

/** Namespaces with a proxy in each pod where an account says that services run. */
function userNamespaces (world: World, site: Site): string[] {
  const meshed = new Set(
    world.inside(site, 'kubernetes:networking.istio.io/v1:VirtualService').map(settingsOf).filter((routes) =>
      valuesAt(routes, 'spec.gateways[]').length === 0
    ).map((routes) => stringAt(routes, 'metadata.namespace') ?? 'default')
  )
  const accounts = world.inside(site, 'kubernetes:core/v1:ServiceAccount').map(settingsOf)
    .map((account) => stringAt(account, 'metadata.namespace') ?? 'default')
  return [...new Set(accounts)].filter((namespace) => meshed.has(namespace))
}

/** Calls inside a database and of its operator that policies refuse. */
function inside (world: World, site: Site, actors: readonly Actor[], database: Actor): Unmet[] {
  const operators = actors.filter(({ labels }) => labels['app.kubernetes.io/name'] === 'cloudnative-pg')
  const name = podName(database, database.name)
  return [postgres, status].flatMap((port) => [
    ...unmet(
      'ledger-inside',
      name,
      `${name}:${port}`,
      policyVerdict(world, site, { from: database, to: database, port })
    ),
    ...operators.flatMap((operator) =>
      unmet(
        'ledger-operated',
        podName(operator, operator.name),
        `${name}:${port}`,
        policyVerdict(world, site, { from: operator, to: database, port })
      )
    )
  ])
}

/** Calls of services that run here to a database that is here. */
function uses (world: World, routes: Routes, site: Site, database: Actor): Unmet[] {
  return userNamespaces(world, site).flatMap((namespace) =>
    unmet(
      'ledger-used',
      `services of ${namespace}`,
      `${podName(database, database.name)}:${postgres}`,
      podReach(world, routes, {
        from: site,
        pod: { namespace, labels: {} },
        account: 'default',
        to: site,
        workload: database,
        port: postgres
      })
    )
  )
}

/** The call of a replica cluster to the source that it names, in whichever cluster that is. */
function follows (
  world: World,
  routes: Routes,
  site: Site,
  record: { settings: unknown, actor: Actor }
): Unmet[] {
  const { settings, actor } = record
  const spec = objectAt(settings as never, 'spec')
  const source = stringAt(spec, 'replica.source')
  if (valueAt(spec, 'replica.primary') === actor.name || source === undefined) return []
  const host = valuesAt(spec, 'externalClusters[]').filter((one) => stringAt(one, 'name') === source)
    .map((one) => stringAt(one, 'connectionParameters.host') ?? '')[0] ?? ''
  const place = world.sites.flatMap((to) => databasesOf(world, to).map((one) => ({ to, actor: one.actor })))
    // The operator names the Service of the writer `<cluster>-rw`.
    .find((one) => host === `${one.actor.name}-rw.${one.actor.namespace}.svc.cluster.local`)
  // A primary that is not deployed yet is waited for: the pair's other side says so.
  if (!place) return []
  return unmet(
    'ledger-followed',
    podName(actor, actor.name),
    host,
    podReach(world, routes, {
      from: site,
      pod: actor,
      account: actor.account,
      to: place.to,
      workload: place.actor,
      port: postgres
    })
  )
}

/** Calls that databases of a cluster need and do not get. */
export function ledgers (world: World, routes: Routes, site: Site, actors: readonly Actor[]): Unmet[] {
  return databasesOf(world, site).flatMap(({ record, actor }) => [
    ...inside(world, site, actors, actor),
    ...uses(world, routes, site, actor),
    ...follows(world, routes, site, { settings: settingsOf(record), actor })
  ])
}
