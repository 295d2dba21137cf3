/** Acts as the audit log notes them, and on whose behalf they are done. */
import { type Actor } from '../contract/access.ts'
import { type AuditEntry } from '../contract/audit.ts'

/** Place where a request came from. */
export type Origin = NonNullable<AuditEntry['origin']>

/**
 * An act before it has its place in the log. An absent actor is the service itself or, when it was
 * denied, nobody known. What it changed is noted without secrets.
 */
export type Act = Omit<AuditEntry, 'seq' | 'time'>

/** On whose behalf something is done. */
export interface By {
  /** Absent: the service itself. */
  actor?: Actor
  /** Origin of the request. */
  origin?: Origin
  /**
   * The accounts that had the job run which acts. One without `person` may be anybody's, and so may
   * a job of which none is named.
   */
  triggeredBy?: readonly Actor[]
}
