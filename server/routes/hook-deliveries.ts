import { Type } from 'typebox'
import { type Hooks } from '../../automation/index.ts'
import { deliveriesQuerySchema, hookDeliverySchema, type HookDelivery } from '../../contract/hook.ts'
import { ref } from '../../contract/schema.ts'
import { needWholeAudit } from '../access/whole-audit.ts'
import { deploymentId } from './examples/names.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: HookDelivery = {
  delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  receivedAt: '2026-11-21T08:00:00.000Z',
  deployment: deploymentId
}

/** Hooks belong to no federation: callers who may see the whole audit log may see them. */
export const listHookDeliveries = route({
  method: 'GET',
  url: '/v1/hooks/:name/deliveries',
  config: { permission: 'audit.read' },
  schema: {
    operationId: 'listHookDeliveries',
    summary: "List a hook's deliveries",
    description:
      'The latest first: what each launched, or why it launched nothing. Deliveries with a wrong ' +
      'signature are in the audit log.',
    tags: ['deployments'],
    params: Type.Object({ name: Type.String({ description: "the hook's name" }) }),
    querystring: deliveriesQuerySchema,
    response: {
      200: Type.Object({ items: Type.Array(ref(hookDeliverySchema), { description: 'deliveries' }) }, {
        description: 'deliveries, the latest first'
      }),
      ...problems('hook-not-found')
    }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Hooks>) => async (request) => {
    needWholeAudit(request)
    const { params: { name }, query: { before, limit = 100 } } = request
    return {
      items: await automation.hookDeliveries(name, { limit, ...(before !== undefined && { before }) })
    }
  }
})
