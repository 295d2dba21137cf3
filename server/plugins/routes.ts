import { type FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { type Route, type RouteParts } from '../routes/route.ts'
import { sharedSchemas } from '../routes/shared-schemas.ts'

function register (
  app: FastifyInstance,
  { handler, before, bytes: _, examples: __, ...route }: Route,
  parts: RouteParts
): void {
  const check = before?.(parts)
  app.route({
    ...route,
    handler: handler(parts),
    ...(check && {
      onRequest: (request, _reply, done) => {
        check(request)
        done()
      }
    })
  })
}

/** Registers routes, and the schemas that their answers share. */
export const routesPlugin = fastifyPlugin<{ routes: readonly Route[], parts: RouteParts }>(
  async (app, { routes, parts }) => {
    for (const schema of sharedSchemas(routes)) app.addSchema(schema)
    for (const route of routes) {
      if (!route.bytes) {
        register(app, route, parts)
        continue
      }
      await app.register(async (raw) => {
        raw.removeAllContentTypeParsers()
        raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
          done(null, body)
        })
        register(raw, route, parts)
      })
    }
  },
  { name: 'routes' }
)
