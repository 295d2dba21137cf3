import { type Federations } from '../../automation/index.ts'
import { type Schedule, schedulesSchema } from '../../contract/schedule.ts'
import { federationScope } from '../access/scopes.ts'
import { deploymentId } from './examples/names.ts'
import { federationParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: Schedule = {
  name: 'nightly',
  cron: '0 3 * * *',
  timeZone: 'Europe/Berlin',
  operation: 'up',
  mode: 'rehearsal',
  overlap: 'skip',
  next: '2026-11-22T02:00:00.000Z',
  last: { due: '2026-11-21T02:00:00.000Z', deployment: deploymentId },
  leftOut: { due: '2026-11-20T02:00:00.000Z', deployment: deploymentId, times: 1 }
}

export const listSchedules = route({
  method: 'GET',
  url: '/v1/federations/:name/schedules',
  config: { permission: 'federations.read', scope: federationScope },
  schema: {
    operationId: 'listSchedules',
    summary: "List a federation's schedules",
    description: 'What each schedule of the file launches, when it is due next, what it launched last, and ' +
      'which times it left out because what it had launched before was not over.',
    tags: ['federations'],
    params: federationParams,
    response: { 200: schedulesSchema, ...problems('federation-not-found', 'federation-invalid') }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Federations>) => async ({ params }) => ({
    items: await automation.schedules(params.name)
  })
})
