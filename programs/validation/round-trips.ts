/** Checks of reach and latency by the round trips that were measured between clusters. Pure. */
import { type Check } from '../outputs.ts'
import { type Area, type Cluster } from '../types/cluster.ts'
import { type LatencyTarget } from '../types/objectives.ts'
import { type Federation } from '../types.ts'
import { measurement } from './check.ts'

/** Milliseconds from one cluster to another and back, by name; null where no answer came. */
export type RoundTrips = Readonly<Record<string, Readonly<Record<string, number | null>>>>

interface Trip {
  readonly from: string
  readonly to: string
  readonly milliseconds: number | null
}

/** Checks that each cluster reaches the others over the mesh. */
function reach (federation: Federation, trips: RoundTrips): Check[] {
  return federation.clusters.map(({ name }): Check => {
    const others = federation.clusters.filter((other) => other.name !== name)
    const silent = others.filter((other) => (trips[name]?.[other.name] ?? null) === null)
    return {
      name: `reach-${name}`,
      kind: 'integration',
      passed: silent.length === 0,
      required: true,
      measured: others.length - silent.length,
      target: others.length,
      unit: 'clusters',
      why: silent.length === 0
        ? 'a pod asked a workload of every other cluster by its name, through sidecars and east-west gateways'
        : `no answer from ${silent.map((other) => other.name).join(', ')}: failover cannot go there`
    }
  })
}

/**
 * The clusters of an area that latency is promised for: its primaries, else those that serve, else
 * all.
 */
function promised (federation: Federation, area: Area): Cluster[] {
  const inside = federation.clusters.filter((cluster) => cluster.area === area)
  const primaries = inside.filter(({ role }) => role === 'primary')
  const hubs = inside.filter(({ role }) => role === 'hub')
  return primaries.length > 0 ? primaries : hubs.length > 0 ? hubs : inside
}

function tripsOf (federation: Federation, { from, to }: LatencyTarget, trips: RoundTrips): Trip[] {
  const trip = (a: string, b: string): Trip => ({ from: a, to: b, milliseconds: trips[a]?.[b] ?? null })
  if (from === 'intra-region' || to === 'intra-region') {
    return federation.clusters.map(({ name }) => trip(name, name))
  }
  const there = promised(federation, to)
  return promised(federation, from).flatMap((a) =>
    there.filter((b) => b.name !== a.name).flatMap((b) => [trip(a.name, b.name), trip(b.name, a.name)])
  )
}

/**
 * The slowest round trip of each target, in both directions. A target between areas that have no
 * clusters is none.
 */
function latencies (federation: Federation, trips: RoundTrips): Check[] {
  return federation.latencyTargets.flatMap((target): Check[] => {
    const measured = tripsOf(federation, target, trips)
    const lost = measured.find(({ milliseconds }) => milliseconds === null)
    const [slowest] = [...measured].sort((a, b) => (b.milliseconds ?? 0) - (a.milliseconds ?? 0))
    if (!slowest) return []
    const inside = target.from === 'intra-region'
    const { from, to } = lost ?? slowest
    return [measurement({
      name: inside ? 'latency-intra-region' : `latency-${target.from}-${target.to}`,
      kind: 'latency',
      measured: lost ? undefined : slowest.milliseconds ?? undefined,
      target: target.milliseconds,
      unit: 'ms',
      bound: 'under',
      why: `${lost ? 'no answer came back' : `the slowest of ${measured.length} round trips`}, ${
        from === to ? `inside ${from}` : `from ${from} to ${to}`
      }; ${target.expectedMilliseconds} ms were expected`
    })]
  })
}

/** Reach of every cluster, and every latency target. */
export function roundTripChecks (federation: Federation, trips: RoundTrips): Check[] {
  return [...reach(federation, trips), ...latencies(federation, trips)]
}
