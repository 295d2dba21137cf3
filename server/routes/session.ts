import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type FastifyReply, type FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { principalOf, rolePermissions, type Principal, type SessionBasis } from '../../automation/index.ts'
import {
  loginQuerySchema,
  sessionSchema,
  signInSchema,
  type Session,
  type Actor
} from '../../contract/access.ts'
import { emptySchema } from '../../contract/launch.ts'
import { ref } from '../../contract/schema.ts'
import { nobody, type SessionParts } from '../access/caller.ts'
import { cookiesOf, originOf } from '../access/identify.ts'
import { checkSameOrigin } from '../access/local.ts'
import { callbackPath, loginSeconds } from '../access/login.ts'
import { HttpError } from '../errors.ts'
import { problems } from './responses.ts'

const loginPath = '/v1/session/login'

/**
 * Who makes the request and what they may, and the sessions of the dashboard. Without `parts`
 * nobody is authenticated, and there is nothing to sign in to.
 */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ parts?: SessionParts }> = async (app, { parts }) => {
  const issuersOf = () =>
    (parts?.settings.issuers ?? []).flatMap(({ name, login }) =>
      login ? [{ name, label: login.label, login: `${loginPath}?issuer=${encodeURIComponent(name)}` }] : []
    )
  const tags = ['access']

  function shown (principal: Principal): Session {
    const { actor, groups, grants, expiresAt } = principal
    return {
      authentication: parts ? 'on' : 'off',
      signedIn: principal !== nobody,
      ...(principal !== nobody && { actor }),
      groups,
      grants: grants.map((grant) => ({ ...grant, permissions: [...rolePermissions[grant.role]] })),
      ...(expiresAt !== undefined && { expiresAt }),
      issuers: issuersOf()
    }
  }

  app.get('/v1/session', {
    config: { permission: 'anyone' },
    schema: {
      operationId: 'readSession',
      summary: 'Who makes this request, and what they may',
      description: 'Also without credentials: then it says how to sign in.',
      tags,
      response: { 200: { ...ref(sessionSchema), description: 'The caller' }, ...problems() }
    }
  }, async ({ principal }, reply) => reply.header('cache-control', 'no-store').send(shown(principal)))

  /** What signing in needs. */
  function signing () {
    if (!parts) {
      throw new HttpError(
        'http-authentication-off',
        'this service authenticates nobody, so there is nothing to sign in to: it listens to its own ' +
          'machine only'
      )
    }
    const cookies = cookiesOf(parts.settings)
    const { settings, store, identifier, logins } = parts
    return {
      settings,
      store,
      identifier,
      logins,
      cookies,
      cookie: { path: '/', httpOnly: true, secure: cookies.secure, sameSite: 'lax' } as const,
      pendingCookie: `${cookies.session}-login`
    }
  }

  /** Who signs in or out, and from where, for the audit log. */
  const by = ({ ip, id }: FastifyRequest, actor: Actor | undefined) => ({
    ...(actor && { actor }),
    origin: { address: ip, requestId: id }
  })

  /** Begins a session, in place of one that there was: whoever knew its id has nothing. */
  async function signIn (
    request: FastifyRequest,
    reply: FastifyReply,
    basis: SessionBasis,
    actor: Actor | undefined
  ): Promise<void> {
    const { settings, store, cookies, cookie } = signing()
    const before = request.cookies[cookies.session]
    if (before !== undefined && before.length <= 100) await store.deleteSession(before, by(request, actor))
    const expiresAt = new Date(Date.now() + settings.sessions.hours * 3_600_000)
    const id = await store.createSession(basis, expiresAt.toISOString(), by(request, actor))
    reply.setCookie(cookies.session, id, { ...cookie, expires: expiresAt })
  }

  app.post('/v1/session', {
    config: { permission: 'open', refusal: 'session.refused' },
    schema: {
      operationId: 'signIn',
      summary: 'Sign in with a token',
      description: 'Begins a session of the dashboard: its cookie stands for the token, and ends with it.',
      tags,
      body: signInSchema,
      response: {
        200: { ...ref(sessionSchema), description: 'Signed in' },
        ...problems(
          'http-unauthenticated',
          'http-authentication-off',
          'http-issuer-unavailable',
          'internal',
          'store-unavailable'
        )
      }
    }
  }, async (request, reply) => {
    const { settings, identifier } = signing()
    checkSameOrigin(request, originOf(request, settings))
    const { principal, basis } = await request.attempt(() => identifier.bearer(request.body.token))
    await signIn(request, reply, basis, principal.actor)
    return reply.header('cache-control', 'no-store').send(shown(principal))
  })

  app.delete('/v1/session', {
    config: { permission: 'open' },
    schema: {
      operationId: 'signOut',
      summary: 'Sign out',
      description: 'Ends the session for good; without one nothing happens.',
      tags,
      body: emptySchema,
      response: {
        204: { type: 'null', description: 'Signed out' },
        ...problems('http-authentication-off', 'internal', 'store-unavailable')
      }
    }
  }, async (request, reply) => {
    const { settings, store, identifier, cookies, cookie } = signing()
    checkSameOrigin(request, originOf(request, settings))
    const id = request.cookies[cookies.session]
    if (id !== undefined && id.length <= 100) {
      // One that has ended is nobody's.
      const principal = await identifier.identify(request).catch((error: unknown) => {
        if (error instanceof HttpError) return undefined
        throw error
      })
      await store.deleteSession(id, by(request, principal?.actor))
    }
    return reply.clearCookie(cookies.session, cookie).code(204).send(null)
  })

  const redirects = { 302: { type: 'null', description: 'On to the issuer, or back to the dashboard' } }
  app.get(loginPath, {
    config: { permission: 'open' },
    schema: {
      operationId: 'beginSignIn',
      summary: 'Sign in with an issuer',
      description: 'Authorization code with PKCE; for browsers.',
      tags,
      querystring: loginQuerySchema,
      response: {
        ...redirects,
        ...problems('http-login-unknown', 'http-authentication-off', 'http-issuer-unavailable')
      }
    }
  }, async (request, reply) => {
    const { settings, logins, cookie, pendingCookie } = signing()
    const { issuer: name, return: back = '/' } = request.query
    const issuer = settings.issuers.find((one) => one.name === name && one.login)
    if (!issuer) {
      throw new HttpError(
        'http-login-unknown',
        `nobody signs in with ${name}: expected ` +
          `${issuersOf().map((one) => one.name).join(', ') || 'a token, as no issuer is configured'}`
      )
    }
    const { address, pending } = await request.attempt(() => logins.begin(issuer, back))
    return reply.setCookie(pendingCookie, pending, { ...cookie, maxAge: loginSeconds }).header(
      'cache-control',
      'no-store'
    ).redirect(address, 302)
  })

  app.get(callbackPath, {
    config: { permission: 'open', refusal: 'session.refused' },
    // Whatever the issuer sends: the library judges it.
    schema: {
      operationId: 'endSignIn',
      summary: 'Come back from an issuer',
      description:
        'Where the issuer sends the browser when somebody has signed in; begins a session and goes on to ' +
        'where they were going.',
      tags,
      querystring: Type.Object({}, { additionalProperties: true }),
      response: {
        ...redirects,
        ...problems(
          'http-unauthenticated',
          'http-authentication-off',
          'http-issuer-unavailable',
          'internal',
          'store-unavailable'
        )
      }
    }
  }, async (request, reply) => {
    const { settings, logins, cookie, pendingCookie } = signing()
    const { claims, issuer, back } = await request.attempt(() =>
      logins.end(request.cookies[pendingCookie], request.raw.url?.split('?')[1] ?? '')
    )
    reply.clearCookie(pendingCookie, cookie)
    const known = settings.issuers.find((one) => one.name === issuer)
    await signIn(request, reply, { issuer, claims }, known && principalOf(known, claims).actor)
    return reply.header('cache-control', 'no-store').redirect(back, 302)
  })
}
