import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type DeploymentLauncher, type Deployments } from '../../automation/index.ts'
import { deploymentSchema } from '../../contract/deployment.ts'
import { gateSchema } from '../../contract/gate.ts'
import { completeLaunch, idempotencySchema, launchSchema } from '../../contract/launch.ts'
import { pageQuerySchema } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { deploymentScope, launchScope } from '../access/scopes.ts'
import { invalidRequest } from '../errors.ts'
import { problems } from './responses.ts'

export const deploymentParams = Type.Object({ id: Type.String({ description: "the deployment's id" }) })

/** Launching deployments, and reading them. */
export const deploymentRoutes: FastifyPluginAsyncTypebox<{ automation: DeploymentLauncher & Deployments }> =
  async (
    app,
    { automation }
  ) => {
    app.post('/v1/deployments', {
      config: { permission: 'deployments.launch', scope: launchScope },
      schema: {
        operationId: 'launchDeployment',
        summary: 'Launch a deployment',
        description:
          'Validates, plans and queues. The same Idempotency-Key and body of the same caller give the ' +
          'deployment made before (Idempotent-Replayed: true).',
        tags: ['deployments'],
        headers: idempotencySchema,
        body: launchSchema,
        response: {
          202: {
            ...ref(deploymentSchema),
            description: 'Queued; Location points at it',
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
            'live-refused',
            'shutting-down'
          )
        }
      }
    }, async (request, reply) => {
      const completed = completeLaunch(request.body)
      if ('issues' in completed) throw invalidRequest(completed.issues)
      const idempotencyKey = request.headers['idempotency-key']
      const { deployment, created } = await automation.launch(completed.launch, {
        ...byOf(request),
        ...(idempotencyKey !== undefined && { idempotencyKey })
      })
      request.log.info({ deployment: deployment.id, created }, 'launched')
      if (!created) reply.header('idempotent-replayed', 'true')
      return reply.code(202).header('location', `/v1/deployments/${encodeURIComponent(deployment.id)}`).send(
        deployment
      )
    })

    app.get(
      '/v1/deployments',
      {
        config: { etag: true, permission: 'deployments.read' },
        schema: {
          operationId: 'listDeployments',
          summary: 'List deployments',
          description: 'The latest first, page by page; only those of federations that the caller may see.',
          tags: ['deployments'],
          querystring: pageQuerySchema,
          response: { 200: page(ref(deploymentSchema), 'deployments'), ...problems() }
        }
      },
      ({ query: { after, limit = 100 }, visible }) =>
        automation.deployments({ limit, ...visible, ...(after && { after }) })
    )

    app.get('/v1/deployments/:id', {
      config: { etag: true, permission: 'deployments.read', scope: deploymentScope },
      schema: {
        operationId: 'readDeployment',
        summary: 'Read a deployment',
        description:
          'How far it is, phase by phase. Made to be polled: send the ETag of the answer before as ' +
          'If-None-Match.',
        tags: ['deployments'],
        params: deploymentParams,
        response: { 200: ref(deploymentSchema), ...problems('deployment-not-found') }
      }
    }, ({ params }) => automation.deployment(params.id))

    app.get('/v1/deployments/:id/gates', {
      config: { permission: 'deployments.read', scope: deploymentScope },
      schema: {
        operationId: 'listGates',
        summary: "Read a deployment's gates",
        description:
          'Which phases wait for whom, in the order in which they come, and what was decided at each, with ' +
          'reasons.',
        tags: ['deployments'],
        params: deploymentParams,
        response: {
          200: Type.Object({ items: Type.Array(ref(gateSchema)) }, { description: 'the gates' }),
          ...problems('deployment-not-found')
        }
      }
    }, async ({ params }) => ({ items: await automation.gates(params.id) }))
  }
