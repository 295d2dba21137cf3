/** A call to a cloud that somebody has to make who is no provider, and that the cloud refuses. */
import { type CloudRecord } from '../../../store.ts'

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
  /** Resource that the call is made for: whoever deployed it has to know. */
  readonly of: CloudRecord
  readonly why: string
}
