import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the service shuts down: streams end, their clients come back by Last-Event-ID. */
    closing: AbortSignal
    /** How many event streams are open. */
    openStreams: { count: number }
  }
}

/** Lets long answers end when the service closes: before the server stops to accept and waits for what is under way. */
export const streamsPlugin = fastifyPlugin(async (app) => {
  const controller = new AbortController()
  app.decorate('closing', controller.signal)
  app.decorate('openStreams', { count: 0 })
  app.addHook('preClose', async () => { controller.abort() })
}, { name: 'streams' })
