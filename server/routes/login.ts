import { Type } from 'typebox'
import { principalOf } from '../../automation/index.ts'
import { loginQuerySchema } from '../../contract/access.ts'
import { type SessionParts } from '../access/caller.ts'
import { cookiesOf } from '../access/identify.ts'
import { checkWholePage } from '../access/local.ts'
import { callbackPath, loginSeconds } from '../access/login.ts'
import { beginSession, cookieOf, issuersOf, loginPath, needSessions } from '../access/sessions.ts'
import { HttpError } from '../errors.ts'
import { FairGate } from '../fair-gate.ts'
import { addressBlock } from '../minute-counts.ts'
import { problems } from './responses.ts'
import { route, type RouteParts } from './route.ts'

const tags = ['access']
/**
 * Sign-ins that ask their issuer at once, and that wait for it: an issuer takes half a second, so
 * an office of 200 is in within a few seconds on Monday, and no stranger has it asked more often.
 * Addresses take turns.
 */
const exchangesAtOnce = { atOnce: 32, waiting: 1_000 }

const redirects = { 302: { type: 'null', description: 'On to the issuer, or back to the dashboard' } }

/** The cookie that a browser keeps between the way to the issuer and the way back. */
const pendingCookieOf = ({ settings }: SessionParts) => `${cookiesOf(settings).session}-login`

const tooManySignIns = () =>
  new HttpError('http-too-many-requests', {
    of: 'sign-ins',
    retryAfterSeconds: 5
  })

export const beginSignIn = route({
  method: 'GET',
  url: loginPath,
  config: { permission: 'open' },
  schema: {
    operationId: 'beginSignIn',
    summary: 'Sign in with an issuer',
    description: 'Authorization code flow with PKCE; for browsers.',
    tags,
    querystring: loginQuerySchema,
    response: {
      ...redirects,
      ...problems(
        'http-login-unknown',
        'http-authentication-off',
        'http-issuer-unavailable',
        'http-cross-site'
      )
    }
  },
  handler: ({ sessions: given }: Pick<RouteParts, 'sessions'>) => async (request, reply) => {
    const sessions = needSessions(given)
    checkWholePage(request)
    const { issuer: name, return: back = '/' } = request.query
    const issuer = sessions.settings.issuers.find((one) => one.name === name && one.login)
    if (!issuer) {
      throw new HttpError('http-login-unknown', {
        issuer: name,
        because: 'not-known',
        known: issuersOf(sessions).map((one) => one.name)
      })
    }
    const { address, pending } = await sessions.logins.begin(issuer, back)
    return reply
      .setCookie(pendingCookieOf(sessions), pending, { ...cookieOf(sessions), maxAge: loginSeconds })
      .header('cache-control', 'no-store')
      .redirect(address, 302)
  }
})

export const endSignIn = route({
  method: 'GET',
  url: callbackPath,
  config: { permission: 'open', refusal: 'session.refused' },
  schema: {
    operationId: 'endSignIn',
    summary: 'Come back from an issuer',
    description:
      'The address to which the issuer sends the browser after the sign-in. Begins a session and ' +
      'redirects to the page that the browser wanted.',
    tags,
    // Any parameter that the issuer sends: the library checks them.
    querystring: Type.Object({}, { additionalProperties: true }),
    response: {
      ...redirects,
      ...problems(
        'http-unauthenticated',
        'http-authentication-off',
        'http-issuer-unavailable',
        'http-cross-site',
        'internal',
        'store-unavailable'
      )
    }
  },
  handler: ({ sessions: given }: Pick<RouteParts, 'sessions'>) => {
    const gate = new FairGate(exchangesAtOnce)
    return async (request, reply) => {
      const sessions = needSessions(given)
      checkWholePage(request)
      const cookie = pendingCookieOf(sessions)
      const leave = await gate.enter(addressBlock(request.ip))
      if (!leave) throw tooManySignIns()
      const { claims, issuer, back } = await request.attempt(() =>
        sessions.logins.end(request.cookies[cookie], request.raw.url?.split('?')[1] ?? '')
      ).finally(leave)
      reply.clearCookie(cookie, cookieOf(sessions))
      const known = sessions.settings.issuers.find((one) => one.name === issuer)
      await beginSession(sessions, request, reply, {
        basis: { issuer, claims },
        actor: known && principalOf(known, claims).actor
      })
      return reply.header('cache-control', 'no-store').redirect(back, 302)
    }
  }
})
