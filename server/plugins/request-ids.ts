import { randomUUID } from 'node:crypto'
import { type IncomingMessage } from 'node:http'
import fastifyPlugin from 'fastify-plugin'
import { withoutSecrets } from '../../automation/index.ts'

// Long enough for W3C trace ids and two UUIDs, without characters that could forge a log line.
const wellFormed = /^[A-Za-z0-9._:-]{1,128}$/

/** The caller's `x-request-id` when it is well formed and no credential, else a new one. */
export function requestIdOf (request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && wellFormed.test(given) && withoutSecrets(given) === given
    ? given
    : randomUUID()
}

/** Adds the id of its request to every answer. */
export const requestIdsPlugin = fastifyPlugin(async (app) => {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
}, { name: 'request-ids' })
