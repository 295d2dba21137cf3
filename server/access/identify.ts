/** Finds out who makes a request, by the token or the session that it shows. */
import { type FastifyRequest } from 'fastify'
import {
  principalOf,
  type AccessSettings,
  type AccessStore,
  type Principal,
  type SessionBasis
} from '../../automation/index.ts'
import { clientHeader } from '../../contract/access.ts'
import { HttpError } from '../errors.ts'
import { refused, bearerPrincipal, type Issuers } from './issuers.ts'
import { checkSameOrigin } from './local.ts'
import { tokenPrincipal, tokenStatus } from './tokens.ts'

/** API tokens begin with it. */
const tokenPrefix = 'wlt_'

/** What makes sessions what they are here. */
export interface Cookies {
  /** The session's cookie. */
  session: string
  /**
   * Whether browsers come over https: then cookies are theirs alone (`__Host-`: this host, this
   * scheme, every path).
   */
  secure: boolean
}

/**
 * Over plain http no browser takes a `__Host-` cookie but from localhost, and not every one there.
 */
export function cookiesOf ({ url }: AccessSettings): Cookies {
  const secure = url?.startsWith('https://') === true
  return { session: secure ? '__Host-windlass' : 'windlass', secure }
}

/** The origin under which browsers reach the service. */
export function originOf (request: FastifyRequest, { url }: AccessSettings): string {
  return url === undefined ? `${request.protocol}://${request.headers.host ?? ''}` : new URL(url).origin
}

export interface Identifier {
  /**
   * Who makes a request; undefined when it shows nothing. Rejects with an HttpError when what it
   * shows is no good.
   */
  identify(request: FastifyRequest): Promise<Principal | undefined>
  /** Whoever bears a token of either kind, and what a session on it rests on. */
  bearer(token: string): Promise<{ principal: Principal, basis: SessionBasis }>
}

/** How callers are known by these settings. */
export function openIdentifier (
  { store, settings, issuers }: { store: AccessStore, settings: AccessSettings, issuers: Issuers }
): Identifier {
  const cookies = cookiesOf(settings)
  const idleSeconds = settings.sessions.idleMinutes * 60

  async function bearer (token: string): Promise<{ principal: Principal, basis: SessionBasis }> {
    if (!token.startsWith(tokenPrefix)) {
      const verified = await issuers.verify(token)
      return {
        principal: bearerPrincipal(verified),
        basis: { issuer: verified.issuer.name, claims: verified.claims }
      }
    }
    const found = await store.useToken(token)
    if (!found) throw refused('there is no such token: expected one that windlass token create made here')
    const status = tokenStatus(found, Date.now())
    if (status !== 'active') {
      throw refused(`the token ${found.name} ${
        status === 'expired'
          ? `expired at ${found.expiresAt ?? ''}`
          : `was revoked at ${found.revokedAt ?? ''}`
      }: get a new one`)
    }
    return { principal: tokenPrincipal(found), basis: { token: found.id } }
  }

  /**
   * Whoever a session belongs to, by the token and the rules as they are now; undefined when what
   * it rests on is gone.
   */
  async function sessionPrincipal (id: string): Promise<Principal | undefined> {
    const session = await store.useSession(id, idleSeconds)
    if (!session) return undefined
    if ('token' in session.basis) {
      const token = await store.token(session.basis.token)
      return tokenStatus(token, Date.now()) === 'active'
        ? { ...tokenPrincipal(token), expiresAt: earlier(session.expiresAt, token.expiresAt) }
        : undefined
    }
    const issuer = issuers.named(session.basis.issuer)
    return issuer && { ...principalOf(issuer, session.basis.claims), expiresAt: session.expiresAt }
  }

  return {
    bearer,
    async identify (request) {
      const { authorization } = request.headers
      if (authorization !== undefined) {
        const token = /^bearer +([\x21-\x7e]+)$/i.exec(authorization)?.[1]
        if (token === undefined) {
          throw refused(
            'the Authorization header holds no bearer token: expected Authorization: Bearer and the token'
          )
        }
        return (await bearer(token)).principal
      }
      const id = request.cookies[cookies.session]
      if (id === undefined) return undefined
      // Long before a session's id could be this long, and never a reason to hash a megabyte.
      const principal = id.length > 100 ? undefined : await sessionPrincipal(id)
      if (!principal) throw refused('the session has ended: sign in again')
      // A browser sends the cookie whoever asks it to; only the own page can prove that it was the
      // one.
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        checkSameOrigin(request, originOf(request, settings))
        if (request.headers[clientHeader] === undefined) {
          throw new HttpError(
            'http-cross-site',
            `a session changes something only with the header ${clientHeader}, which the dashboard sends`
          )
        }
      }
      return principal
    }
  }
}

function earlier (one: string, other: string | null): string {
  return other !== null && other < one ? other : one
}
