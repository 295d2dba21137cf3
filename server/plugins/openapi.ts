import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { type FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { completeDocument } from '../openapi/complete.ts'
import { describeRoute, type DescribedSchema } from '../openapi/routes.ts'
import { problems } from '../routes/responses.ts'

/**
 * The OpenAPI 3.1 document of the routes that are registered after this plugin: `/openapi.json`,
 * and to read at `/docs`.
 */
export const openapiPlugin = fastifyPlugin<{ version: string }>(async (app, { version }) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Windlass',
        version,
        description:
          'Deploys multi-cloud federations of Kubernetes clusters, rehearsed offline or live. Errors are ' +
          'problem documents (RFC 9457): decide by `code`. ' +
          'An error of kind invalid is 400, refused 403 (the service was started without live mode), not ' +
          'found 404, conflict 409, a reused Idempotency-Key with another body 422, unavailable 503 with ' +
          'Retry-After.'
      },
      tags: [
        { name: 'deployments', description: 'Launch, follow and steer deployments' },
        { name: 'federations', description: 'What can be deployed, and what is' },
        { name: 'access', description: 'Who may do what: tokens and sessions' },
        { name: 'service', description: 'The service itself' }
      ],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description:
              'An API token, or a token of an issuer that the service believes. A service that listens ' +
              'to its own machine only asks for none.'
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-windlass',
            description: 'A session of the dashboard; over plain http the cookie is called windlass.'
          }
        }
      }
    },
    transform: ({ schema, url, route }) => ({
      schema: describeRoute(schema as DescribedSchema | undefined, route),
      url
    }),
    transformObject: (made) =>
      completeDocument('openapiObject' in made ? made.openapiObject : made.swaggerObject) as ReturnType<
        SwaggerTransformObject
      >,
    refResolver: {
      buildLocalReference: (json, _baseUri, _fragment, index) =>
        typeof json.$id === 'string' ? json.$id : `schema-${index}`
    }
  })
  // The document says nothing about an installation, and whoever has no token yet reads here how to
  // get one.
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = Object.assign(route.config ?? {}, { permission: 'open' as const })
    })
    await docs.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  })
  app.get('/openapi.json', {
    config: { permission: 'open' },
    schema: {
      operationId: 'readApiDocument',
      summary: 'Read this document',
      description: 'The OpenAPI 3.1 document of the service; /docs shows it to people.',
      tags: ['service'],
      response: {
        200: { type: 'object', additionalProperties: true, description: 'The document' },
        ...problems()
      }
    }
  }, async () => (app as FastifyInstance).swagger())
}, { name: 'openapi' })
