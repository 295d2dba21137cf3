/** Verification of OpenID Connect tokens, with the keys that their issuers publish. */
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  jwtVerify,
  type JWTPayload,
  type RemoteJWKSet
} from 'jose'
import { claimsFault, type Claims, type Issuer } from '../../automation/index.ts'
import { HttpError } from '../errors.ts'
import { boundedFetch } from './bounded-fetch.ts'

/** Milliseconds that an issuer's keys are used before they are read again. */
const keysMilliseconds = 10 * 60_000
/** Milliseconds between reads because of unknown keys, so that made-up keys become no requests. */
const keysCooldown = 30_000
/** Milliseconds for which an issuer's description holds. */
const discoveryMilliseconds = 60 * 60_000
/**
 * Milliseconds after a failure in which the issuer is not asked again, and callers fail at once.
 */
const failureMilliseconds = 5_000

interface Known {
  keys: RemoteJWKSet
  until: number
}

/** Refuses credentials; `wrong` says what is wrong and what would be right. */
export function refused (wrong: string) {
  return new HttpError('http-unauthenticated', { wrong })
}

/** Refuses credentials that were good once, or that are missing: it does not count as a guess. */
export function refusedStale (wrong: string) {
  return new HttpError('http-unauthenticated', { wrong, stale: true })
}

/**
 * Types of tokens (RFC 8725 3.11) that say who calls: ID tokens (OpenID Connect Core names no type,
 * issuers write JWT or nothing) and access tokens (RFC 9068). Others, such as logout+jwt, are
 * signed with the same keys for the same audience and say something else. In lower case, without
 * the `application/` that may be left out (RFC 7515 4.1.9).
 */
const callerTypes: readonly unknown[] = [undefined, 'jwt', 'at+jwt']

/** Tells whether a verified token is one by which somebody calls. */
function speaksForCaller ({ typ }: { typ?: unknown }, payload: JWTPayload): boolean {
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ
  // Logout and security event tokens (RFC 8417), also those of issuers that give them no type.
  return callerTypes.includes(type) && !('events' in payload)
}

/** One issuer's keys, found through its discovery document. */
class IssuerKeys {
  readonly #issuer: Issuer
  #known: Promise<Known> | undefined
  #last: Known | undefined
  #until = 0
  constructor (issuer: Issuer) {
    this.#issuer = issuer
  }

  /** Reads the keys. When an issuer cannot be asked again, those that it had are used. */
  async keys (): Promise<RemoteJWKSet> {
    if (this.#known === undefined || Date.now() >= this.#until) {
      this.#until = Date.now() + failureMilliseconds
      const before = this.#last
      this.#known = this.#discover().then((known) => {
        this.#until = known.until
        this.#last = known
        return known
      }, (error: unknown) => {
        if (before) return before
        throw error
      })
    }
    return (await this.#known).keys
  }

  async #discover (): Promise<Known> {
    const { issuer } = this.#issuer
    const response = await boundedFetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
    if (!response.ok) throw new Error(`its discovery document has the status ${response.status}`)
    const document = await response.json() as { issuer?: unknown, jwks_uri?: unknown }
    if (document.issuer !== issuer) {
      throw new Error(`its discovery document names another issuer, ${String(document.issuer)}`)
    }
    if (typeof document.jwks_uri !== 'string' || !URL.canParse(document.jwks_uri)) {
      throw new Error('its discovery document names no keys')
    }
    const uri = new URL(document.jwks_uri)
    if (uri.protocol !== 'https:' && issuer.startsWith('https:')) {
      throw new Error('its keys are not published over https')
    }
    return {
      keys: createRemoteJWKSet(uri, {
        cacheMaxAge: keysMilliseconds,
        cooldownDuration: keysCooldown,
        [customFetch]: briefly(boundedFetch)
      }),
      until: Date.now() + discoveryMilliseconds
    }
  }
}

/** Wraps a fetch so that it fails at once for a while after a failure. */
function briefly (fetch: typeof boundedFetch): typeof boundedFetch {
  let failed: { error: unknown, until: number } | undefined
  return async (url, options) => {
    if (failed && Date.now() < failed.until) throw failed.error
    try {
      const response = await fetch(url, options)
      failed = undefined
      return response
    } catch (error) {
      failed = { error, until: Date.now() + failureMilliseconds }
      throw error
    }
  }
}

/** The reason why a token is refused; undefined when the issuer could not be asked. */
function reasonOf (error: unknown, { name, audience, algorithms }: Issuer): string | undefined {
  if (error instanceof errors.JWTExpired) return `the token of ${name} has expired: get a new one`
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud'
      ? `the token of ${name} is for another audience: expected ${audience.join(' or ')}`
      : `the token of ${name} cannot be used: its claim ${error.claim} is missing or wrong`
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return `the token of ${name} is signed in a way that is not accepted: expected ${algorithms.join(', ')}`
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return `the token of ${name} is signed with a key that ${name} does not publish`
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return `the token of ${name} has a wrong signature`
  }
  if (
    error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid ||
    error instanceof errors.JOSENotSupported
  ) return `the token of ${name} is not well formed`
  return undefined
}

export interface Issuers {
  /** The issuer of that name. */
  named(name: string): Issuer | undefined
  /**
   * Verifies a token: signature, issuer, audience, times. Rejects with an HttpError: 401 when it is
   * wrong or expired, 503 when its issuer cannot be asked.
   */
  verify(token: string): Promise<{ issuer: Issuer, claims: Claims & { sub: string } }>
  /** The issuers, in the order of the file. */
  all: readonly Issuer[]
}

/** Creates the verification for the issuers that the service trusts. */
export function openIssuers (all: readonly Issuer[]): Issuers {
  const known = all.map((issuer) => ({ issuer, keys: new IssuerKeys(issuer) }))
  return {
    all,
    named: (name) => all.find((issuer) => issuer.name === name),
    async verify (token) {
      let claimed: string | undefined
      try {
        claimed = decodeJwt(token).iss
      } catch {
        throw refused('the bearer token is neither an API token of this service nor an OpenID Connect token')
      }
      const found = known.find(({ issuer }) => issuer.issuer === claimed)
      if (!found) {
        throw refused(
          'the token is from an issuer that this service does not trust: the access file names those that ' +
            'it does'
        )
      }
      const { issuer, keys } = found
      try {
        const { payload, protectedHeader } = await jwtVerify(
          token,
          async (header, input) => (await keys.keys())(header, input),
          {
            issuer: issuer.issuer,
            audience: issuer.audience,
            algorithms: issuer.algorithms,
            clockTolerance: issuer.clockToleranceSeconds,
            requiredClaims: ['exp', 'iat', 'sub']
          }
        )
        if (!speaksForCaller(protectedHeader, payload)) {
          throw refused(
            `the token of ${issuer.name} is not for calling: expected an ID token or an access token (typ ` +
              'JWT or at+jwt, without events)'
          )
        }
        const { sub = '' } = payload
        const wrong = claimsFault(payload)
        if (wrong !== undefined) throw refused(`the token of ${issuer.name} cannot be used: ${wrong}`)
        return { issuer, claims: { ...payload, sub } }
      } catch (error) {
        if (error instanceof HttpError) throw error
        const reason = reasonOf(error, issuer)
        // The signature is checked before the times.
        if (error instanceof errors.JWTExpired && reason !== undefined) throw refusedStale(reason)
        if (reason !== undefined) throw refused(reason)
        throw new HttpError('http-issuer-unavailable', {
          what: `the keys of ${issuer.name} cannot be read`,
          reason: (error as Error).message
        })
      }
    }
  }
}
