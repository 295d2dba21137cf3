/**
 * Rules about disaster recovery: pairs, their roles and rule, objectives, and where data may be
 * kept.
 */
import { type Area } from '../../programs/types/cluster.ts'
import { dnsFailover } from './dns-failover.ts'
import { type Path } from './errors.ts'
import { regions } from './regions.ts'
import { clusterNamed, expectCluster, items, type ClusterView, type Rule, type RuleContext } from './rules.ts'

/** The area of a cluster, as far as the view says. */
export function areaOf (cluster: ClusterView | undefined): Area | undefined {
  if (!cluster) return undefined
  return cluster.area ??
    (cluster.cloud !== undefined && cluster.region !== undefined
      ? regions[cluster.cloud].get(cluster.region)?.area
      : undefined)
}

function judgeClusters (context: RuleContext, path: Path, primary: ClusterView, standby: ClusterView): void {
  if (primary.role === 'dr' || primary.role === 'analytics') {
    context.report('FED_DR_ROLE', [...path, 'primary'], 'value', primary.name ?? '', primary.role, 'primary')
  }
  if (standby.role === 'hub' || standby.role === 'analytics') {
    context.report('FED_DR_ROLE', [...path, 'standby'], 'value', standby.name ?? '', standby.role, 'standby')
  }
  if (
    context.view.disasterRecovery?.crossCloud === 'required' && primary.cloud !== undefined &&
    primary.cloud === standby.cloud
  ) {
    context.report(
      'FED_DR_CROSS_CLOUD',
      [...path, 'standby'],
      'value',
      primary.name ?? '',
      standby.name ?? '',
      primary.cloud
    )
  } else if (
    primary.cloud === standby.cloud && primary.region !== undefined && primary.region === standby.region
  ) {
    context.report(
      'FED_DR_SAME_REGION',
      [...path, 'standby'],
      'value',
      primary.name ?? '',
      standby.name ?? '',
      primary.region
    )
  }
  // What phase 7 would refuse is refused at once.
  const named = [primary, standby].filter(({ cloud }) => cloud === 'aws').map(({ name }) => name ?? '')
  if (context.view.dns?.provider === 'gcp' && named.length > 0) {
    context.report('FED_DR_ADDRESS', path, 'value', named)
  }
  const [from, to] = [areaOf(primary), areaOf(standby)]
  const allowed = from && context.view.residency?.[from]
  if (from && to && allowed && !allowed.includes(to)) {
    context.report('FED_RESIDENCY', [...path, 'standby'], 'value', standby.name ?? 'the standby', from, to)
  }
}

/**
 * Pairs are of two clusters whose roles fit, obey the file's own rule, and do not run in a circle.
 */
export const pairRule: Rule = (context) => {
  const pairs = items(context.view.disasterRecovery?.pairs)
  const standbyOf = new Map<string, { readonly standby: string, readonly index: number }>()
  for (const { index, item: pair } of pairs) {
    const path: Path = ['disasterRecovery', 'pairs', index]
    expectCluster(context, pair.primary, [...path, 'primary'])
    expectCluster(context, pair.standby, [...path, 'standby'])
    if (pair.primary === undefined || pair.standby === undefined) continue
    if (pair.primary === pair.standby) {
      context.report('FED_DR_SELF', [...path, 'standby'], 'value', pair.standby)
      continue
    }
    const earlier = standbyOf.get(pair.primary)
    if (earlier) {
      context.report(
        'FED_DUPLICATE',
        [...path, 'primary'],
        'value',
        'primary',
        pair.primary,
        `disasterRecovery.pairs[${earlier.index}]`
      )
    } else standbyOf.set(pair.primary, { standby: pair.standby, index })
    const [primary, standby] = [clusterNamed(context, pair.primary), clusterNamed(context, pair.standby)]
    if (primary && standby) judgeClusters(context, path, primary, standby)
    const max = items(standby?.nodePools).reduce((sum, { item }) => sum + (item.max ?? Infinity), 0)
    if (standby?.nodePools && pair.failoverNodes !== undefined && pair.failoverNodes > max) {
      context.report(
        'FED_DR_NODES',
        [...path, 'failoverNodes'],
        'value',
        pair.failoverNodes,
        pair.standby,
        max
      )
    }
  }
  reportCycles(context, standbyOf)
}

