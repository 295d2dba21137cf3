/**
 * The server room's errors: what is wrong with a request before the automation room sees it. Codes
 * are stable and never reused.
 */
import { type ErrorKind } from '../automation/index.ts'
import { clientHeader } from '../contract/access.ts'
import { type AnyCodedError, defineErrors } from '../contract/errors.ts'
import { type Issue } from '../contract/problem.ts'
import { type Permission, type Role } from '../contract/words.ts'

type Text<Details> = (details: Details) => string

/** Lists what is wrong with a request, the first few in full. */
const issuesText: Text<{ issues: readonly Issue[] }> = ({ issues }) => {
  const shown = issues.slice(0, 5).map(({ field, message, expected }) =>
    `${field || 'the body'} ${message} (expected ${expected})`
  ).join('; ')
  return issues.length > 5 ? `${shown}; and ${issues.length - 5} more` : shown
}

/**
 * `by`: a page of another site, one that has this address as an image, a frame or the like, or a
 * session without the header of the dashboard.
 */
const crossSiteText: Text<{ by: 'page' | 'part' | 'session' }> = ({ by }) => {
  switch (by) {
    case 'page':
      return 'a page of another web site cannot change anything here: expected a request from the ' +
        'dashboard, the command line or a program'
    case 'part':
      return 'this address cannot be a part of a page: expected a browser that goes to it'
    case 'session':
      return `a session changes something only with the header ${clientHeader}, which the dashboard sends`
  }
}

/** Ways in which a body, or all of a request, is malformed. */
export type Malformed = 'not-json' | 'empty' | 'other-length' | 'not-http'

const malformedTexts: Readonly<Record<Malformed, string>> = {
  'not-json': 'the body is not JSON: expected one JSON object',
  empty: 'the body is empty: expected one JSON object',
  'other-length': 'the body is not as long as its content-length says',
  'not-http': 'the request is malformed: expected HTTP/1.1'
}

/** `reason`: what the parser says; `bytes`: the fault of bytes that are no text. */
const malformedText: Text<
  { wrong: Malformed } | { reason: string } | { bytes: string, line: number, column: number }
> = (details) =>
  'wrong' in details
    ? malformedTexts[details.wrong]
    : 'bytes' in details
    ? `the body ${details.bytes} (line ${details.line}, column ${details.column})`
    : `the request is malformed: ${details.reason}`

const hostText: Text<{ host: string }> = ({ host }) =>
  `this service is reached as localhost, 127.0.0.1 or [::1], not as ${JSON.stringify(host)}: use one of ` +
  'these, or have it authenticate its callers with WINDLASS_ACCESS'

/**
 * `wrong`: what is wrong with the credentials; absent: there are none. `stale`: they were good
 * once, or a page of another site had a browser send what it could; nobody guesses.
 */
const unauthenticatedText: Text<{ wrong?: string, stale?: true }> = ({ wrong }) =>
  wrong ??
    'the request has no credentials: expected an Authorization header with a bearer token (windlass token ' +
      'create creates one), or a session of the dashboard'

/** Limits that a caller, or all callers together, have reached. `most`: the limit. */
type TooMany =
  & { readonly retryAfterSeconds: number }
  & (
    | { readonly of: 'requests', readonly most: number }
    | { readonly of: 'failures' | 'sign-ins' }
    /** `open`: those that are open already, of the caller or of all. */
    | { readonly of: 'streams' | 'own-streams', readonly open: number, readonly most: number }
  )

const tooManyText: Text<TooMany> = (details) => {
  switch (details.of) {
    case 'requests':
      return `more than ${details.most} requests in a minute: try again in ${details.retryAfterSeconds} s`
    case 'failures':
      return 'too many attempts with bad credentials from this address: try again in ' +
        `${details.retryAfterSeconds} s`
    case 'sign-ins':
      return 'more people sign in than can at once: begin again in a moment'
    case 'streams':
    case 'own-streams': {
      const whose = details.of === 'streams' ? 'event streams' : 'event streams of this caller'
      return `${details.open} ${whose} are open already, and there are ${details.most} at most: close one, ` +
        'or read the events page by page'
    }
  }
}

/** Reasons why nobody signs in with an issuer. */
type LoginFault =
  /** `known`: the issuers with which people do. */
  | { readonly because: 'not-known', readonly known: readonly string[] }
  | { readonly because: 'not-configured' }
  /** `fault`: what is wrong with the secret that the service shows the issuer. */
  | { readonly because: 'secret', readonly fault: string }

const loginText: Text<{ issuer: string } & LoginFault> = (details) => {
  const nobody = `nobody signs in with ${details.issuer}`
  switch (details.because) {
    case 'not-known':
      return details.known.length === 0
        ? `${nobody}: expected a token, as no issuer is configured`
        : `${nobody}: expected ${details.known.join(', ')}`
    case 'not-configured':
      return `${nobody}: its login is not configured`
    case 'secret':
      return `${nobody}: the secret of its login ${details.fault}`
  }
}

