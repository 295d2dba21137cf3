/** Objectives of the federation: latency, availability, capacity. */
import { type Area } from './cluster.ts'

/** A bound of the round trip between two areas, or inside a region. */
export interface LatencyTarget {
  readonly from: Area | 'intra-region'
  readonly to: Area | 'intra-region'
  /** Bound of the round trip's 99th percentile. */
  readonly milliseconds: number
  /** Round trip that the distance lets expect. */
  readonly expectedMilliseconds: number
}

/** Objectives in percent of the time. */
export interface Availability {
  /** Of the federation as clients see it. */
  readonly federation: number
  /** Of each primary cluster. */
  readonly cluster: number
  readonly dns: number
  readonly mesh: number
}

export interface Capacity {
  /** Concurrent WebSocket connections. */
  readonly webSocketConnections: number
  readonly messagesPerSecond: number
  /** Least bandwidth between areas. */
  readonly minBandwidthGbps: number
  /** Most bandwidth between areas. */
  readonly maxBandwidthGbps: number
}
