/** Services that clusters share: the mesh, the global DNS, monitoring. */
import { type CloudName, type ClusterRole } from '../../contract/words.ts'

export interface Mesh {
  /** Version of Istio in all clusters. */
  readonly istioVersion: string
  /** Trust domain of workload identities. */
  readonly trustDomain: string
  /** Lifetime of the root and intermediate certificates. */
  readonly certificateYears: number
  /** Generations of the root authorities; absent: the first alone. */
  readonly roots?: MeshRoots
  /** Errors in a row after which an endpoint gets no more traffic. */
  readonly outlierConsecutiveErrors: number
  readonly minTlsVersion: 'TLSV1_3'
  /** Objective of the mesh's own failover. */
  readonly failoverSeconds?: number
  readonly services: readonly MeshService[]
}

/**
 * Generations of the mesh's root, and of each ledger's authority. A root is replaced in three
 * deployments: the next is trusted everywhere, then it signs, then the one before is let go.
 */
export interface MeshRoots {
  /** Numbers of those that everybody trusts. */
  readonly trusted: readonly number[]
  /** Number of the one that signs; it is one of those. */
  readonly signing: number
}

/** A service of the trading platform that is reachable over the mesh. */
export interface MeshService {
  readonly name: string
  readonly namespace: string
  readonly port: number
  readonly protocol: 'http' | 'grpc' | 'tcp'
  /** Roles of the clusters that run it. */
  readonly roles: readonly ClusterRole[]
  /**
   * True when clients on the internet call it, and it knows them by itself: the ingress asks for no
   * certificate.
   */
  readonly public?: boolean
}

/** A way in which DNS, or for `least-load` the mesh, spreads clients over clusters. */
export type DnsStrategy = 'latency' | 'geography' | 'failover' | 'weighted' | 'least-load'

export interface Dns {
  /** Public zone. */
  readonly zone: string
  /** Name that clients use. */
  readonly host: string
  /** Cloud whose DNS service answers. */
  readonly provider: CloudName
  readonly strategies: readonly DnsStrategy[]
  /**
   * Names of secrets with the certificate that every ingress shows, of an authority that public
   * clients trust; each cluster's own, which they do not trust, when absent.
   */
  readonly certificate?: { readonly chain: string, readonly key: string }
  readonly healthCheckIntervalSeconds: number
  /** Weights of clusters, by name, for the strategy `weighted`. */
  readonly weights: Readonly<Record<string, number>>
}

export interface Monitoring {
  /** Name of the cluster that runs the shared services. */
  readonly hub: string
  /** Days that metrics are kept. */
  readonly retentionDays: number
  readonly scrapeIntervalSeconds: number
  /** Share of requests that are traced. */
  readonly traceSamplingPercent: number
  /** Number of alert rules that a cluster must have at least. */
  readonly minimumAlertRules?: number
  /**
   * Address at which `docs/runbooks` is published, without a slash at the end;
   * `https://runbooks.{zone}` when absent.
   */
  readonly runbooks?: string
  /**
   * The mail server that alerts are sent by; `smtp-relay.{zone}`, which nobody makes, when absent.
   */
  readonly mail?: {
    /** Host and port of the server. */
    readonly smarthost: string
    /** Sender; `alerts@{zone}` when absent. */
    readonly from?: string
  }
  /** Names of secrets (see `UnitContext.secret`) that hold the receivers' addresses or keys. */
  readonly receivers: {
    readonly slack?: string
    readonly pagerduty?: string
    readonly email?: string
    /**
     * Address that is called every minute, and calls somebody when it is not: a dead man's switch.
     */
    readonly watchdog?: string
  }
}
