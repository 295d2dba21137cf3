import { Type } from 'typebox'
import { type Worlds } from '../../automation/index.ts'
import { pageQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { worldSummarySchema, type WorldSummary } from '../../contract/world.ts'
import { byOf } from '../access/caller.ts'
import { worldScope } from '../access/scopes.ts'
import { pageOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const tags = ['worlds']
const example: WorldSummary = {
  name: 'default',
  federations: ['nautilus'],
  units: 38,
  underWay: 0,
  lastUsed: '2026-11-21T08:00:05.310Z'
}

export const listWorlds = route({
  method: 'GET',
  url: '/v1/worlds',
  config: { permission: 'stacks.read' },
  schema: {
    operationId: 'listWorlds',
    summary: 'List the worlds of rehearsals',
    description:
      'Named worlds with what the federations that the caller may see have in them, by name. A fresh world ' +
      'goes with its deployment and is not listed.',
    tags,
    querystring: pageQuerySchema,
    response: { 200: page(ref(worldSummarySchema), 'worlds'), ...problems() }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Worlds>) => ({ query, visible }) =>
    automation.worlds({ ...pageOf(query), ...visible })
})

export const dropWorld = route({
  method: 'DELETE',
  url: '/v1/worlds/:world',
  config: { permission: 'deployments.launch', scope: worldScope },
  schema: {
    operationId: 'dropWorld',
    summary: 'Drop a world of rehearsals',
    description:
      'Removes its simulated clouds, stacks and outputs. Deployments that were rehearsed in it stay ' +
      'readable and cannot be resumed. The caller needs the permission to destroy rehearsals of every ' +
      'phase of all federations in it. Refused while a deployment in it has not ended.',
    tags,
    params: Type.Object({ world: Type.String({ description: "the world's name" }) }),
    response: {
      204: { type: 'null', description: 'Dropped' },
      ...problems('world-not-found', 'world-in-use')
    }
  },
  handler: ({ automation }: Uses<Worlds>) => async (request, reply) => {
    const { principal, params: { world } } = request
    await automation.dropWorld(world, byOf(request))
    request.log.info({ world, by: principal.actor.subject }, 'world dropped')
    return reply.code(204).send(null)
  }
})
