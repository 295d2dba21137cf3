/**
 * Needs and times of a disaster recovery pair, computed from the configuration. All times in
 * seconds. Pure.
 */
import { type CloudName } from '../../contract/words.ts'
import { dnsServices, healthCheckInterval } from '../federation/dns-service.ts'
import { outlierDetection, pushDebounceSeconds } from '../mesh/settings.ts'
import { type PairRecovery } from '../outputs.ts'
import { clusterOf, type PairSide, pairSides, sideName } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type DrPair } from '../types/recovery.ts'
import { type Federation, type Scope } from '../types.ts'

/** Probers of a pair: enough for a majority that outlives the loss of one of them. */
const observerReplicas = 3

/**
 * The replication of a stateful primary: streamed without waiting, acknowledged every heartbeat.
 */
export interface Replication {
  readonly mode: 'asynchronous-streaming' | 'none'
  readonly heartbeatSeconds: number
  /** Lag at which the alert fires and a silent connection is made anew. */
  readonly maxLagSeconds: number
}

/** A sum of named parts, in seconds. */
export interface Sum {
  readonly parts: Readonly<Record<string, number>>
  readonly seconds: number
}

/** A pair and one of its sides. */
export interface SideOf {
  readonly pair: DrPair
  readonly side: PairSide
}

/**
 * The side of a pair that a scope stands for. Throws a RangeError when the federation has none:
 * scopes come from the same federation, so that is a defect.
 */
export function sideOf (federation: Federation, { name }: Pick<Scope, 'name'>): SideOf {
  for (const pair of federation.disasterRecovery.pairs) {
    for (const side of pairSides) if (sideName(pair, side) === name) return { pair, side }
  }
  throw new RangeError(`federation ${federation.name} has no disaster recovery pair with a side ${name}`)
}

/**
 * The clusters from inside which a primary is probed: three others, neither of the pair where there
 * are enough, first those in a cloud other than the primary's, then in another region. Without
 * three, all others.
 */
export function observersOf (federation: Federation, pair: DrPair): Cluster[] {
  const primary = clusterOf(federation, pair.primary)
  const rank = (cluster: Cluster): number =>
    (cluster.name === pair.standby ? 8 : 0) + (cluster.role === 'analytics' ? 4 : 0) +
    (cluster.cloud === primary.cloud ? 2 : 0) + (cluster.region === primary.region ? 1 : 0)
  return federation.clusters.filter((cluster) => cluster.name !== primary.name)
    .map((cluster, index) => ({ cluster, index }))
    .sort((a, b) => rank(a.cluster) - rank(b.cluster) || a.index - b.index)
    .slice(0, observerReplicas).map(({ cluster }) => cluster)
}

/**
 * The pairs that a cluster observes from outside. A standby that observes does so as its pair's
 * side.
 */
export function observedBy (federation: Federation, cluster: string): DrPair[] {
  return federation.disasterRecovery.pairs.filter((pair) =>
    pair.standby !== cluster && observersOf(federation, pair).some(({ name }) => name === cluster)
  )
}

/** The pairs whose replicated ledger has a side in a cluster. */
export function ledgersOf (federation: Federation, cluster: string): DrPair[] {
  return federation.disasterRecovery.pairs.filter((pair) =>
    [pair.primary, pair.standby].includes(cluster) && replicationOf(federation, pair).mode !== 'none'
  )
}

/** The number of `observers` that must see the primary for it to count as healthy: a majority. */
export function quorum (observers: number): number {
  return Math.floor(observers / 2) + 1
}

/**
 * The replication of a primary's state to its standby. Heartbeat and lag bound keep a second of
 * reserve below the objective; never below one second each.
 */
export function replicationOf (federation: Federation, pair: DrPair): Replication {
  if (!clusterOf(federation, pair.primary).stateful) {
    return { mode: 'none', heartbeatSeconds: 0, maxLagSeconds: 0 }
  }
  return {
    mode: 'asynchronous-streaming',
    heartbeatSeconds: 1,
    maxLagSeconds: Math.max(1, pair.rpoSeconds - 2)
  }
}

function sum (parts: Record<string, number>): Sum {
  return { parts, seconds: Object.values(parts).reduce((total, part) => total + part, 0) }
}

/**
 * Time until the mesh sends around a lost primary: probes that agree, one outlier sweep, one push
 * of the control plane.
 */
export function meshRecovery (federation: Federation): Sum {
  const { probeIntervalSeconds, failureThreshold } = federation.disasterRecovery
  return sum({
    detection: probeIntervalSeconds * failureThreshold,
    'outlier sweep': outlierDetection(federation.mesh).intervalSeconds,
    'endpoint push': pushDebounceSeconds
  })
}

