import { type Findings } from '../../automation/index.ts'
import { driftFindingSchema, driftQuerySchema, type DriftFinding } from '../../contract/drift.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { resource, unitId, urn } from './examples/names.ts'
import { deploymentParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: DriftFinding = {
  number: 12,
  phase: 2,
  unit: unitId,
  urn,
  resource,
  kind: 'changed',
  properties: [{ path: 'tags.owner', kind: 'changed', expected: 'platform', actual: 'somebody' }]
}

export const listDrift = route({
  method: 'GET',
  url: '/v1/deployments/:id/drift',
  config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
  schema: {
    operationId: 'listDrift',
    summary: 'List what a drift check found',
    description:
      'Resources that differ from the state, in the order in which their units ended. Other operations ' +
      'find none.',
    tags: ['deployments'],
    params: deploymentParams,
    querystring: driftQuerySchema,
    response: {
      200: page(ref(driftFindingSchema), 'drift findings'),
      ...problems('deployment-not-found', 'events-removed')
    }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler:
    ({ automation }: Uses<Findings>) =>
    ({ params: { id }, query: { after = 0, limit = 100, kind, unit, ignored } }) =>
      automation.drift(id, {
        after,
        limit,
        ...(kind !== undefined && { kind }),
        ...(unit !== undefined && { unit }),
        ...(ignored !== undefined && { ignored: ignored === 'true' })
      })
})
