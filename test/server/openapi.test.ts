import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Check } from 'typebox/schema'
import { pages } from '../../server/plugins/dashboard.ts'
import { routes } from '../../server/routes.ts'
import { created } from '../fixtures/events.ts'
import { startServer, type Fields, type Server } from '../fixtures/server/server.ts'

interface Media {
  schema?: object
  example?: unknown
  examples?: Record<string, { $ref?: string, value?: unknown }>
}
interface Operation {
  security?: object[]
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  requestBody?: { required?: boolean, content: Record<string, Media> }
  parameters?: { name: string, in: string, schema: object, example?: unknown }[]
  responses: Record<
    string,
    { description?: string, headers?: Record<string, unknown>, content?: Record<string, Media> }
  >
}
interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>, examples: Record<string, { value: Fields }> }
}

/** Routes that others rely on: none is ever taken away. */
const contract = [
  'post /v1/deployments',
  'get /v1/deployments',
  'get /v1/deployments/{id}',
  'get /v1/deployments/{id}/units',
  'get /v1/deployments/{id}/units/{unit}',
  'get /v1/deployments/{id}/validation',
  'get /v1/deployments/{id}/gates',
  'get /v1/audit',
  'get /v1/audit/export',
  'get /v1/audit/verification',
  'get /v1/deployments/{id}/policy-findings',
  'get /v1/deployments/{id}/drift',
  'get /v1/deployments/{id}/changes',
  'get /v1/deployments/{id}/events',
  'post /v1/deployments/{id}/cancel',
  'post /v1/deployments/{id}/resume',
  'post /v1/deployments/{id}/approve',
  'post /v1/deployments/{id}/reject',
  'get /v1/federations',
  'get /v1/federations/{name}',
  'get /v1/federations/{name}/plan',
  'get /v1/federations/{name}/outputs',
  'get /v1/federations/{name}/stacks',
  'get /v1/federations/{name}/stacks/{stack}/state',
  'get /v1/session',
  'post /v1/session',
  'delete /v1/session',
  'get /v1/session/login',
  'get /v1/session/callback',
  'post /v1/tokens',
  'get /v1/tokens',
  'delete /v1/tokens/{token}',
  'post /v1/hooks/{name}',
  'get /v1/hooks/{name}/deliveries',
  'get /v1/notifications',
  'get /v1/approvals',
  'post /v1/notifications/{notification}/resend',
  'get /v1/federations/{name}/schedules',
  'get /v1/federations/{name}/windows',
  'post /v1/deployments/{id}/override-window',
  'get /healthz',
  'get /readyz',
  'get /metrics',
  'get /openapi.json'
]

async function documentOf ({ call }: Server): Promise<Document> {
  return (await call('GET', '/openapi.json')).body as Document
}

/** A schema with its references replaced by what they refer to. */
function resolved (document: Document, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((item) => resolved(document, item))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $ref } = schema as { $ref?: string }
  if ($ref === undefined) {
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolved(document, value)]))
  }
  const target = $ref.split('/').slice(1).reduce<unknown>(
    (inside, part) => (inside as Fields | undefined)?.[part],
    document
  )
  assert.ok(target, `${$ref} points at nothing`)
  return resolved(document, target)
}

test('the document is OpenAPI 3.1 and has each route with documented answers', async (context) => {
  const document = await documentOf(await startServer(context))
  assert.equal(document.openapi, '3.1.0')
  const found = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`)
  )
  const listed = routes.map(({ method, url }) =>
    `${method.toLowerCase()} ${url.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`
  )
  assert.deepEqual(found.sort(), listed.sort())
  assert.deepEqual(contract.filter((route) => !listed.includes(route)), [])
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      assert.ok(operation.summary && operation.tags?.length, `${method} ${path} says what it does`)
      assert.ok(
        operation.responses['500']?.content?.['application/problem+json'],
        `${method} ${path} documents its errors`
      )
      for (const [status, response] of Object.entries(operation.responses)) {
        assert.ok(
          response.description && response.description !== 'Default Response',
          `${method} ${path} describes ${status}`
        )
      }
    }
  }
  resolved(document, document.paths)
  resolved(document, document.components.schemas)
})

const operationsOf = (document: Document) =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ name: `${method} ${path}`, operation }))
  )

test('each registered route that is not a page or one of its files is in the document', async (context) => {
  const server = await startServer(context)
  const document = await documentOf(server)
  const documented = operationsOf(document).map(({ name }) => name)
  const hidden = [
    /^get \/docs(\/|$)/,
    /^get \/assets\//,
    ...pages.map((page) => new RegExp(`^get ${page.replace('*', '\\*')}$`))
  ]
  const registered = server.app.guardedRoutes.filter(({ method }) => method !== 'HEAD').map((
    { method, url }
  ) => `${method.toLowerCase()} ${url.replaceAll(/:([A-Za-z]+)/g, '{$1}')}`)
  assert.deepEqual(
    registered.filter((route) =>
      !documented.includes(route) && !hidden.some((pattern) => pattern.test(route))
    ),
    []
  )
})

test('each operation has an id, a summary, a description, and examples that fit', async (context) => {
  const document = await documentOf(await startServer(context))
  const operations = operationsOf(document)
  const ids = operations.map(({ operation }) => operation.operationId)
  assert.ok(ids.every((id) => id !== undefined && /^[a-z][A-Za-z]+$/.test(id)), ids.join(', '))
  assert.equal(new Set(ids).size, ids.length)
  const fits = (name: string, schema: object | undefined, value: unknown) => {
    assert.ok(
      schema && Check(resolved(document, schema) as object, value),
      `${name}: ${JSON.stringify(value)} does not fit its schema`
    )
  }
  for (const { name, operation } of operations) {
    assert.ok(operation.summary && operation.description, `${name} says what it does`)
    for (const { name: parameter, schema, example } of operation.parameters ?? []) {
      if (example !== undefined) fits(`${name}, ${parameter}`, schema, example)
    }
    for (const { schema, examples } of Object.values(operation.requestBody?.content ?? {})) {
      assert.ok(
        examples && Object.keys(examples).length > 0,
        `${name} has examples of its body`
      )
      for (const [example, { value }] of Object.entries(examples)) {
        fits(`${name}, body ${example}`, schema, value)
      }
    }
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      for (const [type, { schema, example, examples = {} }] of Object.entries(content)) {
        const given = type === 'application/problem+json'
          ? Object.values(examples).map(({ $ref = '' }) =>
            document.components.examples[$ref.replace('#/components/examples/', '')]?.value
          )
          : [example]
        assert.ok(
          given.length > 0 && given.every((value) => value !== undefined),
          `${name} has an example of ${status} ${type} (examples of the route; an error's code in problems())`
        )
        for (const value of given) fits(`${name}, ${status} ${type}`, schema, value)
      }
    }
  }
})

