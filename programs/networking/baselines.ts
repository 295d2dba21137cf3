/**
 * Round trips that connections between clusters are known to take: published measurements along the
 * way that the file's links make, else estimates. Pure.
 */
import { roundTrip } from '../../contract/latency/round-trips.ts'
import { type CloudName } from '../../contract/words.ts'
import { clusterOf } from '../scopes.ts'
import { type Area, type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { crossings, vpnExit } from './topology.ts'

export interface Baseline {
  readonly milliseconds: number
  /** True where a part of the way is estimated. */
  readonly estimated: boolean
}

/**
 * Round trips between zones of one region that clouds do not exceed, by their documents
 * (contract/latency has them), and half a millisecond for two proxies.
 */
const insideRegion: Readonly<Record<CloudName, number>> = { aws: 1.5, gcp: 1.5, azure: 2.5 }

/** A part of a way: over public routes and backbones, or a dedicated circuit. */
interface Leg {
  readonly from: Cluster
  readonly to: Cluster
  readonly route: 'public' | 'circuit'
}

function legsOf (federation: Federation, from: Cluster, to: Cluster): Leg[] {
  const exit = vpnExit(federation, from, to.cloud)
  const link = exit && crossings(federation).find((candidate) => {
    const ends = [candidate.from, candidate.to]
    return ends.includes(exit.name) &&
      ends.some((end) => end !== exit.name && clusterOf(federation, end).cloud === to.cloud)
  })
  if (!exit || !link) return [{ from, to, route: 'public' }]
  const entry = clusterOf(federation, link.from === exit.name ? link.to : link.from)
  const legs: Leg[] = [
    { from, to: exit, route: 'public' },
    { from: exit, to: entry, route: link.kind === 'interconnect' ? 'circuit' : 'public' },
    { from: entry, to, route: 'public' }
  ]
  return legs.filter((leg) => leg.from.name !== leg.to.name)
}

/** The round trip from one cluster to another, or inside one; undefined for unknown regions. */
export function baselineOf (federation: Federation, from: Cluster, to: Cluster): Baseline | undefined {
  if (from.name === to.name) return { milliseconds: insideRegion[from.cloud], estimated: false }
  const trips = legsOf(federation, from, to).map((leg) =>
    roundTrip(leg.from.region, leg.to.region, leg.route)
  )
  let sum: Baseline = { milliseconds: 0, estimated: false }
  for (const trip of trips) {
    if (!trip) return undefined
    sum = {
      milliseconds: sum.milliseconds + trip.milliseconds,
      estimated: sum.estimated || trip.estimated
    }
  }
  return sum
}

/** Tells if a bound can be held between two clusters; where nothing is known, it has to be. */
export function canHold (federation: Federation, from: Cluster, to: Cluster, milliseconds: number): boolean {
  const baseline = baselineOf(federation, from, to)
  return baseline === undefined || baseline.milliseconds < milliseconds
}

/**
 * The clusters of an area that latency is promised for: its primaries, else those that serve, else
 * all.
 */
export function promised (federation: Federation, area: Area): Cluster[] {
  const inside = federation.clusters.filter((cluster) => cluster.area === area)
  const primaries = inside.filter(({ role }) => role === 'primary')
  const hubs = inside.filter(({ role }) => role === 'hub')
  return primaries.length > 0 ? primaries : hubs.length > 0 ? hubs : inside
}
