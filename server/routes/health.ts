import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Health } from '../../automation/index.ts'
import { healthSchema, readinessSchema } from '../../contract/health.ts'
import { ref } from '../../contract/schema.ts'
import { problems } from './responses.ts'

/** Whether the process lives, and whether it can do its work. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ automation: Health }> = async (
  app,
  { automation }
) => {
  app.get('/healthz', {
    config: { frequent: true, permission: 'open', vital: true },
    schema: {
      operationId: 'readHealth',
      summary: 'Whether the process answers',
      description: 'For liveness probes: it says nothing of the database.',
      tags: ['service'],
      response: { 200: healthSchema, ...problems() }
    }
  }, async () => ({ status: 'ok' as const }))

  app.get('/readyz', {
    config: { frequent: true, permission: 'open', vital: true },
    schema: {
      operationId: 'readReadiness',
      summary: 'Whether deployments are taken and run',
      description:
        'For readiness probes and load balancers: each part with what is wrong with it and what to do. ' +
        '`pulumi` alone, the CLI of live deployments, does not make the service unready: rehearsals go ' +
        'on. Without credentials, the reasons are left out where callers are known.',
      tags: ['service'],
      response: {
        200: ref(readinessSchema),
        503: { ...ref(readinessSchema), description: 'Not ready: the parts say why' },
        ...problems()
      }
    }
  }, async (request, reply) => {
    const readiness = app.closing.aborted
      ? { ready: false, parts: { service: { ready: false, detail: 'closing' } } }
      : await automation.readiness()
    // Load balancers need the answer; the reasons name machines and folders, which are nobody's
    // business who shows no credentials.
    if (!await app.stillPermitted(request)) {
      readiness.parts = Object.fromEntries(
        Object.entries(readiness.parts).map(([name, { ready }]) => [name, { ready }])
      )
    }
    return reply.code(readiness.ready ? 200 : 503).header('cache-control', 'no-store').send(readiness)
  })
}
