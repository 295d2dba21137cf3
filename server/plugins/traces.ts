import {
  ATTR_CLIENT_ADDRESS,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME
} from '@opentelemetry/semantic-conventions'
import fastifyPlugin from 'fastify-plugin'
import { contextOf, underTrace, type OpenSpan, type Tracing } from '../../automation/index.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The span of the request, where the service sends traces. */
    span?: OpenSpan
  }
}

/**
 * Makes a span for each request, below the caller's `traceparent`. Requests that machines repeat
 * every few seconds (`frequent`, and what is polled by its ETag) get one only when their caller
 * traces them: probes, scrapes and polls would be most of all traces. Spans have addresses without
 * their query.
 */
export const tracesPlugin = fastifyPlugin<{ tracing: Tracing }>(async (app, { tracing }) => {
  app.addHook('onRequest', (request, reply, done) => {
    const { method, url, protocol, ip, raw } = request
    const { url: route, config } = request.routeOptions
    const { traceparent } = request.headers
    const parent = contextOf(typeof traceparent === 'string' ? traceparent : undefined)
    if ((config.frequent || config.etag) && !parent?.sampled) {
      done()
      return
    }
    const span = tracing.start(route === undefined ? method : `${method} ${route}`, {
      kind: 'server',
      ...(parent !== undefined && { parent }),
      attributes: {
        [ATTR_HTTP_REQUEST_METHOD]: method,
        [ATTR_URL_SCHEME]: protocol,
        [ATTR_URL_PATH]: url.split('?', 1)[0] ?? '',
        [ATTR_CLIENT_ADDRESS]: ip,
        [ATTR_NETWORK_PROTOCOL_VERSION]: raw.httpVersion,
        ...(route !== undefined && { [ATTR_HTTP_ROUTE]: route }),
        'windlass.request_id': request.id
      }
    })
    request.span = span
    // Also when the caller goes away during the answer.
    reply.raw.once('close', () => {
      span.set({ [ATTR_HTTP_RESPONSE_STATUS_CODE]: reply.statusCode })
      // By the conventions, mistakes of callers are no errors of the server.
      span.end(
        reply.statusCode >= 500
          ? { code: request.problemCode ?? String(reply.statusCode), message: `answered ${reply.statusCode}` }
          : undefined
      )
    })
    underTrace(span.context, done)
  })
  // The arrival of the body and the end of the answer are events of the socket, which have lost the
  // trace of the request.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.span) underTrace(request.span.context, done)
    else done()
  })
  app.addHook('onResponse', (request, _reply, done) => {
    if (request.span) underTrace(request.span.context, done)
    else done()
  })
}, { name: 'traces' })
