import { problems } from './responses.ts'
import { route } from './route.ts'

export const readApiDocument = route({
  method: 'GET',
  url: '/openapi.json',
  // It says nothing about an installation, and tells callers without a token how to get one.
  config: { permission: 'open' },
  schema: {
    operationId: 'readApiDocument',
    summary: 'Read this document',
    description: 'The OpenAPI 3.1 document of the service; /docs shows it as a page.',
    tags: ['service'],
    response: {
      200: { type: 'object', additionalProperties: true, description: 'The document' },
      ...problems()
    }
  },
  examples: {
    answers: { 200: { openapi: '3.1.0', info: { title: 'Windlass', version: '0.1.0' }, paths: {} } }
  },
  handler: () => (request, reply) => request.server.apiDocument.answer(request, reply)
})
