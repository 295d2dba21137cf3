/** Identification of callers, by the token or the session that a request shows. */
import { type FastifyRequest } from 'fastify'
import {
  ownersOf,
  principalOf,
  startersOf,
  type AccessSettings,
  type AccessStore,
  type Claims,
  type Issuer,
  type Owners,
  type Principal,
  type SessionBasis
} from '../../automation/index.ts'
import { clientHeader } from '../../contract/access.ts'
import { HttpError } from '../errors.ts'
import { refused, refusedStale, type Issuers } from './issuers.ts'
import { checkSameOrigin } from './local.ts'
import { tokenPrincipal, tokenStatus } from './tokens.ts'

/** The text that every API token begins with. */
const tokenPrefix = 'wlt_'

/** Characters of a session's id at most; it is far shorter, and nobody has to hash a megabyte. */
export const longestSessionId = 100

/** The cookie of sessions. */
export interface Cookies {
  /** The cookie's name. */
  session: string
  /**
   * Browsers come over https: the cookie is for this host, this scheme and every path (`__Host-`).
   */
  secure: boolean
}

/**
 * Over plain http browsers accept a `__Host-` cookie from localhost at most, and not all of them
 * do.
 */
export function cookiesOf ({ url }: AccessSettings): Cookies {
  const secure = url?.startsWith('https://') === true
  return { session: secure ? '__Host-windlass' : 'windlass', secure }
}

/** The origin under which browsers reach the service. */
export function originOf (request: FastifyRequest, { url }: AccessSettings): string {
  return url === undefined ? `${request.protocol}://${request.headers.host ?? ''}` : new URL(url).origin
}

/** A caller who shows a token, and what a session that begins with it rests on. */
export interface Bearer {
  principal: Principal
  basis: SessionBasis
}

export interface Identifier {
  /**
   * Finds the caller of a request; undefined when it shows no credentials. Rejects with an
   * HttpError when they are wrong, expired or revoked.
   */
  identify(request: FastifyRequest): Promise<Principal | undefined>
  /** Finds the caller who bears a token of either kind. */
  bearer(token: string): Promise<Bearer>
}

interface IdentifierParts {
  store: AccessStore
  settings: AccessSettings
  issuers: Issuers
}

interface OpenParts extends IdentifierParts {
  /** Persons by the accounts that have jobs run. */
  owners: Owners
}

/** The caller whom an issuer vouches for. */
function vouched ({ owners }: OpenParts, issuer: Issuer, claims: Claims & { sub: string }): Principal {
  return {
    ...principalOf(issuer, claims),
    ...(issuer.kind === 'job' && { triggeredBy: startersOf(issuer, claims, owners) })
  }
}

async function bearerOf (parts: OpenParts, token: string): Promise<Bearer> {
  const { store, issuers } = parts
  if (!token.startsWith(tokenPrefix)) {
    const verified = await issuers.verify(token)
    return {
      principal: vouched(parts, verified.issuer, verified.claims),
      basis: { issuer: verified.issuer.name, claims: verified.claims }
    }
  }
  const found = await store.useToken(token)
  if (!found) {
    throw refused('there is no such token: expected one that windlass token create created here')
  }
  const status = tokenStatus(found, Date.now())
  if (status !== 'active') {
    throw refusedStale(`the token ${found.name} ${
      status === 'expired'
        ? `expired at ${found.expiresAt ?? ''}`
        : `was revoked at ${found.revokedAt ?? ''}`
    }: get a new one`)
  }
  return { principal: tokenPrincipal(found), basis: { token: found.id } }
}

/**
 * The caller of a session, by the token and the rules as they are now; undefined when what it rests
 * on is gone.
 */
async function sessionPrincipal (
  parts: OpenParts,
  id: string
): Promise<Principal | undefined> {
  const { store, settings, issuers } = parts
  const session = await store.useSession(id, settings.sessions.idleMinutes * 60)
  if (!session) return undefined
  if ('token' in session.basis) {
    const token = await store.token(session.basis.token)
    return tokenStatus(token, Date.now()) === 'active'
      ? { ...tokenPrincipal(token), expiresAt: earlier(session.expiresAt, token.expiresAt) }
      : undefined
  }
  const issuer = issuers.named(session.basis.issuer)
  return issuer && { ...vouched(parts, issuer, session.basis.claims), expiresAt: session.expiresAt }
}

function earlier (one: string, other: string | null): string {
  return other !== null && other < one ? other : one
}

/**
 * Refuses a change that rests on a session and does not come from the dashboard: any page can make
 * a browser send the cookie, and only the dashboard can prove that it did.
 */
function checkDashboard (request: FastifyRequest, settings: AccessSettings): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  checkSameOrigin(request, originOf(request, settings))
  if (request.headers[clientHeader] !== undefined) return
  throw new HttpError('http-cross-site', { by: 'session' })
}

/** Creates what identifies callers by these settings. */
export function openIdentifier (given: IdentifierParts): Identifier {
  const parts = { ...given, owners: ownersOf(given.settings.accounts) }
  const { session: cookie } = cookiesOf(parts.settings)
  return {
    bearer: (token) => bearerOf(parts, token),
    async identify (request) {
      const { authorization } = request.headers
      if (authorization !== undefined) {
        const token = /^bearer +([\x21-\x7e]+)$/i.exec(authorization)?.[1]
        if (token !== undefined) return (await bearerOf(parts, token)).principal
        throw refused(
          'the Authorization header holds no bearer token: expected Authorization: Bearer and the token'
        )
      }
      const id = request.cookies[cookie]
      if (id === undefined) return undefined
      const principal = id.length > longestSessionId ? undefined : await sessionPrincipal(parts, id)
      if (!principal) throw refusedStale('the session has ended: sign in again')
      checkDashboard(request, parts.settings)
      return principal
    }
  }
}
