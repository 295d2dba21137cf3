import { type DeploymentLauncher } from '../../automation/index.ts'
import { deploymentSchema } from '../../contract/deployment.ts'
import { type LaunchRequest, completeLaunch, idempotencySchema, launchSchema } from '../../contract/launch.ts'
import { ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { launchScope } from '../access/scopes.ts'
import { invalidRequest } from '../errors.ts'
import { queuedExample } from './examples/deployment.ts'
import { cluster } from './examples/names.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const bodies: Record<string, { summary: string, value: LaunchRequest }> = {
  whole: { summary: 'Rehearse all eight phases', value: { federation: 'nautilus', operation: 'up' } },
  preview: {
    summary: 'Preview two phases of one cluster',
    value: { federation: 'nautilus', operation: 'preview', phases: { from: 1, to: 2 }, clusters: [cluster] }
  },
  faulty: {
    summary: 'Rehearse a failure that heals',
    value: {
      federation: 'nautilus',
      operation: 'up',
      ordering: 'pipelined',
      rehearsal: { world: 'drill', seed: 7, faults: [{ cloud: 'aws', kind: 'throttle', times: 3 }] }
    }
  },
  live: {
    summary: 'Deploy for real, approving each phase',
    value: { federation: 'nautilus', operation: 'up', mode: 'live', approvals: 'each-phase' }
  }
}

export const launchDeployment = route({
  method: 'POST',
  url: '/v1/deployments',
  config: { permission: 'deployments.launch', scope: launchScope },
  schema: {
    operationId: 'launchDeployment',
    summary: 'Launch a deployment',
    description:
      'Validates the request, plans it and queues the deployment. A repeated request with the same ' +
      'Idempotency-Key, body and caller returns the first deployment (Idempotent-Replayed: true).',
    tags: ['deployments'],
    headers: idempotencySchema,
    body: launchSchema,
    response: {
      202: {
        ...ref(deploymentSchema),
        description: 'Queued; Location is the path of the deployment',
        headers: { Location: { schema: { type: 'string' }, description: 'the path of the deployment' } }
      },
      ...problems(
        'federation-not-found',
        'federation-invalid',
        'request-invalid',
        'plan-empty',
        'plan-cycle',
        'prerequisites-missing',
        'dependants-deployed',
        'approval-impossible',
        'idempotency-mismatch',
        'queue-full',
        'worlds-full',
        'live-refused',
        'shutting-down'
      )
    }
  },
  examples: { body: bodies, answers: { 202: queuedExample } },
  handler: ({ automation }: Uses<DeploymentLauncher>) => async (request, reply) => {
    const completed = completeLaunch(request.body)
    if ('issues' in completed) throw invalidRequest(completed.issues)
    const idempotencyKey = request.headers['idempotency-key']
    const { deployment, created } = await automation.launch(completed.launch, {
      ...byOf(request),
      ...(idempotencyKey !== undefined && { idempotencyKey })
    })
    request.log.info({ deployment: deployment.id, created }, 'launched')
    if (!created) reply.header('idempotent-replayed', 'true')
    return reply.code(202)
      .header('location', `/v1/deployments/${encodeURIComponent(deployment.id)}`)
      .send(deployment)
  }
})
