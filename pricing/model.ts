/**
 * The words of the room: what is priced, by which table, and what comes out. Money is US dollars a
 * month of 730 hours, before taxes and discounts.
 */

export type Cloud = 'aws' | 'gcp' | 'azure'

/**
 * What an amount is paid for: `month` for a thing that is there all month, `GB-month` for a
 * gigabyte kept for a month, `GB` for one that is moved, `million` for that many requests.
 */
export type PriceUnit = 'hour' | 'month' | 'GB-month' | 'GB' | 'million'

/**
 * One thing that a cloud charges for. `prices` are by region; `*` is every region that is not
 * named. `regionSources` are the sources of single regions, where they are others than the meter's.
 */
export interface Meter {
  readonly unit: PriceUnit
  readonly source: string
  readonly regionSources?: Readonly<Record<string, string>>
  readonly prices: Readonly<Record<string, number>>
}

/**
 * Where figures come from. `evidence`: `list` was read from the cloud's own price list or page;
 * `copy` from a published copy of it, which is named; `memory` was read from neither, so check it
 * first.
 */
export interface PriceSource {
  readonly name: string
  readonly url: string
  readonly date: string
  readonly evidence: 'list' | 'copy' | 'memory'
}

/**
 * Resource types that cost nothing by themselves, and why. A type that ends in `*` stands for all
 * that begin like it.
 */
export interface FreeTypes {
  readonly why: string
  readonly types: readonly string[]
}

/**
 * A Helm chart that is known: what of it is billed by default, beside the disks and load balancers
 * that its values ask for.
 */
export interface Chart {
  readonly why: string
  readonly loadBalancer?: boolean
}

/** The price table: plain data, as federations/tables/prices.yaml holds it. */
export interface PriceTable {
  readonly currency: 'USD'
  readonly sources: Readonly<Record<string, PriceSource>>
  /** By cloud and name of the meter. */
  readonly meters: Readonly<Record<Cloud, Readonly<Record<string, Meter>>>>
  readonly free: readonly FreeTypes[]
  readonly charts: Readonly<Record<string, Chart>>
}

/**
 * What a cluster moves, writes and keeps in a month. GB are the clouds' own (2^30 bytes); requests
 * are in millions. A volume that is not said is not priced, and said so.
 */
export interface ClusterVolumes {
  /** To clients on the internet. */
  readonly internetEgressGb?: number
  /** To other clouds, over VPN. */
  readonly interCloudGb?: number
  /** To other regions of the same cloud. */
  readonly interRegionGb?: number
  /** Between zones of the region. */
  readonly crossZoneGb?: number
  /** Out through NAT. */
  readonly natGb?: number
  /** Through interface endpoints of the cloud's services. */
  readonly endpointGb?: number
  /** In and out through load balancers. */
  readonly loadBalancerGb?: number
  /** Control plane and container logs written to the cloud's log service. */
  readonly logGb?: number
  readonly flowLogGb?: number
  /** Kept in the log bucket: logs, metrics, traces. */
  readonly logBucketGb?: number
  /** Kept in the backup bucket. */
  readonly backupGb?: number
  /** Kept in the registry. */
  readonly registryGb?: number
  readonly objectRequestsMillions?: number
  readonly keyRequestsMillions?: number
}
/** What belongs to no cluster. */
export interface SharedVolumes {
  readonly dnsQueriesMillions?: number
  /** Administrative audit logs, of each log store that keeps them. */
  readonly auditLogGb?: number
  /** Accesses to data that audit logs record. */
  readonly auditEventsMillions?: number
}
export type VolumeName = keyof ClusterVolumes | keyof SharedVolumes
/** Volumes by cluster, and those of no cluster. */
export interface Volumes {
  readonly clusters: Readonly<Record<string, ClusterVolumes>>
  readonly shared: SharedVolumes
}

/**
 * A resource to be priced. `inputs` as registered; what is unknown yet may be anything. `region`
 * and `cloud` are where it lives (`locate` finds them out), `cluster` whose it is (absent: shared).
 * `id` lets a node group find its launch template.
 */
export interface Resource {
  readonly urn: string
  readonly type: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly id?: string | undefined
  readonly region?: string | undefined
  readonly cloud?: Cloud | undefined
  readonly cluster?: string | undefined
}

/** A range of money a month: what autoscaling can make of it. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** One priced part of a resource. `monthly` = `quantity` × `price` × (730 for an hourly price). */
export interface CostItem {
  readonly urn: string
  readonly type: string
  readonly cluster?: string
  /** `usage` when it follows a volume of the federation file. */
  readonly kind: 'fixed' | 'usage'
  readonly meter: string
  readonly quantity: number
  readonly price: number
  readonly unit: PriceUnit
  readonly monthly: number
  /** Only where autoscaling decides. */
  readonly range?: Range
  /** In words: how many of what, at which price. */
  readonly basis: string
  /** Key of the table's `sources`. */
  readonly source: string
}

/** A resource, or a part of it, that the table does not price. It is never counted as zero. */
export interface Unpriced {
  readonly urn: string
  readonly type: string
  readonly cluster?: string
  readonly reason: string
}

export interface Estimate {
  readonly monthly: number
  readonly currency: 'USD'
  /** The total at the least and the most nodes. */
  readonly range: Range
  readonly items: readonly CostItem[]
  readonly unpriced: readonly Unpriced[]
}
