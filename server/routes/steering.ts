import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Decisions } from '../../automation/index.ts'
import { deploymentSchema } from '../../contract/deployment.ts'
import { decisionSchema, emptySchema } from '../../contract/launch.ts'
import { ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { deploymentScope, gateScope } from '../access/scopes.ts'
import { deploymentParams } from './deployments.ts'
import { problems } from './responses.ts'

/** Canceling, resuming, approving and rejecting. */
export const steeringRoutes: FastifyPluginAsyncTypebox<{ automation: Decisions }> = async (
  app,
  { automation }
) => {
  const response = {
    200: { ...ref(deploymentSchema), description: 'The deployment after it' },
    ...problems('deployment-not-found', 'wrong-status', 'approval-expired', 'shutting-down')
  }
  const steer = { permission: 'deployments.steer', scope: deploymentScope } as const
  const stop = { ...steer, vital: true } as const
  const decide = { permission: 'deployments.approve', scope: gateScope, vital: true } as const
  const common = { tags: ['deployments'], params: deploymentParams, response }

  app.post('/v1/deployments/:id/cancel', {
    config: stop,
    schema: {
      ...common,
      operationId: 'cancelDeployment',
      summary: 'Cancel a deployment',
      description:
        'A queued one ends at once; in a running one no unit starts any more and running resource ' +
        'operations end first.',
      body: emptySchema
    }
  }, (request) => automation.cancel(request.params.id, byOf(request)))

  app.post('/v1/deployments/:id/resume', {
    config: steer,
    schema: {
      ...common,
      operationId: 'resumeDeployment',
      summary: 'Resume a failed or canceled deployment',
      description: 'Runs what has not succeeded, and nothing else, with the federation as it was at launch.',
      body: emptySchema
    }
  }, (request) => automation.resume(request.params.id, byOf(request)))

  app.post('/v1/deployments/:id/approve', {
    config: decide,
    schema: {
      ...common,
      response: { ...response, ...problems('approval-refused') },
      operationId: 'approvePhase',
      summary: 'Approve the phase that waits',
      description:
        'It goes on once as many as its gate needs have approved; `gate` of the deployment says who is ' +
        'missing. 403 approval-refused: this one does not count.',
      body: decisionSchema
    }
  }, (request) => automation.approve(request.params.id, request.body, byOf(request)))

  app.post('/v1/deployments/:id/reject', {
    config: decide,
    schema: {
      ...common,
      operationId: 'rejectPhase',
      summary: 'Reject the phase that waits',
      description: 'The deployment fails with the code `rejected`; it can be resumed.',
      body: decisionSchema
    }
  }, (request) => automation.reject(request.params.id, request.body, byOf(request)))
}
