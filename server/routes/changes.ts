import { type Findings } from '../../automation/index.ts'
import { changesQuerySchema, resourceChangeSchema, type ResourceChange } from '../../contract/change.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { resource, unitId, urn } from './examples/names.ts'
import { deploymentParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: ResourceChange = {
  seq: 77,
  phase: 2,
  unit: unitId,
  urn,
  resource,
  op: 'update',
  diff: [{ path: 'tags.owner', kind: 'update', replaces: false, before: 'platform', after: 'trading' }]
}

export const listChanges = route({
  method: 'GET',
  url: '/v1/deployments/:id/changes',
  config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
  schema: {
    operationId: 'listChanges',
    summary: 'List the resources that were changed',
    description:
      'In the order of their events, with the properties that differ; secrets have no values. Of a ' +
      'preview: what would be changed.',
    tags: ['deployments'],
    params: deploymentParams,
    querystring: changesQuerySchema,
    response: {
      200: page(ref(resourceChangeSchema), 'resource changes'),
      ...problems('deployment-not-found')
    }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler:
    ({ automation }: Uses<Findings>) => ({ params: { id }, query: { after = 0, limit = 100, unit } }) =>
      automation.changes(id, { after, limit, ...(unit !== undefined && { unit }) })
})
