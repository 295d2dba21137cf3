import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Decisions, type Federations } from '../../automation/index.ts'
import { deploymentSchema } from '../../contract/deployment.ts'
import { ref } from '../../contract/schema.ts'
import { overrideSchema, windowReportSchema } from '../../contract/window.ts'
import { byOf } from '../access/caller.ts'
import { deploymentScope, federationScope } from '../access/scopes.ts'
import { deploymentParams } from './deployments.ts'
import { federationParams } from './federations.ts'
import { problems } from './responses.ts'

/** When what is live may be changed, and going on before that. */
export const windowRoutes: FastifyPluginAsyncTypebox<{ automation: Decisions & Federations }> = async (
  app,
  { automation }
) => {
  app.get('/v1/federations/:name/windows', {
    config: { permission: 'federations.read', scope: federationScope },
    schema: {
      operationId: 'readWindows',
      summary: "Read a federation's maintenance windows",
      description:
        'Windows and freezes of the file, how they stand, and when all of what is live may be changed. A ' +
        'live up, refresh or destroy waits for them before each phase.',
      tags: ['federations'],
      params: federationParams,
      response: { 200: ref(windowReportSchema), ...problems('federation-not-found', 'federation-invalid') }
    }
  }, ({ params }) => automation.windows(params.name))

  app.post('/v1/deployments/:id/override-window', {
    config: { permission: 'deployments.approve', scope: deploymentScope, vital: true },
    schema: {
      operationId: 'overrideWindow',
      summary: 'Have a deployment go on outside its windows',
      description:
        'One that waits for a maintenance window, or for the end of a freeze, goes on now and to its ' +
        'end; a resume waits again. The reason is kept with the deployment and in the audit log.',
      tags: ['deployments'],
      params: deploymentParams,
      body: overrideSchema,
      response: {
        200: { ...ref(deploymentSchema), description: 'The deployment after it' },
        ...problems('deployment-not-found', 'wrong-status', 'shutting-down')
      }
    }
  }, (request) => automation.overrideWindow(request.params.id, request.body, byOf(request)))
}