const nothingText: Text<{ path: string } | { wrong: string }> = (details) =>
  'path' in details
    ? `there is nothing at ${details.path}: /docs lists what there is`
    : `there is nothing at this address: ${details.wrong}`

const methodText: Text<{ method: string, path: string, allowed: readonly string[] }> = (details) =>
  `${details.method} is not possible at ${details.path}: expected ${details.allowed.join(', ')}`

const table = {
  /** A field of the body, a parameter or a header is not acceptable. */
  'http-request-invalid': { status: 400, retryable: false, message: issuesText },
  'http-body-malformed': { status: 400, retryable: false, message: malformedText },
  /** A page of another origin asked for a change, which a browser may not make for its user. */
  'http-cross-site': { status: 403, retryable: false, message: crossSiteText },
  /** The Host header is no name of a service that only its own machine may reach. */
  'http-host-refused': { status: 403, retryable: false, message: hostText },
  /** The request has no credentials, or wrong, expired or revoked ones. */
  'http-unauthenticated': { status: 401, retryable: false, message: unauthenticatedText },
  /** An issuer is needed to judge a token or to sign in, and cannot be reached. */
  'http-issuer-unavailable': {
    status: 503,
    retryable: true,
    message: ({ what, reason }: { what: string, reason: string }) =>
      `${what}: ${reason}; try again in a moment`
  },
  /** Too many requests, failed attempts or streams of one caller. */
  'http-too-many-requests': { status: 429, retryable: true, message: tooManyText },
  /** The service is overloaded; what keeps it safe (health, cancel, approvals) goes on. */
  'http-overloaded': {
    status: 503,
    retryable: true,
    message: () => 'the service has more to do than it can: try again in a moment'
  },
  /** The caller may not do this: they lack the permission. */
  'http-forbidden': {
    status: 403,
    retryable: false,
    message: ({ wrong }: {
      wrong: string
      permission: Permission
      roles?: readonly Role[]
      subject?: string
    }) => wrong
  },
  /** The service authenticates nobody. */
  'http-authentication-off': {
    status: 409,
    retryable: false,
    message: () =>
      'this service authenticates nobody, so there is nothing to sign in to: it listens to its own machine ' +
      'only'
  },
  /** There is no sign-in with an issuer of that name. */
  'http-login-unknown': { status: 404, retryable: false, message: loginText },
  'http-route-not-found': { status: 404, retryable: false, message: nothingText },
  'http-method-not-allowed': { status: 405, retryable: false, message: methodText },
  'http-not-acceptable': {
    status: 406,
    retryable: false,
    message: ({ accept, forms }: { accept: string, forms: readonly string[] }) =>
      `events cannot be given as ${accept}: expected ${forms.join(', ')}`
  },
  /** The client was too slow to send its request. */
  'http-request-timeout': {
    status: 408,
    retryable: true,
    message: ({ seconds = 30 }: { seconds?: number }) =>
      `the request came too slowly: expected all of it within ${seconds} seconds`
  },
  'http-headers-too-large': {
    status: 431,
    retryable: false,
    message: () => 'the address and headers are too large: expected at most 16 KiB'
  },
  'http-body-too-large': {
    status: 413,
    retryable: false,
    message: () =>
      'the body is too large: expected at most 256 KiB, 5 MiB of a webhook that declares its size'
  },
  'http-content-type-unsupported': {
    status: 415,
    retryable: false,
    message: ({ wrong }: { wrong: 'missing' | 'not supported' }) =>
      `the content type is ${wrong}: expected content-type: application/json`
  },
  'http-internal': {
    status: 500,
    retryable: true,
    message: () => 'something went wrong inside the service; its log has the cause under this requestId'
  }
} as const

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
  exhausted: 429,
  internal: 500
}

/** A request that the server itself refuses. */
export const HttpError = defineErrors('HttpError', 'http-', table)
/** An HttpError of any code. */
export type AnyHttpError = AnyCodedError<typeof table>

/** Refuses a request whose fields are wrong. */
export function invalidRequest (issues: readonly Issue[]) {
  return new HttpError('http-request-invalid', { issues })
}

/** Headers of the answer that go with an error. */
export function headersOf (error: AnyHttpError): Record<string, string> {
  switch (error.code) {
    case 'http-unauthenticated':
      return {
        'www-authenticate': `Bearer realm="windlass"${
          error.details.wrong === undefined ? '' : ', error="invalid_token"'
        }`
      }
    case 'http-too-many-requests':
      return { 'retry-after': String(error.details.retryAfterSeconds) }
    case 'http-method-not-allowed':
      return { allow: error.details.allowed.join(', ') }
    default:
      return {}
  }
}

/** Facts of an error that its answer has beside the text. */
export function factsOf (error: AnyHttpError): Record<string, unknown> {
  if (error.code !== 'http-forbidden') return {}
  const { permission, roles, subject } = error.details
  return { permission, ...(roles && { roles }), ...(subject !== undefined && { subject }) }
}
