import { type Federations } from '../../automation/index.ts'
import { planSchema, type Plan } from '../../contract/federation.ts'
import { planQuerySchema } from '../../contract/query.ts'
import { ref } from '../../contract/schema.ts'
import { lastPhase, orphanOperations } from '../../contract/words.ts'
import { federationScope } from '../access/scopes.ts'
import { invalidRequest } from '../errors.ts'
import { cluster } from './examples/names.ts'
import { federationParams, placeOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const monthly = 1840.2
const example: Plan = {
  federation: 'nautilus',
  operation: 'up',
  units: [{
    id: 'prerequisites.aws',
    phase: 1,
    scope: 'aws',
    clusters: [],
    cloud: 'aws',
    stack: 'nautilus.prerequisites.aws',
    dependsOn: [],
    predicted: { start: 0, end: 95, seconds: 95 }
  }],
  parallelism: 25,
  parallelismBecause: 'the 16.0 GiB of memory of the service',
  perCloud: 16,
  warnings: [],
  makespanSeconds: 95,
  targetSeconds: 7200,
  meetsTarget: true,
  criticalPath: ['prerequisites.aws'],
  cost: {
    monthly,
    currency: 'USD',
    range: { min: 1210.5, max: 3920 },
    usage: 310.4,
    fromMemory: 0,
    perPhase: [{ phase: 1, name: 'prerequisites', monthly }],
    perCluster: [{ cluster, monthly }],
    perUnit: [{ unit: 'prerequisites.aws', monthly, basis: 'federation' }],
    unpriced: []
  }
}

export const planOperation = route({
  method: 'GET',
  url: '/v1/federations/:name/plan',
  config: { permission: 'federations.read', scope: federationScope },
  schema: {
    operationId: 'planOperation',
    summary: 'Plan an operation',
    description:
      'The units, their dependencies, and the predicted schedule and critical path of the live run. ' +
      '`orphans` are units that are deployed in the mode and world and no longer in the federation file: ' +
      'a refresh, destroy or drift check takes those of its phases and clusters along.',
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
  },
  examples: { answers: { 200: example } },
  handler: ({ automation }: Uses<Federations>) => ({ params, query }) => {
    const { operation = 'up', from = 1, to = lastPhase, ordering, parallelism, clusters } = query
    const orphaned = query.orphaned === 'true'
    if (from > to) {
      throw invalidRequest([{
        path: 'from',
        field: 'from',
        message: `is ${from}, after to, which is ${to}`,
        expected: `a whole number from 1 to ${to}`
      }])
    }
    if (orphaned && !orphanOperations.includes(operation)) {
      throw invalidRequest([{
        path: 'orphaned',
        field: 'orphaned',
        message: `has no meaning for ${operation}, which takes what the federation file has`,
        expected: 'no orphaned, or operation refresh, destroy or drift-check'
      }])
    }
    return automation.plan(params.name, {
      operation,
      from,
      to,
      orphaned,
      place: placeOf(query),
      ...(ordering !== undefined && { ordering }),
      ...(parallelism !== undefined && { parallelism }),
      ...(clusters !== undefined && { clusters: [...new Set(clusters.split(','))] })
    })
  }
})
