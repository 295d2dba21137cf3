/**
 * The automation room's errors: one table, stable codes, each with what the caller should do. Rooms
 * inside (federation, plan, stacks) add their own tables in the same form.
 */

/** What kind of answer it is; the server maps kinds, not codes, to HTTP statuses. */
export type ErrorKind =
  | 'invalid'
  | 'not-found'
  | 'gone'
  | 'conflict'
  | 'mismatch'
  | 'refused'
  | 'unavailable'
  | 'internal'

/**
 * An error of this room. `retryable`: whether the same call may succeed later without a change.
 * `details` are safe to show.
 */
export class AutomationError extends Error {
  override readonly name = 'AutomationError'
  readonly code: string
  readonly kind: ErrorKind
  readonly retryable: boolean
  readonly details?: Record<string, unknown>
  constructor (code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message)
    this.code = code
    this.kind = table[code].kind
    this.retryable = table[code].retryable
    if (details) this.details = details
  }
}

const table = {
  'deployment-not-found': { kind: 'not-found', retryable: false },
  /** Events before details.eventsFrom were kept for as long as they are to be, and removed. */
  'events-removed': { kind: 'gone', retryable: false },
  'unit-not-found': { kind: 'not-found', retryable: false },
  /** Phase 8 has not run in this deployment. */
  'validation-not-found': { kind: 'not-found', retryable: true },
  'notification-not-found': { kind: 'not-found', retryable: false },
  'federation-not-found': { kind: 'not-found', retryable: false },
  'token-not-found': { kind: 'not-found', retryable: false },
  'stack-not-found': { kind: 'not-found', retryable: false },
  'hook-not-found': { kind: 'not-found', retryable: false },
  /** Nothing shows that a delivery comes from who shares the hook's secret, or it is too old. */
  'hook-refused': { kind: 'refused', retryable: false },
  'hook-payload-invalid': { kind: 'invalid', retryable: false },
  /** A delivery's id was used for another body. */
  'hook-delivery-mismatch': { kind: 'mismatch', retryable: false },
  /** The federation file has errors: details.errors lists them. */
  'federation-invalid': { kind: 'invalid', retryable: false },
  /** A field of the request is not acceptable: details.field names it. */
  'request-invalid': { kind: 'invalid', retryable: false },
  /** Selected phases and clusters hold no unit. */
  'plan-empty': { kind: 'invalid', retryable: false },
  'plan-cycle': { kind: 'invalid', retryable: false },
  /** Earlier phases are not deployed: details.missing lists unit ids. */
  'prerequisites-missing': { kind: 'conflict', retryable: false },
  /** Later phases stand on what would be destroyed: details.dependants lists unit ids. */
  'dependants-deployed': { kind: 'conflict', retryable: false },
  /** The deployment's status does not allow it: details.status. */
  'wrong-status': { kind: 'conflict', retryable: false },
  /** This person's approval does not count at this gate: details.phase, people, groups. */
  'approval-refused': { kind: 'refused', retryable: false },
  /** The gate's time is over: the deployment fails. Also the code of that failure. */
  'approval-expired': { kind: 'conflict', retryable: false },
  /** A gate of the launch could never open: details.phase. */
  'approval-impossible': { kind: 'conflict', retryable: false },
  'idempotency-mismatch': { kind: 'mismatch', retryable: false },
  /** Live mode is off or has no Pulumi CLI. */
  'live-refused': { kind: 'refused', retryable: false },
  'shutting-down': { kind: 'unavailable', retryable: true },
  'store-unavailable': { kind: 'unavailable', retryable: true },
  internal: { kind: 'internal', retryable: true }
} as const satisfies Record<string, { kind: ErrorKind, retryable: boolean }>

export type ErrorCode = keyof typeof table

export const errorKind = (code: ErrorCode): ErrorKind => table[code].kind
