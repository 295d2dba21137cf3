import { finished, Readable } from 'node:stream'
import { type FastifyReply, type FastifyRequest } from 'fastify'
import { eventsRemoved, type Deployments, type Events } from '../../automation/index.ts'
import { eventForms, eventSchema } from '../../contract/event.ts'
import { eventsQuerySchema, mostEvents } from '../../contract/query.ts'
import { page, ref } from '../../contract/schema.ts'
import { cutText } from '../../contract/text/cut.ts'
import { endedStatuses } from '../../contract/words.ts'
import { negotiate } from '../accept.ts'
import { deploymentScope } from '../access/scopes.ts'
import { HttpError, invalidRequest } from '../errors.ts'
import { newlineDelimited, render, serverSentEvents } from '../event-stream.ts'
import { eventExample } from './examples/deployment.ts'
import { eventLine, eventMessage } from './examples/event-streams.ts'
import { deploymentParams } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type RouteParts, type Uses } from './route.ts'

/**
 * Milliseconds between checks that the reader of a stream is still permitted to read it: how long
 * a stream outlives its token.
 */
const recheckInterval = 30_000

/** Position to continue from: a Last-Event-ID is newer than the address it reconnects to. */
function positionOf (lastEventId: string | undefined, after: number): number {
  if (lastEventId === undefined || lastEventId === '') return after
  if (/^\d{1,10}$/.test(lastEventId) && Number(lastEventId) <= mostEvents) return Number(lastEventId)
  throw invalidRequest([{
    path: 'last-event-id',
    field: 'last-event-id',
    message: `is ${JSON.stringify(cutText(lastEventId, 60))}`,
    expected: `the id of the last event seen: a whole number from 0 to ${mostEvents}`
  }])
}

/** JSON is what a client gets that does not say what it wants. */
function formOf ({ headers: { accept } }: FastifyRequest): typeof eventForms[number] {
  const form = negotiate(
    accept,
    ['application/json', 'text/event-stream', 'application/x-ndjson'] satisfies typeof eventForms[number][]
  )
  if (form !== undefined) return form
  throw new HttpError('http-not-acceptable', { accept: accept ?? '', forms: eventForms })
}

/**
 * Counts an open stream, and aborts when its client goes away, when its credentials end (the
 * client comes back with better ones, or not), or when the service closes.
 */
function openStream (
  request: FastifyRequest,
  { raw }: FastifyReply,
  recheckMilliseconds: number
): AbortSignal {
  const { server } = request
  const gone = new AbortController()
  const close = server.openStream(request.principal.actor.subject)
  const recheck = setInterval(() => {
    void server.stillPermitted(request).then((still) => {
      if (!still) gone.abort()
    })
  }, recheckMilliseconds)
  // Silence is no sign of a client that has gone, as long as there was nothing to send.
  raw.on('timeout', () => {
    if (raw.writableLength > 0) raw.destroy()
  })
  finished(raw, () => {
    clearInterval(recheck)
    close()
    gone.abort()
  })
  return AbortSignal.any([gone.signal, server.closing])
}

const text = { schema: { type: 'string' } }

export const listEvents = route({
  method: 'GET',
  url: '/v1/deployments/:id/events',
  config: { endless: true, permission: 'deployments.read', scope: deploymentScope },
  exposeHeadRoute: false,
  schema: {
    operationId: 'listEvents',
    summary: "Read a deployment's events",
    description:
      'As text/event-stream or application/x-ndjson: each event as it is stored, until the final one. As ' +
      'application/json: a page. A stream resumes after the seq in Last-Event-ID, or in `after`. Events ' +
      'are removed some time after the deployment has ended: 410 says which are kept.',
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
          'text/event-stream': text,
          'application/x-ndjson': text
        }
      },
      204: {
        type: 'null',
        description: 'The deployment has ended and has no event after that one: do not reconnect'
      },
      ...problems('deployment-not-found', 'events-removed', 'http-not-acceptable')
    }
  },
  examples: {
    parameters: { after: 0 },
    answers: { 200: { items: [eventExample] } },
    forms: { 'text/event-stream': eventMessage, 'application/x-ndjson': eventLine }
  },
  handler: (
    { automation, streams = {} }: Uses<Deployments & Events> & Pick<RouteParts, 'streams'>
  ) =>
  async (request, reply) => {
    const { params: { id }, query: { after = 0, limit = 100 } } = request
    const { heartbeatMilliseconds, recheckMilliseconds = recheckInterval } = streams
    const form = formOf(request)
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
    const signal = openStream(request, reply, recheckMilliseconds)
    const batches = automation.follow(id, { after: position, signal })
    const pieces = render(batches, form === 'text/event-stream' ? serverSentEvents : newlineDelimited, {
      signal,
      closing: request.server.closing,
      ...(heartbeatMilliseconds !== undefined && { heartbeatMilliseconds })
    })
    // One piece ahead at most: what a slow client has not taken stays in the store.
    // `x-accel-buffering` tells nginx not to collect the stream.
    return reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).type(form).send(
      Readable.from(pieces, { highWaterMark: 1 })
    )
  }
})
