import { Type } from 'typebox'
import { type Deployments } from '../../automation/index.ts'
import { deploymentSchema } from '../../contract/deployment.ts'
import { gateSchema, type Gate } from '../../contract/gate.ts'
import { pageQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { deploymentExample } from './examples/deployment.ts'
import { localActor } from './examples/names.ts'
import { deploymentParams, pageOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

export const listDeployments = route({
  method: 'GET',
  url: '/v1/deployments',
  config: { etag: true, permission: 'deployments.read' },
  schema: {
    operationId: 'listDeployments',
    summary: 'List deployments',
    description: 'The latest first, page by page; only those of federations that the caller may see.',
    tags: ['deployments'],
    querystring: pageQuerySchema,
    response: { 200: page(ref(deploymentSchema), 'deployments'), ...problems() }
  },
  examples: { answers: { 200: { items: [deploymentExample] } } },
  handler: ({ automation }: Uses<Deployments>) => ({ query, visible }) =>
    automation.deployments({ ...pageOf(query), ...visible })
})

export const readDeployment = route({
  method: 'GET',
  url: '/v1/deployments/:id',
  config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
  schema: {
    operationId: 'readDeployment',
    summary: 'Read a deployment',
    description:
      'Its progress, phase by phase. Suited to polling: send the ETag of the last answer as If-None-Match.',
    tags: ['deployments'],
    params: deploymentParams,
    response: { 200: ref(deploymentSchema), ...problems('deployment-not-found') }
  },
  examples: { answers: { 200: deploymentExample } },
  handler: ({ automation }: Uses<Deployments>) => ({ params }) => automation.deployment(params.id)
})

const gateExample: Gate = {
  phase: 2,
  because: 'federation',
  needed: 2,
  people: [],
  groups: ['platform-leads'],
  launcherMayApprove: false,
  missing: 1,
  status: 'waiting',
  decisions: [{
    phase: 2,
    decision: 'approved',
    counts: true,
    actor: localActor,
    time: '2026-11-21T08:00:20.000Z',
    comment: 'change 4711'
  }]
}

export const listGates = route({
  method: 'GET',
  url: '/v1/deployments/:id/gates',
  config: { permission: 'deployments.read', scope: deploymentScope },
  schema: {
    operationId: 'listGates',
    summary: "Read a deployment's gates",
    description:
      'The phases that wait for an approval, in their order: who may approve, what was decided, and why.',
    tags: ['deployments'],
    params: deploymentParams,
    response: {
      200: Type.Object({ items: Type.Array(ref(gateSchema)) }, { description: 'the gates' }),
      ...problems('deployment-not-found')
    }
  },
  examples: { answers: { 200: { items: [gateExample] } } },
  handler: ({ automation }: Uses<Deployments>) => async ({ params }) => ({
    items: await automation.gates(params.id)
  })
})
