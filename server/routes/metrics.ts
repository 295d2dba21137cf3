import { problems } from './responses.ts'
import { route } from './route.ts'

export const readMetrics = route({
  method: 'GET',
  url: '/metrics',
  config: { frequent: true, permission: 'metrics.read' },
  schema: {
    operationId: 'readMetrics',
    summary: 'Read metrics for Prometheus',
    description:
      "In Prometheus' text format. Callers who may see all federations get all figures of the service; " +
      'others the deployments, units, drift and orphans of the federations that they may see.',
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
  handler: () => async ({ server, visible }, reply) => {
    const { type, text } = await server.scrape(visible)
    return reply.type(type).send(text)
  }
})
