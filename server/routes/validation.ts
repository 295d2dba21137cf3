import { type Units } from '../../automation/index.ts'
import { ref } from '../../contract/schema.ts'
import { validationSchema, type Validation } from '../../contract/validation.ts'
import { deploymentScope } from '../access/scopes.ts'
import { cluster, deploymentId } from './examples/names.ts'
import { deploymentParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: Validation = {
  deployment: deploymentId,
  federation: 'nautilus',
  mode: 'rehearsal',
  world: 'default',
  passed: true,
  complete: true,
  counts: { passed: 1, failed: 0, advisory: 0 },
  units: [{
    unit: 'validation.global',
    clusters: [cluster],
    status: 'succeeded',
    finishedAt: '2026-11-21T08:00:31.000Z',
    checks: [{
      name: 'latency-us-eu',
      kind: 'latency',
      passed: true,
      required: true,
      measured: 73.5,
      target: 80,
      unit: 'ms',
      why: 'the slowest of 2 round trips'
    }]
  }]
}

export const readValidation = route({
  method: 'GET',
  url: '/v1/deployments/:id/validation',
  config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
  schema: {
    operationId: 'readValidation',
    summary: 'Read the validation report',
    description:
      'The results of phase 8: reachability, latency, failover, security and capacity, each with ' +
      'measure, target and reason. 404 (validation-not-found) before the phase has run.',
    tags: ['deployments'],
    params: deploymentParams,
    response: { 200: ref(validationSchema), ...problems('deployment-not-found', 'validation-not-found') }
  },
  examples: { answers: { 200: example } },
  handler: ({ automation }: Uses<Units>) => ({ params }) => automation.validation(params.id)
})