/**
 * Time until clients resolve the standby. The DNS service's own checks need `failureThreshold`
 * intervals; where it composes checks, the probers' verdict counts after one of its intervals,
 * which is sooner. Then a cached answer lives on for the records' TTL.
 */
export function dnsRecovery (federation: Federation): Sum {
  const { probeIntervalSeconds, failureThreshold, dnsTtlSeconds } = federation.disasterRecovery
  const service = dnsServices[federation.dns.provider]
  const interval = healthCheckInterval(federation.dns.provider, federation.dns.healthCheckIntervalSeconds)
  const direct = interval * failureThreshold
  const verdict = probeIntervalSeconds * failureThreshold + interval
  return sum({
    detection: service.composes ? Math.min(direct, verdict) : direct,
    ttl: dnsTtlSeconds,
    propagation: service.propagationSeconds
  })
}

/**
 * Data that the standby may lack at the moment of a loss: what the alert on the lag lets pass, and
 * what came after the last word of the lag.
 */
export function dataLoss (federation: Federation, pair: DrPair): Sum {
  const { mode, heartbeatSeconds, maxLagSeconds } = replicationOf(federation, pair)
  return sum(mode === 'none' ? {} : { lag: maxLagSeconds, 'status interval': heartbeatSeconds })
}

/** The computed times of a pair beside their objectives, as the unit's outputs show them. */
export function recoveryOf (
  federation: Federation,
  pair: DrPair
): Pick<PairRecovery, 'rtoSeconds' | 'rpoSeconds' | 'terms'> {
  const [mesh, dns, data] = [meshRecovery(federation), dnsRecovery(federation), dataLoss(federation, pair)]
  return {
    rtoSeconds: {
      mesh: mesh.seconds,
      dns: dns.seconds,
      objectiveMesh: pair.rtoSeconds,
      objectiveDns: federation.disasterRecovery.globalFailoverSeconds
    },
    rpoSeconds: { expected: data.seconds, objective: pair.rpoSeconds },
    terms: { mesh: { ...mesh.parts }, dns: { ...dns.parts }, data: { ...data.parts } }
  }
}

/**
 * The objectives a pair misses, in words with their sums; empty when all are met. The mesh's and
 * the data's bounds are inclusive, global failover must stay under its bound.
 */
export function missedObjectives (federation: Federation, pair: DrPair): string[] {
  const { rtoSeconds, rpoSeconds } = recoveryOf(federation, pair)
  const show = ({ parts, seconds }: Sum): string =>
    `${Object.entries(parts).map(([name, part]) => `${name} ${part} s`).join(' + ')} = ${seconds} s`
  const missed: string[] = []
  if (rtoSeconds.mesh > rtoSeconds.objectiveMesh) {
    missed.push(
      `RTO through the mesh: ${show(meshRecovery(federation))}, objective at most ` +
        `${rtoSeconds.objectiveMesh} s`
    )
  }
  if (rtoSeconds.dns >= rtoSeconds.objectiveDns) {
    missed.push(
      `RTO through DNS: ${show(dnsRecovery(federation))}, objective under ${rtoSeconds.objectiveDns} s`
    )
  }
  if (rpoSeconds.expected > rpoSeconds.objective) {
    missed.push(`RPO: ${show(dataLoss(federation, pair))}, objective at most ${rpoSeconds.objective} s`)
  }
  return missed
}

/**
 * The cluster whose bucket takes a cluster's backups: its partner in a pair, else another cluster;
 * a different cloud first, then the same area. Only where the area's data may be kept. The cluster
 * itself when the federation has no other that qualifies.
 */
export function backupTarget (federation: Federation, cluster: Cluster): Cluster {
  const allowed = federation.residency[cluster.area] ?? federation.clusters.map((other) => other.area)
  const partners = federation.disasterRecovery.pairs.flatMap((pair) =>
    pair.primary === cluster.name ? [pair.standby] : pair.standby === cluster.name ? [pair.primary] : []
  )
  const rank = (other: Cluster): number =>
    (other.cloud === cluster.cloud ? 8 : 0) + (partners.includes(other.name) ? 0 : 4) +
    (other.area === cluster.area ? 0 : 2) + (other.region === cluster.region ? 1 : 0)
  const candidates = federation.clusters.filter((other) =>
    other.name !== cluster.name && allowed.includes(other.area)
  )
  return candidates.map((other, index) => ({ other, index })).sort((a, b) =>
    rank(a.other) - rank(b.other) || a.index - b.index
  )[0]?.other ?? cluster
}

/** The clouds to which a cluster's backups could go; used to say why one goes nowhere else. */
export function otherClouds (federation: Federation, cluster: Cluster): CloudName[] {
  return [...new Set(federation.clusters.map((other) => other.cloud))].filter((cloud) =>
    cloud !== cluster.cloud
  )
}
