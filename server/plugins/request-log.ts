import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked for every few seconds by machines: logged at debug only. */
    frequent?: boolean
  }
}

/** One line for each request when it ends, bound to the deployment it is about. Addresses are logged without their query. */
export const requestLogPlugin = fastifyPlugin(async (app) => {
  app.addHook('onRequest', async (request) => {
    const { id } = request.params as { id?: string }
    if (id !== undefined && request.routeOptions.url?.startsWith('/v1/deployments/:id')) request.log = request.log.child({ deployment: id })
  })
  app.addHook('onResponse', async (request, reply) => {
    const line = { method: request.method, path: request.url.split('?', 1)[0], status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime * 10) / 10 }
    request.log[request.routeOptions.config.frequent ? 'debug' : 'info'](line, 'request')
  })
}, { name: 'request-log' })
