import { finished, Readable } from 'node:stream'
import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Deployments, type Events, eventsRemoved } from '../../automation/index.ts'
import { eventForms, eventSchema } from '../../contract/event.ts'
import { eventsQuerySchema, mostEvents } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { endedStatuses } from '../../contract/words.ts'
import { negotiate } from '../accept.ts'
import { deploymentScope } from '../access/scopes.ts'
import { HttpError, invalidRequest } from '../errors.ts'
import { newlineDelimited, render, serverSentEvents } from '../event-stream.ts'
import { deploymentParams } from './deployments.ts'
import { problems } from './responses.ts'

/**
 * Milliseconds between looks whether whoever reads a stream still may: how long a revoked token may
 * go on reading.
 */
const recheckInterval = 30_000

/** Where a reader goes on: a Last-Event-ID is newer than the address it reconnects to. */
function positionOf (lastEventId: string | undefined, after: number): number {
  if (lastEventId === undefined || lastEventId === '') return after
  if (/^\d{1,10}$/.test(lastEventId) && Number(lastEventId) <= mostEvents) return Number(lastEventId)
  throw invalidRequest([{
    path: 'last-event-id',
    field: 'last-event-id',
    message: `is ${JSON.stringify(lastEventId.slice(0, 60))}`,
    expected: `the id of the last event seen: a whole number from 0 to ${mostEvents}`
  }])
}

/** A deployment's events: as a stream (server-sent events or NDJSON) or page by page. */
export const eventRoutes: FastifyPluginAsyncTypebox<
  { automation: Deployments & Events, heartbeatMilliseconds?: number, recheckMilliseconds?: number }
> = async (app, { automation, heartbeatMilliseconds, recheckMilliseconds = recheckInterval }) => {
  const stream = { schema: { type: 'string' } }

  app.get('/v1/deployments/:id/events', {
    config: { endless: true, permission: 'deployments.read', scope: deploymentScope },
    exposeHeadRoute: false,
    schema: {
      operationId: 'listEvents',
      summary: "Read a deployment's events",
      description:
        'As text/event-stream or application/x-ndjson they come as they are stored and the stream ends ' +
        'after the final event; as application/json they are a page. ' +
        'Streams resume after the seq in Last-Event-ID, or in `after`. Events are kept for a time after ' +
        'the deployment has ended: 410 says which are.',
      tags: ['deployments'],
      params: deploymentParams,
      querystring: eventsQuerySchema,
      headers: {
        type: 'object',
        properties: { 'last-event-id': { type: 'string', description: 'the seq of the last event seen' } }
      },
      response: {
        200: {
          description: 'The events after `after`',
          content: {
            'application/json': { schema: page(ref(eventSchema), 'events') },
            'text/event-stream': stream,
            'application/x-ndjson': stream
          }
        },
        204: {
          type: 'null',
          description: 'The deployment has ended and there is nothing after that event: do not reconnect'
        },
        ...problems('deployment-not-found', 'events-removed', 'http-not-acceptable')
      }
    }
  }, async (request, reply) => {
    const { params: { id }, query: { after = 0, limit = 100 } } = request
    // JSON is what a client gets that does not say what it wants.
    const form = negotiate(
      request.headers.accept,
      ['application/json', 'text/event-stream', 'application/x-ndjson'] satisfies typeof eventForms[number][]
    )
    if (form === undefined) {
      throw new HttpError(
        'http-not-acceptable',
        `events can not be given as ${request.headers.accept ?? ''}: expected ${eventForms.join(', ')}`
      )
    }
    const position = positionOf(request.headers['last-event-id'] as string | undefined, after)
    reply.header('vary', 'accept')
    if (form === 'application/json') {
      return reply.header('cache-control', 'no-store').send(
        await automation.events(id, { after: position, limit })
      )
    }

    const { status, lastEvent, eventsFrom = 1 } = await automation.deployment(id)
    // Once a stream has begun it can only break.
    if (position < eventsFrom - 1) throw eventsRemoved(id, { eventsFrom, lastEvent })
    if (endedStatuses.includes(status) && position >= lastEvent) return reply.code(204).send(null)
    const gone = new AbortController()
    const signal = AbortSignal.any([gone.signal, app.closing])
    const close = app.openStream(request.principal.actor.subject)
    // Credentials that end, end what they opened; the client comes back with better ones, or not.
    const recheck = setInterval(() => {
      void app.stillPermitted(request).then((still) => {
        if (!still) gone.abort()
      })
    }, recheckMilliseconds)
    // Silence is no sign of a client that has gone, as long as there was nothing to tell it.
    reply.raw.on('timeout', () => {
      if (reply.raw.writableLength > 0) reply.raw.destroy()
    })
    finished(reply.raw, () => {
      clearInterval(recheck)
      close()
      gone.abort()
    })
    const batches = automation.follow(id, { after: position, signal })
    const pieces = render(batches, form === 'text/event-stream' ? serverSentEvents : newlineDelimited, {
      signal,
      closing: app.closing,
      ...(heartbeatMilliseconds && { heartbeatMilliseconds })
    })
    // One piece ahead at most: what a slow client has not taken stays in the store.
    // `x-accel-buffering` tells nginx not to collect the stream.
    return reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).type(form).send(
      Readable.from(pieces, { highWaterMark: 1 })
    )
  })
}
