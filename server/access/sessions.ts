/** Beginning and ending sessions of the dashboard. */
import { type FastifyReply, type FastifyRequest } from 'fastify'
import { rolePermissions, type Principal, type SessionBasis } from '../../automation/index.ts'
import { type Session, type Actor } from '../../contract/access.ts'
import { HttpError } from '../errors.ts'
import { nobody, type SessionParts } from './caller.ts'
import { cookiesOf, longestSessionId, originOf } from './identify.ts'
import { checkSameOrigin } from './local.ts'

export const loginPath = '/v1/session/login'

const hourMilliseconds = 3_600_000

/** The parts of sessions. Refuses where the service authenticates nobody. */
export function needSessions (sessions: SessionParts | undefined): SessionParts {
  if (sessions) return sessions
  throw new HttpError('http-authentication-off', {})
}

/** Attributes of every cookie of a session. */
export const cookieOf = ({ settings }: SessionParts) =>
  ({ path: '/', httpOnly: true, secure: cookiesOf(settings).secure, sameSite: 'lax' }) as const

/** The issuers that the dashboard offers for signing in. */
export function issuersOf (sessions: SessionParts | undefined): Session['issuers'] {
  return (sessions?.settings.issuers ?? []).flatMap(({ name, login }) =>
    login ? [{ name, label: login.label, login: `${loginPath}?issuer=${encodeURIComponent(name)}` }] : []
  )
}

/** A caller as the API shows them. */
export function shownSession (sessions: SessionParts | undefined, principal: Principal): Session {
  const { actor, groups, grants, expiresAt } = principal
  return {
    authentication: sessions ? 'on' : 'off',
    signedIn: principal !== nobody,
    ...(principal !== nobody && { actor }),
    groups,
    grants: grants.map((grant) => ({ ...grant, permissions: [...rolePermissions[grant.role]] })),
    ...(expiresAt !== undefined && { expiresAt }),
    issuers: issuersOf(sessions)
  }
}

/** Refuses a request that a page of another origin sent. */
export function checkOwnPage (sessions: SessionParts, request: FastifyRequest): void {
  checkSameOrigin(request, originOf(request, sessions.settings))
}

function sessionIdOf ({ settings }: SessionParts, { cookies }: FastifyRequest): string | undefined {
  const id = cookies[cookiesOf(settings).session]
  return id !== undefined && id.length <= longestSessionId ? id : undefined
}

/** The caller who signs in or out, and from where, for the audit log. */
const by = ({ ip, id }: FastifyRequest, actor: Actor | undefined) => ({
  ...(actor !== undefined && { actor }),
  origin: { address: ip, requestId: id }
})

/** Begins a session. One that the browser had ends: its id may be known to somebody else. */
export async function beginSession (
  sessions: SessionParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { basis, actor }: { basis: SessionBasis, actor: Actor | undefined }
): Promise<void> {
  const { settings, store } = sessions
  const before = sessionIdOf(sessions, request)
  if (before !== undefined) await store.deleteSession(before, by(request, actor))
  const expiresAt = new Date(Date.now() + settings.sessions.hours * hourMilliseconds)
  const id = await store.createSession(basis, expiresAt.toISOString(), by(request, actor))
  reply.setCookie(cookiesOf(settings).session, id, { ...cookieOf(sessions), expires: expiresAt })
}

/** Ends the request's session for good, if it has one. */
export async function endSession (
  sessions: SessionParts,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<void> {
  const id = sessionIdOf(sessions, request)
  if (id !== undefined) {
    // A session that has ended belongs to nobody.
    const principal = await sessions.identifier.identify(request).catch((error: unknown) => {
      if (error instanceof HttpError) return undefined
      throw error
    })
    await sessions.store.deleteSession(id, by(request, principal?.actor))
  }
  reply.clearCookie(cookiesOf(sessions.settings).session, cookieOf(sessions))
}
