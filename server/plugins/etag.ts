import { createHash } from 'node:crypto'
import fastifyPlugin from 'fastify-plugin'
import { isLongPage, writtenPage } from '../written-page.ts'

interface Written {
  text: string
  tag: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer has a strong ETag of its content; a matching If-None-Match gives 304. */
    etag?: boolean
  }
  interface FastifyRequest {
    /** The serialized answer, on a route with an ETag. */
    written: Written | undefined
  }
}

/** Tells whether an If-None-Match header names the tag (weak comparison, as RFC 9110 asks for). */
export function matches (header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' ||
    header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag)
}

/** Adds an ETag to the answers of routes with `etag`. Clients may keep them, but ask each time. */
export const etagPlugin = fastifyPlugin(async (app) => {
  // Clients that poll one thing at the same time get the same object: it is serialized and hashed
  // once.
  const written = new WeakMap<object, Written>()
  app.decorateRequest('written')

  app.addHook('preSerialization', async (request, reply, payload: unknown) => {
    if (
      !request.routeOptions.config.etag || reply.statusCode !== 200 || typeof payload !== 'object' ||
      payload === null
    ) return payload
    let known = written.get(payload)
    if (!known) {
      const text = isLongPage(payload) ? await writtenPage(payload) : JSON.stringify(payload)
      known = { text, tag: `"${createHash('sha256').update(text).digest('base64url')}"` }
      written.set(payload, known)
    }
    const { text } = known
    request.written = known
    reply.serializer(() => text)
    return payload
  })

  app.addHook('onSend', (request, reply, payload, done) => {
    const answer = request.written
    if (!answer || reply.statusCode !== 200) return done(null, payload)
    reply.header('etag', answer.tag).header('cache-control', 'private, no-cache')
    if (!matches(request.headers['if-none-match'], answer.tag)) return done(null, payload)
    reply.code(304).removeHeader('content-type')
    done(null, null)
  })
}, { name: 'etag' })
