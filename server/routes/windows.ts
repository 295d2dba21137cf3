import { type Decisions, type Federations } from '../../automation/index.ts'
import { deploymentSchema } from '../../contract/deployment.ts'
import { ref } from '../../contract/schema.ts'
import { overrideSchema, windowReportSchema, type WindowReport } from '../../contract/window.ts'
import { byOf } from '../access/caller.ts'
import { deploymentScope, federationScope } from '../access/scopes.ts'
import { deploymentExample } from './examples/deployment.ts'
import { deploymentParams, federationParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const opens = '2026-11-21T22:00:00.000Z'
const example: WindowReport = {
  items: [{ name: 'weekend', kind: 'window', open: false, next: opens, timeZone: 'UTC' }],
  open: false,
  because: 'window',
  names: ['weekend'],
  opens
}

export const readWindows = route({
  method: 'GET',
  url: '/v1/federations/:name/windows',
  config: { permission: 'federations.read', scope: federationScope },
  schema: {
    operationId: 'readWindows',
    summary: "Read a federation's maintenance windows",
    description:
      'The windows and freezes of the file, whether each is open, and when everything live may be ' +
      'changed. A live up, refresh or destroy waits for them before each phase.',
    tags: ['federations'],
    params: federationParams,
    response: { 200: ref(windowReportSchema), ...problems('federation-not-found', 'federation-invalid') }
  },
  examples: { answers: { 200: example } },
  handler: ({ automation }: Uses<Federations>) => ({ params }) => automation.windows(params.name)
})

export const overrideWindow = route({
  method: 'POST',
  url: '/v1/deployments/:id/override-window',
  config: { permission: 'deployments.approve', scope: deploymentScope, vital: true },
  schema: {
    operationId: 'overrideWindow',
    summary: 'Continue a deployment outside its windows',
    description:
      'A deployment that waits for a maintenance window, or for the end of a freeze, continues now and ' +
      'waits for no further window; after a resume it waits again. The reason is kept with the ' +
      'deployment and in the audit log.',
    tags: ['deployments'],
    params: deploymentParams,
    body: overrideSchema,
    response: {
      200: { ...ref(deploymentSchema), description: 'The deployment after it' },
      ...problems(
        'deployment-not-found',
        'wrong-status',
        'approval-refused',
        'approval-impossible',
        'shutting-down'
      )
    }
  },
  examples: {
    body: {
      urgent: {
        summary: 'It cannot wait',
        value: { reason: 'incident 4711: certificates expire tonight' }
      }
    },
    answers: { 200: deploymentExample }
  },
  handler: ({ automation }: Uses<Decisions>) => (request) =>
    automation.overrideWindow(request.params.id, request.body, byOf(request))
})
