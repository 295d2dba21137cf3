import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Findings } from '../../automation/index.ts'
import { changesQuerySchema, resourceChangeSchema } from '../../contract/change.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { deploymentParams } from './deployments.ts'
import { problems } from './responses.ts'

/** Which resources a deployment changed, and in what. */
export const changeRoutes: FastifyPluginAsyncTypebox<{ automation: Findings }> = async (
  app,
  { automation }
) => {
  app.get(
    '/v1/deployments/:id/changes',
    {
      config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
      schema: {
        operationId: 'listChanges',
        summary: 'List the resources that were changed',
        description:
          'In the order of the events that told them, with the properties that differ; secrets without ' +
          'values. Of a preview: what would be changed.',
        tags: ['deployments'],
        params: deploymentParams,
        querystring: changesQuerySchema,
        response: {
          200: page(ref(resourceChangeSchema), 'resource changes'),
          ...problems('deployment-not-found')
        }
      }
    },
    ({ params: { id }, query: { after = 0, limit = 100, unit } }) =>
      automation.changes(id, { after, limit, ...(unit !== undefined && { unit }) })
  )
}
