/** Alerts on the latency targets of the federation file. */
import { baselineOf, promised } from '../../networking/baselines.ts'
import { type Cluster } from '../../types/cluster.ts'
import { type Federation } from '../../types.ts'
import { type AlertRow } from '../alert.ts'

/**
 * A quarter above what is published: an alert that tells of a route that got worse, not of the
 * distance.
 */
const worse = 1.25

/**
 * Bound of an alert: the target where what connects the clusters can hold it. Where not, an alert
 * on it would never end.
 */
function boundOf (
  federation: Federation,
  cluster: Cluster,
  peers: readonly Cluster[],
  milliseconds: number
): number {
  const known = peers.flatMap((peer) => baselineOf(federation, cluster, peer)?.milliseconds ?? [])
  const slowest = Math.max(0, ...known)
  return slowest < milliseconds ? milliseconds : Math.ceil(worse * slowest)
}

/**
 * One alert for each latency target that concerns the cluster's area. Sidecars keep connections
 * between clusters open, so after it has sent its request a probe waits for one round trip, and for
 * an answer that is made in no time.
 */
export function latencyRows (federation: Federation, cluster: Cluster): AlertRow[] {
  return federation.latencyTargets.flatMap((target): AlertRow[] => {
    const inside = target.from === 'intra-region'
    if (!inside && target.from !== cluster.area && target.to !== cluster.area) return []
    const other = target.from === cluster.area ? target.to : target.from
    const peers = inside || other === 'intra-region'
      ? [cluster]
      : promised(federation, other).filter((peer) => peer.name !== cluster.name)
    if (peers.length === 0) return []
    const bound = boundOf(federation, cluster, peers, target.milliseconds)
    const word = inside
      ? 'IntraRegion'
      : `${target.from}To${target.to}`.replace(/(^|(?<=To))[a-z]/g, (letter) => letter.toUpperCase())
    return [{
      name: `Latency${word}AboveTarget`,
      section: 'LatencyAboveTarget',
      severity: 'warning',
      for: '5m',
      expression: 'quantile_over_time(0.99, ' +
        'probe_http_duration_seconds{job="peer-latency",phase="processing",peer=~"' +
        `${peers.map(({ name }) => name).join('|')}"}[5m]) > ${bound / 1000}`,
      summary: inside
        ? `Round trips inside the region take more than ${bound} ms`
        : `Round trips between ${target.from} and ${target.to} take more than ${bound} ms`,
      description: '{{ $labels.peer }}: p99 is {{ $value | humanizeDuration }}, expected ' +
        `${target.expectedMilliseconds} ms.`
    }]
  })
}
