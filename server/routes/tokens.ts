import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { AutomationError, personOf, type AccessPort } from '../../automation/index.ts'
import { createdTokenSchema, tokenRequestSchema, tokenSchema } from '../../contract/access.ts'
import { pageQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { maySeeToken, shownToken, tokenRefusal, wholeGrant } from '../access/tokens.ts'
import { HttpError, invalidRequest } from '../errors.ts'
import { problems } from './responses.ts'

const day = 24 * 60 * 60 * 1000

/** API tokens: made, listed, ended. */
export const tokenRoutes: FastifyPluginAsyncTypebox<{ automation: AccessPort }> = async (
  app,
  { automation }
) => {
  const tags = ['access']

  app.post('/v1/tokens', {
    config: { permission: 'tokens.use' },
    schema: {
      operationId: 'createToken',
      summary: 'Make a token',
      description:
        'Its text is in the answer, and nowhere else. Nobody grants more than they have. It acts for the ' +
        'person who makes it unless an admin names another.',
      tags,
      body: tokenRequestSchema,
      response: { 201: { ...ref(createdTokenSchema), description: 'Made' }, ...problems() }
    }
  }, async (request, reply) => {
    const { principal, body: { name, person, expiresInDays = 30 } } = request
    const grants = request.body.grants.map(wholeGrant)
    const wrong = grants.findIndex(({ phases }) => phases.from > phases.to)
    if (wrong >= 0) {
      throw invalidRequest([{
        path: `/grants/${wrong}/phases`,
        field: `grants[${wrong}].phases`,
        message: 'end before they begin',
        expected: 'from at most to'
      }])
    }
    const refusal = tokenRefusal(principal, {
      grants,
      never: expiresInDays === null,
      ...(person !== undefined && { person })
    })
    if (refusal !== undefined) {
      throw new HttpError('http-forbidden', refusal, {
        details: { permission: 'tokens.use', subject: principal.actor.subject }
      })
    }
    const expiresAt = expiresInDays === null ? null : new Date(Date.now() + expiresInDays * day).toISOString()
    const { token, secret } = await automation.access.createToken({
      name,
      grants,
      createdBy: principal.actor,
      expiresAt,
      person: person ?? personOf(principal.actor)
    }, byOf(request).origin)
    request.log.info({ token: token.id, by: principal.actor.subject }, 'token made')
    return reply.code(201).header('cache-control', 'no-store').send({
      ...shownToken(token, Date.now()),
      token: secret
    })
  })

  app.get('/v1/tokens', {
    config: { permission: 'tokens.use' },
    schema: {
      operationId: 'listTokens',
      summary: 'List tokens',
      description: "The caller's own, and those that they are an admin of.",
      tags,
      querystring: pageQuerySchema,
      response: { 200: page(ref(tokenSchema), 'tokens'), ...problems() }
    }
  }, async ({ principal, query: { after, limit = 100 } }, reply) => {
    const { items, next } = await automation.access.tokens(
      { limit, ...(after && { after }) },
      (token) => maySeeToken(principal, token)
    )
    return reply.header('cache-control', 'no-store').send({
      items: items.map((token) => shownToken(token, Date.now())),
      ...(next !== undefined && { next })
    })
  })

  app.delete('/v1/tokens/:token', {
    config: { permission: 'tokens.use' },
    schema: {
      operationId: 'revokeToken',
      summary: 'Revoke a token',
      description: 'At once, with the sessions that rest on it.',
      tags,
      params: Type.Object({ token: Type.String({ description: "the token's id" }) }),
      response: { 204: { type: 'null', description: 'Revoked' }, ...problems('token-not-found') }
    }
  }, async (request, reply) => {
    const { principal, params: { token: id } } = request
    const token = await automation.access.token(id)
    if (!maySeeToken(principal, token)) {
      throw new AutomationError('token-not-found', `there is no token ${id}`, { token: id })
    }
    await automation.access.revokeToken(id, principal.actor, byOf(request).origin)
    request.log.info({ token: id, by: principal.actor.subject }, 'token revoked')
    return reply.code(204).send(null)
  })
}
