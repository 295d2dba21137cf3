import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Requested every few seconds by machines: logged at debug only. */
    frequent?: boolean
  }
}

/**
 * Logs a line for each request when it ends, with the deployment that it is about. Addresses are
 * logged without their query.
 */
export const requestLogPlugin = fastifyPlugin(async (app) => {
  app.addHook('onResponse', (request, reply, done) => {
    const { config, url } = request.routeOptions
    // Pollers that find nothing new are machines that ask every few seconds, too.
    const level = config.frequent === true || reply.statusCode === 304 ? 'debug' : 'info'
    const { id } = request.params as { id?: string }
    const about = id !== undefined && url?.startsWith('/v1/deployments/:id') ? { deployment: id } : {}
    request.log[level]({
      ...about,
      method: request.method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10
    }, 'request')
    done()
  })
}, { name: 'request-log' })
