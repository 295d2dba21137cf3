import { Type } from 'typebox'
import { type AuditPort, type Stacks } from '../../automation/index.ts'
import { outputsSchema, stackSchema, stateSchema, type Stack } from '../../contract/federation.ts'
import { placeQuerySchema, stacksQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { federationScope, stackScope } from '../access/scopes.ts'
import { unitExample } from './examples/deployment.ts'
import { stackName, unitId } from './examples/names.ts'
import { federationParams, pageOf, placeOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

export const readOutputs = route({
  method: 'GET',
  url: '/v1/federations/:name/outputs',
  config: { permission: 'stacks.read', scope: federationScope },
  schema: {
    operationId: 'readOutputs',
    summary: 'Read the outputs of what is deployed',
    description: 'By unit; a secret is shown as `{"secret": true}`.',
    tags: ['federations'],
    params: federationParams,
    querystring: placeQuerySchema,
    response: { 200: outputsSchema, ...problems('federation-not-found', 'federation-invalid') }
  },
  examples: { answers: { 200: { [unitId]: unitExample.outputs } } },
  handler: ({ automation }: Uses<Stacks>) => ({ params, query }) =>
    automation.outputs(params.name, placeOf(query))
})

const stackExample: Stack = {
  stack: stackName,
  unit: unitId,
  resources: 39,
  updatedAt: '2026-11-21T08:00:05.310Z'
}

export const listStacks = route({
  method: 'GET',
  url: '/v1/federations/:name/stacks',
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
  },
  examples: { answers: { 200: { items: [stackExample] } } },
  handler: ({ automation }: Uses<Stacks>) => ({ params, query }) =>
    automation.stacks(params.name, placeOf(query), pageOf(query))
})

const stateExample = {
  version: 3,
  deployment: {
    manifest: { time: '2026-11-21T08:00:05.310Z', magic: '', version: 'v3.270.0' },
    resources: []
  }
}

export const exportStackState = route({
  method: 'GET',
  url: '/v1/federations/:name/stacks/:stack/state',
  config: { permission: 'state.read', scope: stackScope },
  schema: {
    operationId: 'exportStackState',
    summary: "Export a stack's state",
    description: 'The document that `pulumi stack export` gives; secrets stay encrypted.',
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
  },
  examples: { answers: { 200: stateExample } },
  handler: ({ automation }: Uses<Stacks & AuditPort>) => async (request) => {
    const { params: { name, stack }, query } = request
    const { actor, origin } = byOf(request)
    const state = await automation.stackState(name, stack, placeOf(query))
    // A state shows everything that is deployed: the copy is noted before it is sent.
    await automation.audit.note({
      action: 'state.read',
      outcome: 'done',
      actor,
      origin,
      target: { kind: 'stack', id: stack, federation: name },
      after: placeOf(query)
    })
    return state
  }
})
