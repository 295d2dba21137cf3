import { createHash } from 'node:crypto'
import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer has a strong ETag of its content; a matching If-None-Match gives 304. */
    etag?: boolean
  }
}

/** Whether an If-None-Match header names the tag (weak comparison, as RFC 9110 wants it there). */
export function matches (header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag)
}

/** Answers of routes that ask for it carry an ETag. Clients may keep them, but ask each time. */
export const etagPlugin = fastifyPlugin(async (app) => {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.routeOptions.config.etag || reply.statusCode !== 200 || typeof payload !== 'string') return payload
    const tag = `"${createHash('sha256').update(payload).digest('base64url')}"`
    reply.header('etag', tag).header('cache-control', 'private, no-cache')
    if (!matches(request.headers['if-none-match'], tag)) return payload
    reply.code(304).removeHeader('content-type')
    return null
  })
}, { name: 'etag' })
