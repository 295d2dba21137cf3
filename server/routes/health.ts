import { type Health } from '../../automation/index.ts'
import { healthSchema, readinessSchema, type Readiness } from '../../contract/health.ts'
import { ref } from '../../contract/schema.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

export const readHealth = route({
  method: 'GET',
  url: '/healthz',
  config: { frequent: true, permission: 'open', vital: true },
  schema: {
    operationId: 'readHealth',
    summary: 'Tell whether the process answers',
    description: 'For liveness probes: it does not look at the database.',
    tags: ['service'],
    response: { 200: healthSchema, ...problems() }
  },
  examples: { answers: { 200: { status: 'ok' } } },
  handler: () => async () => ({ status: 'ok' as const })
})

const readyExample: Readiness = {
  ready: true,
  parts: {
    store: { ready: true },
    workflow: { ready: true },
    events: { ready: true },
    hosts: { ready: true },
    federations: { ready: true },
    service: { ready: true },
    pulumi: { ready: false, detail: 'live deployments are refused: there is no Pulumi CLI on the PATH' }
  }
}
const unreadyExample: Readiness = {
  ready: false,
  parts: {
    store: { ready: false, detail: 'connect ECONNREFUSED 127.0.0.1:5432' },
    hosts: { ready: true }
  }
}

export const readReadiness = route({
  method: 'GET',
  url: '/readyz',
  config: { frequent: true, permission: 'open', vital: true },
  schema: {
    operationId: 'readReadiness',
    summary: 'Tell whether deployments are accepted and run',
    description:
      'For readiness probes and load balancers: each part, with what is wrong and what to do about it. ' +
      '`pulumi`, the CLI for live deployments, does not make the service unready, since rehearsals go ' +
      'on. A service that authenticates its callers gives the reasons only to those who show credentials.',
    tags: ['service'],
    response: {
      200: ref(readinessSchema),
      503: { ...ref(readinessSchema), description: 'Not ready: the parts say why' },
      ...problems()
    }
  },
  examples: { answers: { 200: readyExample, 503: unreadyExample } },
  handler: ({ automation }: Uses<Health>) => async (request, reply) => {
    const { server } = request
    const readiness = server.closing.aborted
      ? { ready: false, parts: { service: { ready: false, detail: 'closing' } } }
      : await automation.readiness()
    // Load balancers need the answer; the reasons name machines and folders, which are not for
    // callers without credentials.
    if (!await server.stillPermitted(request)) {
      readiness.parts = Object.fromEntries(
        Object.entries(readiness.parts).map(([name, { ready }]) => [name, { ready }])
      )
    }
    return reply.code(readiness.ready ? 200 : 503).header('cache-control', 'no-store').send(readiness)
  }
})
