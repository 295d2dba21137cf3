import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Federations } from '../../automation/index.ts'
import { federationSummarySchema, planSchema } from '../../contract/federation.ts'
import { pageQuerySchema, planQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { lastPhase } from '../../contract/words.ts'
import { federationScope } from '../access/scopes.ts'
import { invalidRequest } from '../errors.ts'
import { problems } from './responses.ts'

export const federationParams = Type.Object({ name: Type.String({ description: "the federation's name" }) })

/** What can be deployed, and how a deployment of it would go. */
export const federationRoutes: FastifyPluginAsyncTypebox<{ automation: Federations }> = async (
  app,
  { automation }
) => {
  app.get(
    '/v1/federations',
    {
      config: { permission: 'federations.read' },
      schema: {
        operationId: 'listFederations',
        summary: 'List federations',
        description: 'All files of the folder of federations, also those with mistakes, by name.',
        tags: ['federations'],
        querystring: pageQuerySchema,
        response: { 200: page(ref(federationSummarySchema), 'federations'), ...problems() }
      }
    },
    ({ query: { after, limit = 100 }, visible }) =>
      automation.federations({ limit, ...visible, ...(after && { after }) })
  )

  app.get('/v1/federations/:name', {
    config: { permission: 'federations.read', scope: federationScope },
    schema: {
      operationId: 'readFederation',
      summary: 'Read a federation',
      description:
        'The file on disk, validated and complete. A file with mistakes is 400 with each of them under ' +
        '`errors`.',
      tags: ['federations'],
      params: federationParams,
      response: {
        200: { $ref: 'Federation#', description: 'The federation' },
        ...problems('federation-not-found', 'federation-invalid')
      }
    }
  }, ({ params }) => automation.federation(params.name))

  app.get('/v1/federations/:name/plan', {
    config: { permission: 'federations.read', scope: federationScope },
    schema: {
      operationId: 'planOperation',
      summary: 'Plan an operation',
      description:
        'Units, what they depend on, and the predicted schedule and critical path of the live run.',
      tags: ['federations'],
      params: federationParams,
      querystring: planQuerySchema,
      response: {
        200: ref(planSchema),
        ...problems(
          'federation-not-found',
          'federation-invalid',
          'request-invalid',
          'plan-empty',
          'plan-cycle'
        )
      }
    }
  }, ({ params, query: { operation = 'up', from = 1, to = lastPhase, ordering, parallelism, clusters } }) => {
    if (from > to) {
      throw invalidRequest([{
        path: 'from',
        field: 'from',
        message: `is ${from}, after to, which is ${to}`,
        expected: `a whole number from 1 to ${to}`
      }])
    }
    return automation.plan(params.name, {
      operation,
      from,
      to,
      ...(ordering && { ordering }),
      ...(parallelism && { parallelism }),
      ...(clusters && { clusters: [...new Set(clusters.split(','))] })
    })
  })
}
