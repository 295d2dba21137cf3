import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Findings } from '../../automation/index.ts'
import { policyFindingSchema } from '../../contract/policy-finding.ts'
import { eventsQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { deploymentParams } from './deployments.ts'
import { problems } from './responses.ts'

/** What policies found during a deployment. */
export const policyFindingRoutes: FastifyPluginAsyncTypebox<{ automation: Findings }> = async (
  app,
  { automation }
) => {
  app.get(
    '/v1/deployments/:id/policy-findings',
    {
      config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
      schema: {
        operationId: 'listPolicyFindings',
        summary: 'List what policies found',
        description:
          'Violations of the policy pack, in the order of the events that told them; a unit that was ' +
          'tried again may have told one twice.',
        tags: ['deployments'],
        params: deploymentParams,
        querystring: eventsQuerySchema,
        response: {
          200: page(ref(policyFindingSchema), 'policy findings'),
          ...problems('deployment-not-found', 'events-removed')
        }
      }
    },
    ({ params: { id }, query: { after = 0, limit = 100 } }) => automation.policyFindings(id, { after, limit })
  )
}