test('an error answer lists its codes, each with the status that it is answered with', async (context) => {
  const document = await documentOf(await startServer(context))
  for (const { name, operation } of operationsOf(document)) {
    const { responses } = operation
    for (const [status, { content }] of Object.entries(responses)) {
      for (const code of Object.keys(content?.['application/problem+json']?.examples ?? {})) {
        assert.equal(String(document.components.examples[code]?.value.status), status, `${name}: ${code}`)
      }
    }
    if (operation.security?.length) {
      assert.ok(responses['401'] && responses['403'] && responses['503'], `${name} asks for a permission`)
    }
  }
  assert.deepEqual(Object.keys(document.paths['/v1/deployments']?.post?.responses ?? {}), [
    '202',
    '400',
    '401',
    '403',
    '404',
    '408',
    '409',
    '413',
    '415',
    '422',
    '429',
    '431',
    '500',
    '503'
  ])
})

test('answers are what the document says', async (context) => {
  const server = await startServer(context)
  const document = await documentOf(server)
  const id = await server.launch()
  server.automation.emit(id, { type: 'deployment.started', run: 1 }, {
    type: 'unit.failed',
    phase: 1,
    unit: 'prerequisites.global',
    attempt: 1,
    resourceChanges: created(0),
    error: { code: 'x', message: 'it failed', retryable: false }
  }, { type: 'deployment.failed' })
  const calls: [string, string, string, unknown?][] = [
    ['post', '/v1/deployments', '/v1/deployments', { federation: 'nautilus', operation: 'up' }],
    ['post', '/v1/deployments', '/v1/deployments', { federation: 7 }],
    ['get', '/v1/deployments', '/v1/deployments'],
    ['get', '/v1/deployments/{id}', `/v1/deployments/${id}`],
    ['get', '/v1/deployments/{id}', '/v1/deployments/none'],
    ['get', '/v1/deployments/{id}/units', `/v1/deployments/${id}/units`],
    ['get', '/v1/deployments/{id}/units/{unit}', `/v1/deployments/${id}/units/mesh.global`],
    ['get', '/v1/deployments/{id}/events', `/v1/deployments/${id}/events`],
    ['post', '/v1/deployments/{id}/resume', `/v1/deployments/${id}/resume`],
    ['post', '/v1/deployments/{id}/resume', `/v1/deployments/${id}/resume`],
    ['post', '/v1/deployments/{id}/approve', `/v1/deployments/${id}/approve`, { phase: 0 }],
    ['get', '/v1/federations', '/v1/federations'],
    ['get', '/v1/federations/{name}', '/v1/federations/nautilus'],
    ['get', '/v1/federations/{name}', '/v1/federations/wreck'],
    ['get', '/v1/federations/{name}/plan', '/v1/federations/nautilus/plan'],
    ['get', '/v1/federations/{name}/outputs', '/v1/federations/nautilus/outputs'],
    ['get', '/v1/federations/{name}/stacks', '/v1/federations/nautilus/stacks'],
    ['get', '/v1/federations/{name}/stacks/{stack}/state', '/v1/federations/nautilus/stacks/a/state'],
    ['get', '/v1/notifications', '/v1/notifications?status=dead'],
    ['get', '/healthz', '/healthz'],
    ['get', '/readyz', '/readyz']
  ]
  for (const [method, path, address, body] of calls) {
    const answer = await server.call(method.toUpperCase(), address, { body })
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const schema = document.paths[path]?.[method]?.responses[String(answer.status)]?.content?.[type]?.schema
    assert.ok(schema, `${method} ${address} answers ${answer.status} ${type}, which is not documented`)
    assert.ok(
      Check(resolved(document, schema) as object, answer.body),
      `${method} ${address}: ${JSON.stringify(answer.body as Fields)}`
    )
  }
})
