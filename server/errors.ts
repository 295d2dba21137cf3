/**
 * The server room's errors: what is wrong with a request before the automation room sees it. Codes
 * are stable and never reused.
 */
import { type ErrorKind } from '../automation/index.ts'
import { type Issue } from '../contract/problem.ts'

const table = {
  /**
   * A field of the body, a parameter or a header is not acceptable: `errors` lists all that is
   * wrong.
   */
  'http-request-invalid': { status: 400, retryable: false },
  'http-body-malformed': { status: 400, retryable: false },
  /**
   * A page of another origin asked for a change, which a browser may not do on its user's behalf.
   */
  'http-cross-site': { status: 403, retryable: false },
  /** The Host header is no name of a service that only its own machine may reach. */
  'http-host-refused': { status: 403, retryable: false },
  /** No credentials, or ones that are no good (any more). */
  'http-unauthenticated': { status: 401, retryable: false },
  /** An issuer's keys are needed to judge a token, and can't be had. */
  'http-issuer-unavailable': { status: 503, retryable: true },
  /** Too many requests, failed attempts or streams of one caller. */
  'http-too-many-requests': { status: 429, retryable: true },
  /**
   * The service has more to do than it can; what keeps it safe (health, cancel, approvals) goes on.
   */
  'http-overloaded': { status: 503, retryable: true },
  /** The caller is known and may not do this: `details.permission` is what is missing. */
  'http-forbidden': { status: 403, retryable: false },
  /** The service authenticates nobody: there is nothing to sign in to. */
  'http-authentication-off': { status: 409, retryable: false },
  /** Nobody signs in with an issuer of that name. */
  'http-login-unknown': { status: 404, retryable: false },
  'http-route-not-found': { status: 404, retryable: false },
  'http-method-not-allowed': { status: 405, retryable: false },
  'http-not-acceptable': { status: 406, retryable: false },
  /** The client was too slow to send its request. */
  'http-request-timeout': { status: 408, retryable: true },
  /** Address and headers are more than a server takes. */
  'http-headers-too-large': { status: 431, retryable: false },
  'http-body-too-large': { status: 413, retryable: false },
  'http-content-type-unsupported': { status: 415, retryable: false },
  'http-internal': { status: 500, retryable: true }
} as const satisfies Record<string, { status: number, retryable: boolean }>

export type HttpErrorCode = keyof typeof table

export const isHttpErrorCode = (code: string): code is HttpErrorCode => Object.hasOwn(table, code)
export const httpErrorStatus = (code: HttpErrorCode): number => table[code].status

/**
 * One answer for each kind of error of the automation room. `refused` is 403: the service was told
 * not to do such a thing, and no change of the request helps.
 */
export const statusOfKind: Record<ErrorKind, number> = {
  invalid: 400,
  'not-found': 404,
  gone: 410,
  conflict: 409,
  mismatch: 422,
  refused: 403,
  unavailable: 503,
  internal: 500
}

/**
 * What an HttpError may carry besides its text: each thing that is wrong, headers of the answer,
 * and facts that are safe to show.
 */
export interface HttpErrorExtras {
  issues?: Issue[]
  headers?: Record<string, string>
  details?: Record<string, unknown>
}

/** A request that is refused by the server itself. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly code: HttpErrorCode
  readonly status: number
  readonly retryable: boolean
  readonly issues?: Issue[]
  readonly headers: Record<string, string>
  readonly details?: Record<string, unknown>
  constructor (code: HttpErrorCode, message: string, extras: HttpErrorExtras = {}) {
    super(message)
    this.code = code
    this.status = table[code].status
    this.retryable = table[code].retryable
    if (extras.issues) this.issues = extras.issues
    if (extras.details) this.details = extras.details
    this.headers = extras.headers ?? {}
  }
}

/** A request whose fields are wrong: the text lists them, the first few in full. */
export function invalidRequest (issues: Issue[]): HttpError {
  const shown = issues.slice(0, 5).map((issue) =>
    `${issue.field || 'the body'} ${issue.message} (expected ${issue.expected})`
  ).join('; ')
  return new HttpError(
    'http-request-invalid',
    issues.length > 5 ? `${shown}; and ${issues.length - 5} more` : shown,
    { issues }
  )
}
