import { Type } from 'typebox'
import { AutomationError, type AccessPort } from '../../automation/index.ts'
import {
  createdTokenSchema,
  tokenRequestSchema,
  tokenSchema,
  type TokenRequest,
  type Grant
} from '../../contract/access.ts'
import { pageQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { maySeeToken, shownToken, tokenRefusal, wholeGrant } from '../access/tokens.ts'
import { HttpError, invalidRequest } from '../errors.ts'
import { createdTokenExample, tokenExample } from './examples/access.ts'
import { pageOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000
const tags = ['access']

/** The grants that are asked for, with nothing left out. */
function grantsOf ({ grants: given }: TokenRequest): Grant[] {
  const grants = given.map(wholeGrant)
  const wrong = grants.findIndex(({ phases }) => phases.from > phases.to)
  if (wrong < 0) return grants
  throw invalidRequest([{
    path: `/grants/${wrong}/phases`,
    field: `grants[${wrong}].phases`,
    message: 'end before they begin',
    expected: 'from at most to'
  }])
}

const bodyExample: TokenRequest = {
  name: 'release',
  grants: [{ role: 'operator', federations: ['nautilus'], phases: { from: 1, to: 3 } }],
  expiresInDays: 90
}

export const createToken = route({
  method: 'POST',
  url: '/v1/tokens',
  config: { permission: 'tokens.use' },
  schema: {
    operationId: 'createToken',
    summary: 'Create a token',
    description:
      'Only this answer has the text of the token. Nobody can grant more than they have. The token acts ' +
      'for its creator. One that an admin makes for another person acts for nobody: its approvals do not ' +
      'count.',
    tags,
    body: tokenRequestSchema,
    response: { 201: { ...ref(createdTokenSchema), description: 'Created' }, ...problems() }
  },
  examples: {
    body: { release: { summary: 'For releases of the first three phases', value: bodyExample } },
    answers: { 201: createdTokenExample }
  },
  handler: ({ automation }: Uses<AccessPort>) => async (request, reply) => {
    const { principal, body: { name, person, expiresInDays = 30 } } = request
    const grants = grantsOf(request.body)
    const refusal = tokenRefusal(principal, {
      grants,
      never: expiresInDays === null,
      ...(person !== undefined && { person })
    })
    if (refusal !== undefined) {
      throw new HttpError('http-forbidden', {
        wrong: refusal,
        permission: 'tokens.use',
        subject: principal.actor.subject
      })
    }
    const now = Date.now()
    const { token, secret } = await automation.access.createToken({
      name,
      grants,
      createdBy: principal.actor,
      expiresAt: expiresInDays === null
        ? null
        : new Date(now + expiresInDays * dayMilliseconds).toISOString(),
      ...(person !== undefined && { person })
    }, byOf(request).origin)
    request.log.info({ token: token.id, by: principal.actor.subject }, 'token created')
    return reply.code(201).header('cache-control', 'no-store').send({
      ...shownToken(token, now),
      token: secret
    })
  }
})

export const listTokens = route({
  method: 'GET',
  url: '/v1/tokens',
  config: { permission: 'tokens.use' },
  schema: {
    operationId: 'listTokens',
    summary: 'List tokens',
    description: 'The token that the caller uses, and those that the caller could create with it.',
    tags,
    querystring: pageQuerySchema,
    response: { 200: page(ref(tokenSchema), 'tokens'), ...problems() }
  },
  examples: { answers: { 200: { items: [tokenExample] } } },
  handler: ({ automation }: Uses<AccessPort>) => async ({ principal, query }, reply) => {
    const { items, next } = await automation.access.tokens(
      pageOf(query),
      (token) => maySeeToken(principal, token)
    )
    return reply.header('cache-control', 'no-store').send({
      items: items.map((token) => shownToken(token, Date.now())),
      ...(next !== undefined && { next })
    })
  }
})

export const revokeToken = route({
  method: 'DELETE',
  url: '/v1/tokens/:token',
  config: { permission: 'tokens.use' },
  schema: {
    operationId: 'revokeToken',
    summary: 'Revoke a token',
    description: 'Takes effect at once and ends the sessions that rest on the token.',
    tags,
    params: Type.Object({ token: Type.String({ description: "the token's id" }) }),
    response: { 204: { type: 'null', description: 'Revoked' }, ...problems('token-not-found') }
  },
  handler: ({ automation }: Uses<AccessPort>) => async (request, reply) => {
    const { principal, params: { token: id } } = request
    const token = await automation.access.token(id)
    if (!maySeeToken(principal, token)) {
      throw new AutomationError('token-not-found', { token: id })
    }
    await automation.access.revokeToken(id, principal.actor, byOf(request).origin)
    request.log.info({ token: id, by: principal.actor.subject }, 'token revoked')
    return reply.code(204).send(null)
  }
})
