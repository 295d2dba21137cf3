import { Type } from 'typebox'
import { type Outages } from '../../automation/index.ts'
import { type Outage, outageRequestSchema, outagesSchema } from '../../contract/world.ts'
import { byOf } from '../access/caller.ts'
import { worldScope } from '../access/scopes.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const tags = ['worlds']
const params = Type.Object({ world: Type.String({ description: "the world's name" }) })
const config = { permission: 'deployments.launch', scope: worldScope } as const
const example: Outage = { cloud: 'aws', region: 'us-east-1', since: '2026-11-21T08:00:05.310Z' }

export const listOutages = route({
  method: 'GET',
  url: '/v1/worlds/:world/outages',
  config,
  schema: {
    operationId: 'listOutages',
    summary: 'List the outages of a world',
    description: 'Parts of its simulated clouds that answer nobody, until they are ended.',
    tags,
    params,
    response: { 200: outagesSchema, ...problems('world-not-found') }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Outages>) => async ({ params: { world } }) => ({
    items: await automation.outages(world)
  })
})

export const beginOutage = route({
  method: 'POST',
  url: '/v1/worlds/:world/outages',
  config,
  schema: {
    operationId: 'beginOutage',
    summary: 'Begin an outage in a world',
    description:
      'From now on nothing that fits answers in the rehearsals of the world: neither the APIs of the cloud ' +
      'nor the clusters that run there, until the outages of the world are ended. The caller needs the ' +
      'permission to destroy rehearsals of all federations in it.',
    tags,
    params,
    body: outageRequestSchema,
    response: { 200: outagesSchema, ...problems('world-not-found', 'outages-full') }
  },
  examples: {
    body: { region: { summary: 'A region of AWS', value: { cloud: 'aws', region: 'us-east-1' } } },
    answers: { 200: { items: [example] } }
  },
  handler: ({ automation }: Uses<Outages>) => async (request) => ({
    items: await automation.beginOutage(request.params.world, request.body, byOf(request))
  })
})

export const endOutages = route({
  method: 'DELETE',
  url: '/v1/worlds/:world/outages',
  config,
  schema: {
    operationId: 'endOutages',
    summary: 'End the outages of a world',
    description: 'Everything in the world answers again. What failed meanwhile is resumed by its callers.',
    tags,
    params,
    response: {
      204: { type: 'null', description: 'Nothing is down any more' },
      ...problems('world-not-found')
    }
  },
  handler: ({ automation }: Uses<Outages>) => async (request, reply) => {
    await automation.endOutages(request.params.world, byOf(request))
    return reply.code(204).send(null)
  }
})
