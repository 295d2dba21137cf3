import { Type } from 'typebox'
import { type Agings } from '../../automation/index.ts'
import { type Aging, agingRequestSchema, agingSchema, agingsSchema } from '../../contract/aging.ts'
import { ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { worldScope } from '../access/scopes.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const tags = ['worlds']
const params = Type.Object({ world: Type.String({ description: "the world's name" }) })
const config = { permission: 'deployments.launch', scope: worldScope } as const
const example: Aging = {
  from: '2026-12-01T08:00:00.000Z',
  to: '2028-01-05T08:00:00.000Z',
  days: 400,
  findings: [{
    code: 'certificate-ended',
    effect: 'breaks',
    at: '2028-01-02T08:00:00.000Z',
    day: 397,
    unit: 'mesh.nautilus-hub-us-west',
    urn: 'urn:pulumi:nautilus.mesh.nautilus-hub-us-west::windlass::kubernetes:core/v1:Secret::ingress-tls',
    message: 'Secret istio-system/ingress-tls: the certificate of trade.nautilus.example.com ended, and ' +
      'nothing replaced it',
    right:
      'a schedule with operation up of phase 4 at least every 91 days: an up in the last 91 days of its ' +
      'life replaces it'
  }],
  more: 0,
  happened: [{
    kind: 'schedule',
    name: 'nautilus: renewals',
    times: 13,
    what: 'up of phases 4 to 7: each is assumed to have succeeded at its time, approvals given'
  }],
  unknown: ['velero 12.1: no document says until when it is supported']
}

export const listAgings = route({
  method: 'GET',
  url: '/v1/worlds/:world/agings',
  config,
  schema: {
    operationId: 'listAgings',
    summary: 'List the agings of a world',
    description: 'What broke each time that its clock was put forward: the latest 20.',
    tags,
    params,
    response: { 200: agingsSchema, ...problems('world-not-found') }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Agings>) => async ({ params: { world } }) => ({
    items: await automation.agings(world)
  })
})

export const ageWorld = route({
  method: 'POST',
  url: '/v1/worlds/:world/agings',
  config,
  schema: {
    operationId: 'ageWorld',
    summary: 'Put the clock of a world forward',
    description:
      'Tells what broke in between: certificates and tokens that ended, backups that their bucket ' +
      'deleted, versions that are no longer supported. Ups that schedules of live stacks, or of the ' +
      'world, would have launched are assumed to have succeeded, and to have replaced what was due; ' +
      'nothing is deployed by it. What is deployed afterwards begins at the new time. The caller needs ' +
      'the permission to destroy rehearsals of all federations in it. Refused while a deployment in it ' +
      'has not ended.',
    tags,
    params,
    body: agingRequestSchema,
    response: { 200: ref(agingSchema), ...problems('world-not-found', 'world-in-use') }
  },
  examples: {
    body: { year: { summary: 'A year and a month', value: { days: 400 } } },
    answers: { 200: example }
  },
  handler: ({ automation }: Uses<Agings>) => async (request) =>
    await automation.age(request.params.world, request.body, byOf(request))
})
