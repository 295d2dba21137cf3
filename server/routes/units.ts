import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Units } from '../../automation/index.ts'
import { unitSchema, type Unit } from '../../contract/deployment.ts'
import { unitsQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { validationSchema } from '../../contract/validation.ts'
import { deploymentScope } from '../access/scopes.ts'
import { deploymentParams } from './deployments.ts'
import { problems } from './responses.ts'

/**
 * The unit without its largest fields: of Nautilus' 97 units they are nine tenths of the answer.
 */
function without ({ cost, ...unit }: Unit, omitted: readonly string[]): Unit {
  return {
    ...unit,
    ...(cost && !omitted.includes('cost') && { cost }),
    outputs: omitted.includes('outputs') ? {} : unit.outputs
  }
}

/** Reading a deployment's units, and what they found. */
export const unitRoutes: FastifyPluginAsyncTypebox<{ automation: Units }> = async (
  app,
  { automation }
) => {
  app.get('/v1/deployments/:id/units', {
    config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
    schema: {
      operationId: 'listUnits',
      summary: "List a deployment's units",
      description: 'In the order of the plan, page by page.',
      tags: ['deployments'],
      params: deploymentParams,
      querystring: unitsQuerySchema,
      response: { 200: page(ref(unitSchema), 'units'), ...problems('deployment-not-found') }
    }
  }, async ({ params, query: { after, limit = 100, omit } }) => {
    const page = await automation.units(params.id, { limit, ...(after && { after }) })
    return omit === undefined
      ? page
      : { ...page, items: page.items.map((unit) => without(unit, omit.split(','))) }
  })

  app.get('/v1/deployments/:id/units/:unit', {
    config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
    schema: {
      operationId: 'readUnit',
      summary: 'Read a unit',
      description: 'Its status, attempts, outputs (secrets masked), cost and, when it failed, why.',
      tags: ['deployments'],
      params: Type.Object({
        ...deploymentParams.properties,
        unit: Type.String({ description: "the unit's id" })
      }),
      response: { 200: ref(unitSchema), ...problems('deployment-not-found', 'unit-not-found') }
    }
  }, ({ params }) => automation.unit(params.id, params.unit))

  app.get('/v1/deployments/:id/validation', {
    config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
    schema: {
      operationId: 'readValidation',
      summary: 'Read the validation report',
      description:
        'What phase 8 found: reach, latency, failover, security and capacity, each with its measure, ' +
        'target and reason. 404 (validation-not-found) before the phase ran.',
      tags: ['deployments'],
      params: deploymentParams,
      response: { 200: ref(validationSchema), ...problems('deployment-not-found', 'validation-not-found') }
    }
  }, ({ params }) => automation.validation(params.id))
}
