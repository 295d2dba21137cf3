import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Hooks } from '../../automation/index.ts'
import { deliveriesQuerySchema, hookDeliverySchema } from '../../contract/hook.ts'
import { ref } from '../../contract/schema.ts'
import { needAll } from './audit.ts'
import { problems } from './responses.ts'

/**
 * What webhooks were delivered, and what each led to. Hooks are the service's own, of no
 * federation: whoever may see the whole audit log sees them.
 */
export const hookDeliveryRoutes: FastifyPluginAsyncTypebox<{ automation: Hooks }> = async (
  app,
  { automation }
) => {
  app.get('/v1/hooks/:name/deliveries', {
    config: { permission: 'audit.read' },
    schema: {
      operationId: 'listHookDeliveries',
      summary: "List a hook's deliveries",
      description:
        'The latest first: what each launched, or why it launched nothing. Those whose signature was ' +
        'wrong are in the audit log.',
      tags: ['deployments'],
      params: Type.Object({ name: Type.String({ description: "the hook's name" }) }),
      querystring: deliveriesQuerySchema,
      response: {
        200: Type.Object({ items: Type.Array(ref(hookDeliverySchema), { description: 'deliveries' }) }, {
          description: 'deliveries, the latest first'
        }),
        ...problems('hook-not-found')
      }
    }
  }, async (request) => {
    needAll(request)
    const { params: { name }, query: { before, limit = 100 } } = request
    return {
      items: await automation.hookDeliveries(name, { limit, ...(before !== undefined && { before }) })
    }
  })
}
