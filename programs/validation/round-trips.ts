/** Checks of reach and latency by the round trips that were measured between clusters. Pure. */
import { baselineOf, canHold, promised } from '../networking/baselines.ts'
import { type Check } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
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
      basis: 'measured',
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

/** The slowest of a target's round trips, as a check of it. */
function slowestOf (
  name: string,
  federation: Federation,
  target: LatencyTarget,
  trips: readonly Trip[],
  advisory: boolean
): Check[] {
  const lost = trips.find(({ milliseconds }) => milliseconds === null)
  const [slowest] = [...trips].sort((a, b) => (b.milliseconds ?? 0) - (a.milliseconds ?? 0))
  if (!slowest) return []
  const { from, to } = lost ?? slowest
  const known = baselineOf(federation, clusterOf(federation, from), clusterOf(federation, to))
  return [measurement({
    name,
    kind: 'latency',
    measured: lost ? undefined : slowest.milliseconds ?? undefined,
    target: target.milliseconds,
    unit: 'ms',
    bound: 'under',
    advisory,
    why: `${lost ? 'no answer came back' : `the slowest of ${trips.length} round trips`}, ${
      from === to ? `inside ${from}` : `from ${from} to ${to}`
    }; ${target.expectedMilliseconds} ms were expected${
      known ? `, ${known.milliseconds.toFixed(1)} ms are ${known.estimated ? 'estimated' : 'published'}` : ''
    }${advisory ? ': what connects them cannot hold the target' : ''}`
  })]
}

/**
 * The slowest round trip of each target, in both directions. What connects two clusters decides
 * whether a target can be held: where it can, it must be; where not, a miss is reported. A target
 * between areas that have no clusters is none.
 */
function latencies (federation: Federation, trips: RoundTrips): Check[] {
  return federation.latencyTargets.flatMap((target): Check[] => {
    const name = target.from === 'intra-region'
      ? 'latency-intra-region'
      : `latency-${target.from}-${target.to}`
    const measured = tripsOf(federation, target, trips)
    const holds = ({ from, to }: Trip): boolean =>
      canHold(federation, clusterOf(federation, from), clusterOf(federation, to), target.milliseconds)
    const [must, may] = [measured.filter(holds), measured.filter((trip) => !holds(trip))]
    return [
      ...slowestOf(name, federation, target, must, false),
      ...slowestOf(must.length > 0 ? `${name}-unheld` : name, federation, target, may, true)
    ]
  })
}

/** Reach of every cluster, and every latency target. */
export function roundTripChecks (federation: Federation, trips: RoundTrips): Check[] {
  return [...reach(federation, trips), ...latencies(federation, trips)]
}
