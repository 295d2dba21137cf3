/** Alerts on the latency targets of the federation file. */
import { type Cluster } from '../../types/cluster.ts'
import { type Federation } from '../../types.ts'
import { type AlertRow } from '../alert.ts'

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
    const peers = federation.clusters.filter((peer) =>
      inside ? peer.name === cluster.name : peer.area === other
    ).map((peer) => peer.name)
    if (peers.length === 0) return []
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
        `${peers.join('|')}"}[5m]) > ${target.milliseconds / 1000}`,
      summary: inside
        ? `Round trips inside the region take more than ${target.milliseconds} ms`
        : `Round trips between ${target.from} and ${target.to} take more than ${target.milliseconds} ms`,
      description: '{{ $labels.peer }}: p99 is {{ $value | humanizeDuration }}, expected ' +
        `${target.expectedMilliseconds} ms.`
    }]
  })
}
