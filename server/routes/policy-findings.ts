import { type Findings } from '../../automation/index.ts'
import { policyFindingSchema, type PolicyFinding } from '../../contract/policy-finding.ts'
import { eventsQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { deploymentScope } from '../access/scopes.ts'
import { unitId } from './examples/names.ts'
import { deploymentParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: PolicyFinding = {
  seq: 77,
  time: '2026-11-21T08:00:05.000Z',
  phase: 2,
  unit: unitId,
  policy: 'aws-eks-endpoint-private',
  pack: 'windlass',
  enforcement: 'advisory',
  message: 'the control plane answers the internet: set endpointPublicAccess to false'
}

export const listPolicyFindings = route({
  method: 'GET',
  url: '/v1/deployments/:id/policy-findings',
  config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
  schema: {
    operationId: 'listPolicyFindings',
    summary: 'List what policies found',
    description:
      'Violations of the policy pack, in the order of their events. A unit that was tried again may ' +
      'report one twice.',
    tags: ['deployments'],
    params: deploymentParams,
    querystring: eventsQuerySchema,
    response: {
      200: page(ref(policyFindingSchema), 'policy findings'),
      ...problems('deployment-not-found', 'events-removed')
    }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Findings>) => ({ params: { id }, query: { after = 0, limit = 100 } }) =>
    automation.policyFindings(id, { after, limit })
})
