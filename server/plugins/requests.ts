import { type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { HttpError } from '../errors.ts'

/**
 * Decides how requests are read: bodies are JSON only (an empty one is no body), integers in query
 * strings are decimal digits, and a NUL character in the path is a 404, since no name has one.
 */
export const requestsPlugin = fastifyPlugin(async (app) => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request: FastifyRequest, body: string, done) => {
      if (body.trim() === '') done(null, undefined)
      else void parse(request, body, done)
    }
  )

  app.addHook('onRequest', (request, _reply, done) => {
    const broken = Object.values(request.params as Record<string, string>).some((value) =>
      value.includes('\u0000')
    )
    done(
      broken
        ? new HttpError('http-route-not-found', { wrong: 'one of its parts holds a NUL character' })
        : undefined
    )
  })

  app.addHook('preValidation', (request, _reply, done) => {
    const schema = request.routeOptions.schema?.querystring as {
      properties?: Record<string, { type?: string }>
    } | undefined
    const query = request.query as Record<string, unknown>
    for (const [name, property] of Object.entries(schema?.properties ?? {})) {
      const value = query[name]
      if (property.type === 'integer' && typeof value === 'string' && /^-?\d{1,16}$/.test(value)) {
        query[name] = Number(value)
      }
    }
    done()
  })
}, { name: 'requests' })
