import { randomUUID } from 'node:crypto'
import { type IncomingMessage } from 'node:http'
import fastifyPlugin from 'fastify-plugin'

// Long enough for W3C trace ids and two UUIDs, and nothing that could forge a log line or header.
const sane = /^[A-Za-z0-9._:-]{1,128}$/

/** The caller's `x-request-id` when it is sane, else a fresh one. */
export function requestIdOf (request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && sane.test(given) ? given : randomUUID()
}

/** Every answer names its request. */
export const requestIdsPlugin = fastifyPlugin(async (app) => {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
}, { name: 'request-ids' })
