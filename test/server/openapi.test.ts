import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Check } from 'typebox/schema'
import { startServer, type Fields, type Server } from './fixtures/server.ts'

interface Operation { summary?: string, tags?: string[], responses: Record<string, { description?: string, content?: Record<string, { schema?: object }> }> }
interface Document { openapi: string, paths: Record<string, Record<string, Operation>>, components: { schemas: Record<string, object> } }

const contract = [
  'post /v1/deployments', 'get /v1/deployments', 'get /v1/deployments/{id}', 'get /v1/deployments/{id}/units', 'get /v1/deployments/{id}/units/{unit}', 'get /v1/deployments/{id}/validation', 'get /v1/deployments/{id}/gates', 'get /v1/deployments/{id}/policy-findings', 'get /v1/deployments/{id}/events',
  'post /v1/deployments/{id}/cancel', 'post /v1/deployments/{id}/resume', 'post /v1/deployments/{id}/approve', 'post /v1/deployments/{id}/reject',
  'get /v1/federations', 'get /v1/federations/{name}', 'get /v1/federations/{name}/plan', 'get /v1/federations/{name}/outputs', 'get /v1/federations/{name}/stacks', 'get /v1/federations/{name}/stacks/{stack}/state',
  'post /v1/hooks/{name}',
  'get /healthz', 'get /readyz', 'get /metrics'
]

async function documentOf ({ call }: Server): Promise<Document> {
  return (await call('GET', '/openapi.json')).body as Document
}

/** A schema with what it points at in place. */
function resolved (document: Document, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((item) => resolved(document, item))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref } = schema as { $ref?: string }
  if ($ref === undefined) return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolved(document, value)]))
  const target = document.components.schemas[$ref.replace('#/components/schemas/', '')]
  assert.ok(target, `${$ref} points at nothing`)
  return resolved(document, target)
}

test('the document is OpenAPI 3.1 and has each route of the contract with documented answers', async (context) => {
  const document = await documentOf(await startServer(context))
  assert.equal(document.openapi, '3.1.0')
  const found = Object.entries(document.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method} ${path}`))
  assert.deepEqual(found.sort(), [...contract].sort())
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      assert.ok(operation.summary && operation.tags?.length, `${method} ${path} says what it does`)
      assert.ok(operation.responses['500']?.content?.['application/problem+json'], `${method} ${path} documents its errors`)
      for (const [status, response] of Object.entries(operation.responses)) assert.ok(response.description && response.description !== 'Default Response', `${method} ${path} describes ${status}`)
    }
  }
  resolved(document, document.paths)
  resolved(document, document.components.schemas)
})

test('answers are what the document says', async (context) => {
  const server = await startServer(context)
  const document = await documentOf(server)
  const id = await server.launch()
  server.automation.emit(id, { type: 'deployment.started' }, { type: 'unit.failed', phase: 1, unit: 'prerequisites.global', error: { code: 'x' } }, { type: 'deployment.failed' })
  const calls: [string, string, string, unknown?][] = [
    ['post', '/v1/deployments', '/v1/deployments', { federation: 'nautilus', operation: 'up' }],
    ['post', '/v1/deployments', '/v1/deployments', { federation: 7 }],
    ['get', '/v1/deployments', '/v1/deployments'], ['get', '/v1/deployments/{id}', `/v1/deployments/${id}`], ['get', '/v1/deployments/{id}', '/v1/deployments/none'],
    ['get', '/v1/deployments/{id}/units', `/v1/deployments/${id}/units`], ['get', '/v1/deployments/{id}/units/{unit}', `/v1/deployments/${id}/units/mesh.global`],
    ['get', '/v1/deployments/{id}/events', `/v1/deployments/${id}/events`], ['post', '/v1/deployments/{id}/resume', `/v1/deployments/${id}/resume`],
    ['post', '/v1/deployments/{id}/resume', `/v1/deployments/${id}/resume`], ['post', '/v1/deployments/{id}/approve', `/v1/deployments/${id}/approve`, { phase: 0 }],
    ['get', '/v1/federations', '/v1/federations'], ['get', '/v1/federations/{name}', '/v1/federations/nautilus'], ['get', '/v1/federations/{name}', '/v1/federations/wreck'],
    ['get', '/v1/federations/{name}/plan', '/v1/federations/nautilus/plan'], ['get', '/v1/federations/{name}/outputs', '/v1/federations/nautilus/outputs'],
    ['get', '/v1/federations/{name}/stacks', '/v1/federations/nautilus/stacks'], ['get', '/v1/federations/{name}/stacks/{stack}/state', '/v1/federations/nautilus/stacks/a/state'],
    ['get', '/healthz', '/healthz'], ['get', '/readyz', '/readyz']
  ]
  for (const [method, path, address, body] of calls) {
    const answer = await server.call(method.toUpperCase(), address, { body })
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const schema = document.paths[path]?.[method]?.responses[String(answer.status)]?.content?.[type]?.schema
    assert.ok(schema, `${method} ${address} answers ${answer.status} ${type}, which is not documented`)
    assert.ok(Check(resolved(document, schema) as object, answer.body), `${method} ${address}: ${JSON.stringify(answer.body as Fields)}`)
  }
})
