/** Volumes and costs of a month. */
import { type PhaseName } from '../../contract/words.ts'

type ClusterVolumeName =
  | 'internetEgressGb'
  | 'interCloudGb'
  | 'interRegionGb'
  | 'crossZoneGb'
  | 'natGb'
  | 'endpointGb'
  | 'loadBalancerGb'
  | 'logGb'
  | 'flowLogGb'
  | 'logBucketGb'
  | 'backupGb'
  | 'registryGb'
  | 'objectRequestsMillions'
  | 'keyRequestsMillions'

/**
 * Volumes of one cluster in a month: what is moved, written and kept. Names and units are those of
 * `pricing/model.ts`.
 */
export type ClusterVolumes = Readonly<Partial<Record<ClusterVolumeName, number>>>

/** Factors of the prices that depend on use. */
export interface Volumes {
  /** Volumes by the cluster's name. */
  readonly clusters: Readonly<Record<string, ClusterVolumes>>
  /** Volumes that belong to no cluster. */
  readonly shared: Readonly<
    Partial<Record<'dnsQueriesMillions' | 'auditLogGb' | 'auditEventsMillions', number>>
  >
}

/** Bounds of a month's cost at list prices, in US dollars. */
export interface Budget {
  /** The whole federation. */
  readonly monthly: number
  readonly perPhase: Readonly<Partial<Record<PhaseName, number>>>
  /** Budgets by the cluster's name. */
  readonly perCluster: Readonly<Record<string, number>>
  /** Budgets by the unit's id, `{phase}.{scope}`. */
  readonly perUnit: Readonly<Record<string, number>>
}
