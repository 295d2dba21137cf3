import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Federations } from '../../automation/index.ts'
import { schedulesSchema } from '../../contract/schedule.ts'
import { federationScope } from '../access/scopes.ts'
import { federationParams } from './federations.ts'
import { problems } from './responses.ts'

/** When what is launched by itself. */
export const scheduleRoutes: FastifyPluginAsyncTypebox<{ automation: Federations }> = async (
  app,
  { automation }
) => {
  app.get('/v1/federations/:name/schedules', {
    config: { permission: 'federations.read', scope: federationScope },
    schema: {
      operationId: 'listSchedules',
      summary: "List a federation's schedules",
      description: "What the file's schedules launch, when they are due next, and what they launched last.",
      tags: ['federations'],
      params: federationParams,
      response: { 200: schedulesSchema, ...problems('federation-not-found', 'federation-invalid') }
    }
  }, async ({ params }) => ({ items: await automation.schedules(params.name) }))
}
