import { type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { HttpError } from '../errors.ts'
import { FairGate } from '../fair-gate.ts'
import { isLongPage, sliceRows, writtenPage } from '../written-page.ts'

/**
 * Long lists that are made at once, and that wait; callers take turns. Two: one is written while
 * the database reads the other. To wait costs a connection, which has a bound of its own.
 */
const atOnce = { atOnce: 2, waiting: 1_000 }

/** Tells whether a request asks for a list so long that it waits for its turn. */
function asksLong ({ query }: FastifyRequest): boolean {
  const { limit } = query as { limit?: unknown }
  return typeof limit === 'number' && limit > sliceRows
}

/**
 * Has long lists made one after the other and written in slices, so that ten of them hold up
 * nobody else.
 */
export const longListsPlugin = fastifyPlugin(async (app) => {
  const gate = new FairGate(atOnce)
  const leaves = new WeakMap<FastifyRequest, () => void>()
  app.addHook('preHandler', async (request, reply) => {
    if (!asksLong(request)) return
    const leave = await gate.enter(request.principal.actor.subject)
    if (!leave) throw new HttpError('http-overloaded', {})
    leaves.set(request, leave)
    // Also when the client went away meanwhile.
    if (reply.raw.destroyed) leave()
    else reply.raw.once('close', leave)
  })
  app.addHook('preSerialization', async (request, reply, payload: unknown) => {
    if (request.routeOptions.config.etag || !isLongPage(payload)) return payload
    const text = await writtenPage(payload)
    reply.serializer(() => text)
    return payload
  })
  // A slow reader of the answer keeps no other waiting.
  app.addHook('onSend', async (request) => {
    leaves.get(request)?.()
  })
}, { name: 'long-lists', dependencies: ['access'] })
