import fastifyPlugin from 'fastify-plugin'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Health } from '../../automation/index.ts'
import { createFigureMetrics, federationMetrics } from '../metrics/figures.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Reads metrics in Prometheus' text format: all, or those of the federations that a caller may
     * see.
     */
    scrape(visible: { federations?: string[] }): Promise<{ type: string, text: string }>
  }
  interface FastifyContextConfig {
    /** The answer lasts as long as its client stays: its duration says nothing. */
    endless?: boolean
  }
}

/**
 * Prometheus metrics: of the process, of requests, and the automation room's figures, which are
 * read when they are asked for. `work` has the metrics of its work.
 */
export const metricsPlugin = fastifyPlugin<
  { automation: Pick<Health, 'figures' | 'federationFigures'>, work?: Registry }
>(
  async (app, { automation, work }) => {
    const registry = new Registry()
    const registers = [registry]
    collectDefaultMetrics({ register: registry })
    const durations = new Histogram({
      name: 'windlass_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer, event streams aside',
      labelNames: ['method', 'route', 'status'],
      // Reads take about a millisecond, launches tens of them; after ten seconds a client has given
      // up.
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers
    })
    const figures = {
      automation,
      onFailure: (error: unknown) => {
        app.log.warn({ err: error }, 'the figures for metrics cannot be read')
      }
    }
    const readFigures = createFigureMetrics(registry, figures)
    const streams = new Gauge({ name: 'windlass_event_streams', help: 'Open event streams', registers })

    app.decorate('scrape', async ({ federations }: { federations?: string[] }) => {
      if (federations) return await federationMetrics(figures, federations)
      streams.set(app.openStreams.count)
      await readFigures()
      const all = work ? Registry.merge([registry, work]) : registry
      return { type: registry.contentType, text: await all.metrics() }
    })
    app.addHook('onResponse', async (request, reply) => {
      const { url, config } = request.routeOptions
      if (config.endless) return
      durations.observe(
        { method: request.method, route: url ?? 'none', status: reply.statusCode },
        reply.elapsedTime / 1000
      )
    })
  },
  { name: 'metrics', dependencies: ['streams'] }
)
