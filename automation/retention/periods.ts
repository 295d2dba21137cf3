/** Periods for which what grows is kept. */

/** Days after its end for which something is kept; 0: for ever. */
export interface RetentionPeriods {
  /** Events of deployments that ended, and histories of stacks but for the last entry of each. */
  events: number
  /** Outputs that previews and refreshes show of their units. */
  previews: number
  audit: number
  /** Notifications that were delivered or given up. */
  notifications: number
  /** API tokens that expired or were revoked. */
  tokens: number
  /** Simulated worlds since a deployment in them ended. */
  worlds: number
}

/**
 * Two releases back for whoever looks into what happened, previews for as long as their change is
 * under review, and an audit log of the year that is audited and the one before it. Worlds are made
 * again by a rehearsal.
 */
export const usualPeriods: RetentionPeriods = {
  events: 90,
  previews: 30,
  audit: 730,
  notifications: 90,
  tokens: 90,
  worlds: 90
}

/**
 * Days that senders of webhooks redeliver for, ten times over: until then a delivery that comes
 * again gets the same answer.
 */
export const hookDeliveryDays = 30
/**
 * Days after which the workflow of a run that is over is nobody's any more: for whoever looks into
 * why it ended as it did.
 */
export const workflowDays = 1
