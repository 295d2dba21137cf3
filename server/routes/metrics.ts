import { problems } from './responses.ts'
import { route } from './route.ts'

export const readMetrics = route({
  method: 'GET',
  url: '/metrics',
  config: { frequent: true, permission: 'metrics.read' },
  schema: {
    operationId: 'readMetrics',
    summary: 'Read metrics for Prometheus',
    description: "All figures of the service, in Prometheus' text format.",
    tags: ['service'],
    response: {
      200: {
        description: 'Prometheus text format',
        content: { 'text/plain': { schema: { type: 'string' } } }
      },
      ...problems()
    }
  },
  examples: {
    forms: {
      'text/plain': '# HELP windlass_deployments Deployments by status\n' +
        '# TYPE windlass_deployments gauge\nwindlass_deployments{status="running"} 1\n'
    }
  },
  handler: () => async ({ server }, reply) => {
    const { type, text } = await server.scrape()
    return reply.type(type).send(text)
  }
})
