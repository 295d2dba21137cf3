import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Stacks, type AuditPort, type Place } from '../../automation/index.ts'
import { outputsSchema, stackSchema, stateSchema } from '../../contract/federation.ts'
import { placeQuerySchema, stacksQuerySchema, type PlaceQuery } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { federationScope, stackScope } from '../access/scopes.ts'
import { invalidRequest } from '../errors.ts'
import { federationParams } from './federations.ts'
import { problems } from './responses.ts'

/**
 * Where the stacks are that a request reads: rehearsals live in a world, `default` unless named;
 * live stacks in none.
 */
function placeOf ({ mode = 'rehearsal', world }: PlaceQuery): Place {
  if (mode === 'live' && world !== undefined) {
    throw invalidRequest([{
      path: 'world',
      field: 'world',
      message: 'has no meaning in mode live',
      expected: 'no world, or mode=rehearsal'
    }])
  }
  return mode === 'live' ? { mode } : { mode, world: world ?? 'default' }
}

/** Reading what is deployed: outputs, stacks and their state. */
export const stackRoutes: FastifyPluginAsyncTypebox<{ automation: Stacks & AuditPort }> = async (
  app,
  { automation }
) => {
  app.get('/v1/federations/:name/outputs', {
    config: { permission: 'stacks.read', scope: federationScope },
    schema: {
      operationId: 'readOutputs',
      summary: 'Read the outputs of what is deployed',
      description: 'By unit; a secret is shown as `{"secret": true}`.',
      tags: ['federations'],
      params: federationParams,
      querystring: placeQuerySchema,
      response: { 200: outputsSchema, ...problems('federation-not-found', 'federation-invalid') }
    }
  }, ({ params, query }) => automation.outputs(params.name, placeOf(query)))

  app.get(
    '/v1/federations/:name/stacks',
    {
      config: { permission: 'stacks.read', scope: federationScope },
      schema: {
        operationId: 'listStacks',
        summary: 'List the stacks that exist',
        description: 'The Pulumi stacks of a federation in live mode or in a world, the oldest first.',
        tags: ['federations'],
        params: federationParams,
        querystring: stacksQuerySchema,
        response: {
          200: page(ref(stackSchema), 'stacks'),
          ...problems('federation-not-found', 'federation-invalid')
        }
      }
    },
    ({ params, query: { after, limit = 100, ...place } }) =>
      automation.stacks(params.name, placeOf(place), { limit, ...(after && { after }) })
  )

  app.get('/v1/federations/:name/stacks/:stack/state', {
    config: { permission: 'state.read', scope: stackScope },
    schema: {
      operationId: 'exportStackState',
      summary: "Export a stack's state",
      description: 'What `pulumi stack export` would give; secrets stay encrypted.',
      tags: ['federations'],
      params: Type.Object({
        ...federationParams.properties,
        stack: Type.String({ description: "the stack's name" })
      }),
      querystring: placeQuerySchema,
      response: {
        200: stateSchema,
        ...problems('federation-not-found', 'federation-invalid', 'stack-not-found')
      }
    }
  }, async (request) => {
    const { params: { name, stack }, query } = request
    const { actor, origin } = byOf(request)
    const state = await automation.stackState(name, stack, placeOf(query))
    // A state tells all that is deployed: who took a copy is noted before they get it.
    await automation.audit.note({
      action: 'state.read',
      outcome: 'done',
      actor,
      origin,
      target: { kind: 'stack', id: stack, federation: name },
      after: placeOf(query)
    })
    return state
  })
}
