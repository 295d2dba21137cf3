import { Type } from 'typebox'
import { type Units } from '../../automation/index.ts'
import { unitSchema, type Unit } from '../../contract/deployment.ts'
import { unitsQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { unitExample } from './examples/deployment.ts'
import { deploymentParams, pageOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

/**
 * The unit without its largest fields: of Nautilus' 111 units they are nine tenths of the answer.
 */
function without ({ cost, ...unit }: Unit, omitted: readonly string[]): Unit {
  return {
    ...unit,
    ...(cost !== undefined && !omitted.includes('cost') && { cost }),
    outputs: omitted.includes('outputs') ? {} : unit.outputs
  }
}

export const listUnits = route({
  method: 'GET',
  url: '/v1/deployments/:id/units',
  config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
  schema: {
    operationId: 'listUnits',
    summary: "List a deployment's units",
    description: 'In the order of the plan, page by page.',
    tags: ['deployments'],
    params: deploymentParams,
    querystring: unitsQuerySchema,
    response: { 200: page(ref(unitSchema), 'units'), ...problems('deployment-not-found') }
  },
  examples: { answers: { 200: { items: [unitExample] } } },
  handler: ({ automation }: Uses<Units>) => async ({ params, query: { omit, ...query } }) => {
    const found = await automation.units(params.id, pageOf(query))
    return omit === undefined
      ? found
      : { ...found, items: found.items.map((unit) => without(unit, omit.split(','))) }
  }
})

export const readUnit = route({
  method: 'GET',
  url: '/v1/deployments/:id/units/:unit',
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
  },
  examples: { answers: { 200: unitExample } },
  handler: ({ automation }: Uses<Units>) => ({ params }) => automation.unit(params.id, params.unit)
})
