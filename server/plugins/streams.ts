import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborts when the service shuts down: streams end, their clients come back by Last-Event-ID. */
    closing: AbortSignal
    /** How many event streams are open. */
    openStreams: { count: number }
  }
}

/** Milliseconds between looks for connections that have become idle while the service closes. */
const idleCheck = 50

/**
 * Lets long answers end when the service closes, before the server stops to accept and waits for what is under way. A connection whose answer ends only then would stay open for its
 * keep-alive time, so idle ones are closed until none is left.
 */
export const streamsPlugin = fastifyPlugin(async (app) => {
  const controller = new AbortController()
  app.decorate('closing', controller.signal)
  app.decorate('openStreams', { count: 0 })
  let timer: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    controller.abort()
    timer = setInterval(() => { app.server.closeIdleConnections() }, idleCheck)
  })
  app.addHook('onClose', async () => { clearInterval(timer) })
}, { name: 'streams' })