/**
 * Each primary has one standby, so a circle is found by walking; it is reported once, at the pair
 * that closes it.
 */
function reportCycles (
  context: RuleContext,
  standbyOf: ReadonlyMap<string, { readonly standby: string, readonly index: number }>
): void {
  const done = new Set<string>()
  for (const start of standbyOf.keys()) {
    const walk: string[] = []
    let name: string | undefined = start
    while (name !== undefined && !done.has(name) && !walk.includes(name)) {
      walk.push(name)
      name = standbyOf.get(name)?.standby
    }
    if (name !== undefined && walk.includes(name)) {
      const circle = walk.slice(walk.indexOf(name))
      const index = Math.max(...circle.map((member) => standbyOf.get(member)?.index ?? 0))
      context.report('FED_DR_CYCLE', ['disasterRecovery', 'pairs', index, 'standby'], 'value', [
        ...circle,
        name
      ])
    }
    for (const member of walk) done.add(member)
  }
}

/** No DR cluster stands by for nobody, which would be paid for and never used. */
export const unpairedRule: Rule = (context) => {
  const pairs = context.view.disasterRecovery?.pairs
  if (!pairs) return
  const standbys = items(pairs).map(({ item }) => item.standby)
  for (const { index, cluster } of context.clusters) {
    if (cluster.role === 'dr' && cluster.name !== undefined && !standbys.includes(cluster.name)) {
      context.report('FED_DR_UNPAIRED', ['clusters', index, 'name'], 'value', cluster.name)
    }
  }
}

/** A failure can be detected before its objective has passed. */
export const detectionRule: Rule = (context) => {
  const recovery = context.view.disasterRecovery
  if (recovery?.probeIntervalSeconds === undefined || recovery.failureThreshold === undefined) return
  const detection = recovery.probeIntervalSeconds * recovery.failureThreshold
  if (recovery.rtoSeconds !== undefined && detection > recovery.rtoSeconds) {
    context.report(
      'FED_DR_DETECTION',
      ['disasterRecovery', 'rtoSeconds'],
      'value',
      detection,
      recovery.rtoSeconds,
      'rtoSeconds'
    )
  }
  for (const { index, item: pair } of items(recovery.pairs)) {
    if (pair.rtoSeconds !== undefined && detection > pair.rtoSeconds) {
      context.report(
        'FED_DR_DETECTION',
        ['disasterRecovery', 'pairs', index, 'rtoSeconds'],
        'value',
        detection,
        pair.rtoSeconds,
        'rtoSeconds'
      )
    }
  }
  judgeDns(context)
}

/**
 * Failover by DNS ends before its objective with the service that the file names: what phase 7
 * would refuse is refused at once.
 */
function judgeDns ({ view, report }: RuleContext): void {
  // Without a pair nothing fails over.
  if (items(view.disasterRecovery?.pairs).length === 0) return
  const { probeIntervalSeconds, failureThreshold, dnsTtlSeconds, globalFailoverSeconds: objective } =
    view.disasterRecovery ?? {}
  const { provider, healthCheckIntervalSeconds } = view.dns ?? {}
  if (
    probeIntervalSeconds === undefined || failureThreshold === undefined || dnsTtlSeconds === undefined ||
    objective === undefined || provider === undefined || healthCheckIntervalSeconds === undefined
  ) return
  const { service, seconds } = dnsFailover({
    provider,
    healthCheckIntervalSeconds,
    probeIntervalSeconds,
    failureThreshold,
    dnsTtlSeconds
  })
  // Longest time to live that keeps the sum below the objective.
  if (seconds >= objective) {
    report(
      'FED_DR_DNS',
      ['disasterRecovery', 'globalFailoverSeconds'],
      'value',
      service,
      seconds,
      objective,
      dnsTtlSeconds - (seconds - objective) - 1
    )
  }
}
