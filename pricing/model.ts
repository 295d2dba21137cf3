/**
 * The words of the room: resources, the price table, estimates. Money is US dollars a month of 730
 * hours, before taxes and discounts.
 */

export type Cloud = 'aws' | 'gcp' | 'azure'

/**
 * Unit of a price: `hour` for a thing that is there for an hour, `month` for one that is there all
 * month, `GB-month` for a gigabyte kept for a month, `GB` for one that is moved, `million` for that
 * many requests.
 */
export type PriceUnit = 'hour' | 'month' | 'GB-month' | 'GB' | 'million'

/** One thing that a cloud charges for. */
export interface Meter {
  readonly unit: PriceUnit
  /** Key of the table's `sources`. */
  readonly source: string
  /** Sources of single regions, where they are others than the meter's. */
  readonly regionSources?: Readonly<Record<string, string>>
  /** Prices by region; `*` is every region that is not named. */
  readonly prices: Readonly<Record<string, number>>
}

/** The source of figures. */
export interface PriceSource {
  readonly name: string
  readonly url: string
  /** Day on which it was read, YYYY-MM-DD. */
  readonly date: string
  /**
   * `list`: read from the cloud's own price list or page; `copy`: from a published copy of it,
   * which is named; `memory`: from neither, so check it first.
   */
  readonly evidence: 'list' | 'copy' | 'memory'
}

/** Resource types that cost nothing by themselves. */
export interface FreeTypes {
  readonly why: string
  /** Types; one that ends in `*` stands for all that begin like it. */
  readonly types: readonly string[]
}

/**
 * A Helm chart that is known: what is billed of it beside the disks and load balancers that its
 * values ask for.
 */
export interface Chart {
  readonly why: string
  /** True when it makes a load balancer unless its values say otherwise. */
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
 * Volumes of a cluster in a month. GB are the clouds' own (2^30 bytes); requests are in millions.
 * What depends on a volume that is not given is not priced, and listed as such.
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
  /** Flow logs that are written. */
  readonly flowLogGb?: number
  /** Kept in the log bucket: logs, metrics, traces. */
  readonly logBucketGb?: number
  /** Kept in the backup bucket. */
  readonly backupGb?: number
  /** Kept in the registry. */
  readonly registryGb?: number
  /** Requests that write objects. */
  readonly objectRequestsMillions?: number
  /** Requests to keys. */
  readonly keyRequestsMillions?: number
}
/** Volumes that belong to no cluster. */
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

/** A resource to be priced. */
export interface Resource {
  readonly urn: string
  readonly type: string
  /** Inputs as registered; what is not known yet may be anything. */
  readonly inputs: Readonly<Record<string, unknown>>
  /** Id, by which a node group finds its launch template. */
  readonly id?: string | undefined
  /** Region whose prices apply; `locate` finds it out. */
  readonly region?: string | undefined
  /** Cloud that charges for it; `locate` finds it out. */
  readonly cloud?: Cloud | undefined
  /** Name of the cluster whose it is; absent when it is shared. */
  readonly cluster?: string | undefined
}

/** A range of money a month: what autoscaling can make of it. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** One priced part of a resource. */
export interface CostItem {
  readonly urn: string
  readonly type: string
  readonly cluster?: string
  /** `usage` when it follows a volume of the federation file. */
  readonly kind: 'fixed' | 'usage'
  readonly meter: string
  readonly quantity: number
  /** Price of the meter in the region. */
  readonly price: number
  readonly unit: PriceUnit
  /** `quantity` × `price`, × 730 for an hourly price. */
  readonly monthly: number
  /** Only where autoscaling decides. */
  readonly range?: Range
  /** The quantity and the price in words. */
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
