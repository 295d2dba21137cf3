import { Type } from 'typebox'
import { type Hooks } from '../../automation/index.ts'
import { hookAnswerSchema } from '../../contract/hook.ts'
import { ref } from '../../contract/schema.ts'
import { deploymentExample } from './examples/deployment.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

/**
 * The largest push that GitHub reports names 2,048 commits with their files: a few megabytes. It is
 * held in memory until its signature is checked.
 */
const bodyLimit = 5 * 1024 * 1024

const received = { hook: 'platform', delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958', replayed: false }

/** Asks for no permission: the signature over the raw body says who sent it. */
export const deliverHook = route({
  method: 'POST',
  url: '/v1/hooks/:name',
  config: { permission: 'open', refusal: 'hook.refused' },
  bodyLimit,
  bytes: true,
  before: ({ automation }) => ({ params, headers }) => {
    automation.checkHook((params as { name: string }).name, headers)
  },
  schema: {
    operationId: 'deliverHook',
    summary: 'Deliver a webhook',
    description:
      "Launches what the hook's rules say about a push, a tag or a pull request. A repeated delivery " +
      'gets the same answer. GitHub: X-Hub-Signature-256 and X-GitHub-Delivery; GitLab: ' +
      'webhook-signature or X-Gitlab-Token; others: Standard Webhooks (webhook-id, webhook-timestamp, ' +
      'webhook-signature).',
    tags: ['deployments'],
    params: Type.Object({ name: Type.String({ description: "the hook's name" }) }),
    response: {
      200: { ...ref(hookAnswerSchema), description: 'Nothing is deployed: `ignored` says why' },
      202: {
        ...ref(hookAnswerSchema),
        description: 'Launched; Location is the path of the deployment',
        headers: { Location: { schema: { type: 'string' }, description: 'the path of the deployment' } }
      },
      ...problems(
        'hook-not-found',
        'hook-refused',
        'hook-payload-invalid',
        'hook-delivery-mismatch',
        'http-body-malformed',
        'http-body-too-large',
        'federation-not-found',
        'federation-invalid',
        'request-invalid',
        'plan-empty',
        'plan-cycle',
        'prerequisites-missing',
        'dependants-deployed',
        'approval-impossible',
        'live-refused',
        'queue-full',
        'worlds-full',
        'shutting-down',
        'store-unavailable',
        'internal'
      )
    }
  },
  examples: {
    answers: {
      200: { ...received, ignored: 'no rule is about pushes to the branch feature/x' },
      202: { ...received, deployment: deploymentExample }
    }
  },
  handler: ({ automation }: Uses<Hooks>) => async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const answer = await automation.receiveHook(request.params.name, {
      headers: request.headers,
      body,
      requestId: request.id,
      address: request.ip
    })
    request.log.info({
      hook: answer.hook,
      delivery: answer.delivery,
      replayed: answer.replayed,
      ...('deployment' in answer ? { deployment: answer.deployment.id } : { ignored: answer.ignored })
    }, 'webhook')
    if ('ignored' in answer) return reply.code(200).send(answer)
    return reply.code(202)
      .header('location', `/v1/deployments/${encodeURIComponent(answer.deployment.id)}`)
      .send(answer)
  }
})
