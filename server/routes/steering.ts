import { type Decisions } from '../../automation/index.ts'
import { deploymentSchema } from '../../contract/deployment.ts'
import { decisionSchema, emptySchema, type Decision } from '../../contract/launch.ts'
import { ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { deploymentScope, gateScope } from '../access/scopes.ts'
import { deploymentExample, emptyBody } from './examples/deployment.ts'
import { deploymentParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const response = {
  200: { ...ref(deploymentSchema), description: 'The deployment after it' },
  ...problems(
    'deployment-not-found',
    'wrong-status',
    'approval-expired',
    'approval-impossible',
    'shutting-down'
  )
}

export const cancelDeployment = route({
  method: 'POST',
  url: '/v1/deployments/:id/cancel',
  config: { permission: 'deployments.steer', scope: deploymentScope, vital: true },
  schema: {
    operationId: 'cancelDeployment',
    summary: 'Cancel a deployment',
    description:
      'A queued deployment ends at once. A running one starts no further unit and ends after the resource ' +
      'operations that are under way.',
    tags: ['deployments'],
    params: deploymentParams,
    body: emptySchema,
    response
  },
  examples: { body: emptyBody, answers: { 200: { ...deploymentExample, status: 'canceling' } } },
  handler: ({ automation }: Uses<Decisions>) => (request) =>
    automation.cancel(request.params.id, byOf(request))
})

export const resumeDeployment = route({
  method: 'POST',
  url: '/v1/deployments/:id/resume',
  config: { permission: 'deployments.steer', scope: deploymentScope },
  schema: {
    operationId: 'resumeDeployment',
    summary: 'Resume a failed or canceled deployment',
    description: 'Runs the units that have not succeeded, with the federation as it was at launch.',
    tags: ['deployments'],
    params: deploymentParams,
    body: emptySchema,
    response: { ...response, ...problems('queue-full') }
  },
  examples: { body: emptyBody, answers: { 200: deploymentExample } },
  handler: ({ automation }: Uses<Decisions>) => (request) =>
    automation.resume(request.params.id, byOf(request))
})

const decision: Decision = { phase: 2, comment: 'change 4711' }
const decisionBody = { decided: { summary: 'Decide on phase 2', value: decision } }

export const approvePhase = route({
  method: 'POST',
  url: '/v1/deployments/:id/approve',
  config: { permission: 'deployments.approve', scope: gateScope, vital: true },
  schema: {
    operationId: 'approvePhase',
    summary: 'Approve the phase that waits',
    description:
      'The phase starts once its gate has as many approvals as it needs; `gate` of the deployment says ' +
      "who may still give one. 403 approval-refused: the caller's approval does not count.",
    tags: ['deployments'],
    params: deploymentParams,
    body: decisionSchema,
    response: { ...response, ...problems('approval-refused') }
  },
  examples: { body: decisionBody, answers: { 200: deploymentExample } },
  handler: ({ automation }: Uses<Decisions>) => (request) =>
    automation.approve(request.params.id, request.body, byOf(request))
})

export const rejectPhase = route({
  method: 'POST',
  url: '/v1/deployments/:id/reject',
  config: { permission: 'deployments.approve', scope: gateScope, vital: true },
  schema: {
    operationId: 'rejectPhase',
    summary: 'Reject the phase that waits',
    description: 'The deployment fails with the code `rejected`; it can be resumed.',
    tags: ['deployments'],
    params: deploymentParams,
    body: decisionSchema,
    response
  },
  examples: { body: decisionBody, answers: { 200: deploymentExample } },
  handler: ({ automation }: Uses<Decisions>) => (request) =>
    automation.reject(request.params.id, request.body, byOf(request))
})
