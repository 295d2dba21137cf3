import { sessionSchema, signInSchema } from '../../contract/access.ts'
import { emptySchema } from '../../contract/launch.ts'
import { ref } from '../../contract/schema.ts'
import { beginSession, checkOwnPage, endSession, needSessions, shownSession } from '../access/sessions.ts'
import { createdTokenExample, sessionExample } from './examples/access.ts'
import { emptyBody } from './examples/deployment.ts'
import { problems } from './responses.ts'
import { route, type RouteParts } from './route.ts'

const tags = ['access']

export const readSession = route({
  method: 'GET',
  url: '/v1/session',
  config: { permission: 'anyone' },
  schema: {
    operationId: 'readSession',
    summary: 'Read who makes this request, and what they may do',
    description: 'Without credentials too: then it says how to sign in.',
    tags,
    response: { 200: { ...ref(sessionSchema), description: 'The caller' }, ...problems() }
  },
  examples: { answers: { 200: sessionExample } },
  handler: ({ sessions }: Pick<RouteParts, 'sessions'>) => async ({ principal }, reply) =>
    reply.header('cache-control', 'no-store').send(shownSession(sessions, principal))
})

export const signIn = route({
  method: 'POST',
  url: '/v1/session',
  config: { permission: 'open', refusal: 'session.refused' },
  schema: {
    operationId: 'signIn',
    summary: 'Sign in with a token',
    description: 'Begins a session of the dashboard. Its cookie stands for the token and ends with it.',
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
  },
  examples: {
    body: { token: { summary: 'With an API token', value: { token: createdTokenExample.token } } },
    answers: { 200: sessionExample }
  },
  handler: ({ sessions: given }: Pick<RouteParts, 'sessions'>) => async (request, reply) => {
    const sessions = needSessions(given)
    checkOwnPage(sessions, request)
    const { principal, basis } = await request.attempt(() => sessions.identifier.bearer(request.body.token))
    await beginSession(sessions, request, reply, { basis, actor: principal.actor })
    return reply.header('cache-control', 'no-store').send(shownSession(sessions, principal))
  }
})

export const signOut = route({
  method: 'DELETE',
  url: '/v1/session',
  config: { permission: 'open', vital: true },
  schema: {
    operationId: 'signOut',
    summary: 'Sign out',
    description: 'Ends the session for good; without a session it does nothing.',
    tags,
    body: emptySchema,
    response: {
      204: { type: 'null', description: 'Signed out' },
      ...problems('http-authentication-off', 'internal', 'store-unavailable')
    }
  },
  examples: { body: emptyBody },
  handler: ({ sessions: given }: Pick<RouteParts, 'sessions'>) => async (request, reply) => {
    const sessions = needSessions(given)
    checkOwnPage(sessions, request)
    await endSession(sessions, request, reply)
    return reply.code(204).send(null)
  }
})
