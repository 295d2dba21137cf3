/** Rules about what is allowed but worth knowing: reported as warnings with a file that loads. */
import { roundTrip } from '../../contract/latency/round-trips.ts'
import { maxStackName, rawStackName } from '../plan/stack-name.ts'
import { regions } from './regions.ts'
import { zonesOf } from './resolve-clusters.ts'
import { type ClusterView, clusterNamed, items, type Rule } from './rules.ts'

/** Links slower than the capacity that the federation states. */
export const slowLinkRule: Rule = (context) => {
  const wanted = context.view.capacity?.minBandwidthGbps
  for (const { index, item: link } of items(context.view.links)) {
    if (wanted !== undefined && link.bandwidthGbps !== undefined && link.bandwidthGbps < wanted) {
      context.report(
        'FED_LINK_BELOW_CAPACITY',
        ['links', index, 'bandwidthGbps'],
        'value',
        link.bandwidthGbps,
        wanted
      )
    }
  }
}

/** Files that do not say from where control planes are called. */
export const operatorsRule: Rule = (context) => {
  if (context.view.operators === undefined && context.view.clusters !== undefined) {
    context.report('FED_OPERATORS', ['clusters'], 'key')
  }
}

/**
 * Names in the zone that alerts lead to and that nobody makes, and alerting that nobody outside
 * watches.
 */
export const alertingRule: Rule = (context) => {
  const { dns, monitoring } = context.view
  if (!monitoring || dns?.zone === undefined) return
  const { mail, receivers, runbooks } = monitoring
  if (runbooks === undefined) {
    context.report(
      'FED_NAME_UNMADE',
      ['monitoring'],
      'key',
      `runbooks.${dns.zone}`,
      'runbooks, the address at which docs/runbooks is published'
    )
  }
  if (receivers?.email !== undefined && mail === undefined) {
    context.report(
      'FED_NAME_UNMADE',
      ['monitoring', 'receivers', 'email'],
      'key',
      `smtp-relay.${dns.zone}`,
      'mail.smarthost in monitoring, host and port of a mail server'
    )
  }
  if (receivers !== undefined && receivers.watchdog === undefined) {
    context.report('FED_WATCHDOG', ['monitoring', 'receivers'], 'key')
  }
}

/** Links whose kind cannot hold the latency target of the areas that they join. */
export const unheldTargetRule: Rule = (context) => {
  const areaOf = (cluster: ClusterView): string | undefined =>
    cluster.area ??
      (cluster.cloud && cluster.region !== undefined
        ? regions[cluster.cloud].get(cluster.region)?.area
        : undefined)
  for (const { index, item: link } of items(context.view.links)) {
    const [from, to] = [clusterNamed(context, link.from), clusterNamed(context, link.to)]
    if (!from?.region || !to?.region || link.kind === undefined) continue
    const areas = [areaOf(from), areaOf(to)]
    const target = items(context.view.latencyTargets).map(({ item }) => item).find((candidate) =>
      candidate.from !== candidate.to && areas.includes(candidate.from) && areas.includes(candidate.to)
    )
    const trip = roundTrip(from.region, to.region, link.kind === 'interconnect' ? 'circuit' : 'public')
    if (target?.milliseconds === undefined || !trip || trip.milliseconds < target.milliseconds) continue
    context.report('FED_LATENCY_UNHELD', ['links', index, 'kind'], 'value', link.kind, {
      from: link.from ?? '',
      to: link.to ?? '',
      milliseconds: trip.milliseconds,
      known: trip.estimated ? 'estimated' : 'published'
    }, target.milliseconds)
  }
}

/** Clusters in fewer than three zones. */
export const fewZonesRule: Rule = (context) => {
  for (const { index, cluster } of context.clusters) {
    if (cluster.cloud === undefined || cluster.region === undefined) continue
    const zones = items(cluster.zones).map(({ item }) => item)
    const used =
      zonesOf({ cloud: cluster.cloud, region: cluster.region, ...(cluster.zones && { zones }) }).length
    if (used < 3) {
      context.report(
        'FED_FEW_ZONES',
        ['clusters', index, cluster.zones ? 'zones' : 'region'],
        'key',
        cluster.name ?? '',
        used
      )
    }
  }
}

/** Links and pairs with names so long that their stacks' names are cut. */
export const stackNameRule: Rule = (context) => {
  const { name, links, disasterRecovery } = context.view
  if (name === undefined) return
  const judge = (
    path: (string | number)[],
    phase: 'networking' | 'disaster-recovery',
    from?: string,
    to?: string
  ) => {
    const stack = rawStackName(name, phase, `${from}.${to}`)
    if (from !== undefined && to !== undefined && stack.length > maxStackName) {
      context.report('FED_STACK_NAME_CUT', path, 'value', stack, stack.length)
    }
  }
  for (const { index, item: link } of items(links)) {
    // The others have no stack.
    if (link.kind === 'mesh' || link.kind === 'peering') continue
    judge(['links', index], 'networking', link.from, link.to)
  }
  for (const { index, item: pair } of items(disasterRecovery?.pairs)) {
    judge(['disasterRecovery', 'pairs', index], 'disaster-recovery', pair.primary, pair.standby)
  }
}
