import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Findings } from '../../automation/index.ts'
import { driftFindingSchema, driftQuerySchema } from '../../contract/drift.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { deploymentParams } from './deployments.ts'
import { problems } from './responses.ts'

/** What a drift check found. */
export const driftRoutes: FastifyPluginAsyncTypebox<{ automation: Findings }> = async (
  app,
  { automation }
) => {
  app.get(
    '/v1/deployments/:id/drift',
    {
      config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
      schema: {
        operationId: 'listDrift',
        summary: 'List what a drift check found',
        description:
          'Resources that differ from the state, unit by unit as they ended. Of other operations there ' +
          'are none.',
        tags: ['deployments'],
        params: deploymentParams,
        querystring: driftQuerySchema,
        response: {
          200: page(ref(driftFindingSchema), 'drift findings'),
          ...problems('deployment-not-found', 'events-removed')
        }
      }
    },
    ({ params: { id }, query: { after = 0, limit = 100, kind, unit, ignored } }) =>
      automation.drift(id, {
        after,
        limit,
        ...(kind && { kind }),
        ...(unit !== undefined && { unit }),
        ...(ignored && { ignored: ignored === 'true' })
      })
  )
}
