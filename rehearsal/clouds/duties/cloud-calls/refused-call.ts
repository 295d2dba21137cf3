/** A call to a cloud that somebody has to make who is no provider, and that the cloud refuses. */

/** Task that fails. */
export interface Claim {
  /** Statement, as a report shows it. */
  readonly claim: string
  readonly source: string
}

export interface RefusedCloudCall extends Claim {
  /** Whoever calls: pods, nodes, a service of the cloud. */
  readonly from: string
  readonly to: string
  readonly why: string
}
