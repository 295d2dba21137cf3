import fastifyPlugin from 'fastify-plugin'
import { clean } from '../../automation/index.ts'

/**
 * Takes credentials out of what callers type, before it is judged, stored or logged: comments,
 * reasons, names, faults. Open routes are left alone: signing in takes a credential in its body,
 * and bodies of webhooks are signed; little of them is kept.
 */
export const typedTextPlugin = fastifyPlugin(async (app) => {
  app.addHook('preValidation', (request, _reply, done) => {
    const { body, routeOptions: { config: { permission } } } = request
    if (permission !== 'open' && body !== null && typeof body === 'object' && !Buffer.isBuffer(body)) {
      request.body = clean(body)
    }
    done()
  })
}, { name: 'typed-text' })
