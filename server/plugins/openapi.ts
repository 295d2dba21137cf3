import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastifyPlugin from 'fastify-plugin'
import { description, securitySchemes, tags } from '../openapi/about.ts'
import { completeDocument } from '../openapi/complete.ts'
import { describeRoute, type DescribedSchema } from '../openapi/routes.ts'
import { WrittenDocument } from '../openapi/written-document.ts'
import { type Route } from '../routes/route.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The OpenAPI document as it is answered. */
    apiDocument: WrittenDocument
  }
}

/**
 * Makes the OpenAPI 3.1 document of the routes that are registered after this plugin, and shows it
 * at `/docs`. `routes` have the examples.
 */
export const openapiPlugin = fastifyPlugin<{ version: string, routes: readonly Route[] }>(
  async (app, { version, routes }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Windlass', version, description },
        tags,
        components: { securitySchemes }
      },
      transform: ({ schema, url, route }) => ({
        schema: describeRoute(schema as DescribedSchema | undefined, route),
        url
      }),
      transformObject: (made) => {
        const document = 'openapiObject' in made ? made.openapiObject : made.swaggerObject
        return completeDocument(document, routes) as ReturnType<SwaggerTransformObject>
      },
      refResolver: {
        buildLocalReference: (json, _baseUri, _fragment, index) =>
          typeof json.$id === 'string' ? json.$id : `schema-${index}`
      }
    })
    const written = new WrittenDocument(() => app.swagger())
    app.decorate('apiDocument', written)
    // It says nothing about an installation, and tells callers without a token how to get one.
    await app.register(async (docs) => {
      docs.addHook('onRoute', (route) => {
        route.config = Object.assign(route.config ?? {}, { permission: 'open' as const })
        // The page's own address of the document, which it would write for each request.
        if (route.url === '/docs/json') route.handler = (request, reply) => written.answer(request, reply)
      })
      await docs.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
    })
  },
  { name: 'openapi' }
)
