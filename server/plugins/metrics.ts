import fastifyPlugin from 'fastify-plugin'
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { type Health } from '../../automation/index.ts'
import { problems } from '../routes/responses.ts'

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Registry
  }
  interface FastifyContextConfig {
    /** The answer lasts as long as its client stays: its duration says nothing. */
    endless?: boolean
  }
}

/**
 * Prometheus metrics: the process', the requests', and the automation room's figures, read when
 * they are asked for.
 */
export const metricsPlugin = fastifyPlugin<{ automation: Health, work?: Registry }>(
  async (app, { automation, work }) => {
    const registry = new Registry()
    const registers = [registry]
    collectDefaultMetrics({ register: registry })
    const durations = new Histogram({
      name: 'windlass_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer, event streams aside',
      labelNames: ['method', 'route', 'status'],
      // Reads take about a millisecond, launches tens of them; beyond ten seconds a client has
      // given up.
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers
    })
    const gauge = (name: string, help: string, labelNames: string[] = []) =>
      new Gauge({ name, help, labelNames, registers })
    const deployments = gauge('windlass_deployments', 'Deployments by status', ['status'])
    const units = gauge('windlass_units', 'Units of deployments under way, by phase and status', [
      'phase',
      'status'
    ])
    const hosts = gauge('windlass_unit_hosts', 'Unit hosts by state', ['state'])
    const memory = gauge('windlass_unit_host_memory_bytes', 'Resident memory of each unit host', ['host'])
    const connections = gauge(
      'windlass_database_connections',
      'Database connections of this process by state',
      ['state']
    )
    const drift = gauge(
      'windlass_drift_resources',
      'Resources that differed from the state at the latest drift check of a federation, by kind; world ' +
        'is empty for live',
      ['federation', 'mode', 'world', 'kind']
    )
    const checked = gauge(
      'windlass_drift_checked_timestamp_seconds',
      'When the latest drift check of a federation ended, seconds since 1970',
      ['federation', 'mode', 'world']
    )
    const up = gauge('windlass_figures_up', '1 when the figures above could be read')
    const streams = gauge('windlass_event_streams', 'Open event streams')

    async function refresh () {
      streams.set(app.openStreams.count)
      try {
        const figures = await automation.figures()
        deployments.reset()
        for (const [status, count] of Object.entries(figures.deployments)) deployments.set({ status }, count)
        units.reset()
        for (const { phase, status, count } of figures.units) units.set({ phase, status }, count)
        drift.reset()
        checked.reset()
        for (const { federation, mode, world = '', checkedAt, counts } of figures.drift) {
          const place = { federation, mode, world }
          for (const kind of ['changed', 'output', 'missing'] as const) {
            drift.set({ ...place, kind }, counts[kind])
          }
          drift.set(
            { ...place, kind: 'ignored' },
            counts.ignored.changed + counts.ignored.output + counts.ignored.missing
          )
          checked.set(place, Date.parse(checkedAt) / 1000)
        }
        hosts.set({ state: 'busy' }, figures.hosts.busy)
        hosts.set({ state: 'idle' }, figures.hosts.total - figures.hosts.busy)
        memory.reset()
        figures.hosts.memoryBytes.forEach((bytes, host) => {
          memory.set({ host }, bytes)
        })
        for (const state of ['total', 'idle', 'waiting'] as const) {
          connections.set({ state }, figures.pool[state])
        }
        up.set(1)
      } catch (error) {
        // A scrape must go on when the database is away: that is when it is looked at.
        app.log.warn({ err: error }, 'figures can not be read')
        up.set(0)
      }
    }

    app.decorate('metrics', registry)
    app.addHook('onResponse', async (request, reply) => {
      const { url, config } = request.routeOptions
      if (!config.endless) {
        durations.observe(
          { method: request.method, route: url ?? 'none', status: reply.statusCode },
          reply.elapsedTime / 1000
        )
      }
    })
    app.get('/metrics', {
      config: { frequent: true, permission: 'metrics.read' },
      schema: {
        operationId: 'readMetrics',
        summary: 'Metrics for Prometheus',
        description: "All figures of the service, in Prometheus' text format.",
        tags: ['service'],
        response: {
          200: {
            description: 'Prometheus text format',
            content: { 'text/plain': { schema: { type: 'string' } } }
          },
          ...problems()
        }
      }
    }, async (_request, reply) => {
      await refresh()
      return reply.type(registry.contentType).send(
        await (work ? Registry.merge([registry, work]) : registry).metrics()
      )
    })
  },
  { name: 'metrics', dependencies: ['streams'] }
)
