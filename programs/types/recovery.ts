/** Disaster recovery: who takes over from whom, and how fast. */

/** A primary and the cluster that takes over from it. */
export interface DrPair {
  /** Name of the primary. */
  readonly primary: string
  /** Name of the cluster that takes over. */
  readonly standby: string
  /** Recovery time objective: seconds until the standby serves. */
  readonly rtoSeconds: number
  /** Recovery point objective: seconds of data that may be lost. */
  readonly rpoSeconds: number
  /** Nodes that the standby scales to on failover. */
  readonly failoverNodes: number
}

export interface DisasterRecovery {
  /** `required`: a standby must be in another cloud than its primary. */
  readonly crossCloud: 'required' | 'allowed'
  readonly pairs: readonly DrPair[]
  /** Seconds between two probes of a primary. */
  readonly probeIntervalSeconds: number
  /** Failed probes in a row after which a primary counts as lost. */
  readonly failureThreshold: number
  /** Time to live of the records that lead clients to clusters. */
  readonly dnsTtlSeconds: number
  /** Objective of a failover by DNS: seconds until clients reach the standby. */
  readonly globalFailoverSeconds: number
  /** Cron expression (UTC) of backups. */
  readonly backupSchedule: string
  readonly backupRetentionDays: number
  /**
   * Days that buckets keep what backups replaced or deleted; a week longer than a backup lives when
   * absent.
   */
  readonly backupBucketDays?: number
}
