/**
 * Adds to the document what the schemas of routes do not say: examples, headers, optional bodies.
 */
import { STATUS_CODES } from 'node:http'
import { problemType, type Problem } from '../../contract/problem.ts'
import { codesOf } from '../routes/responses.ts'
import { type Route, type RouteExamples } from '../routes/route.ts'
import { meanings, statusOfCode, type ProblemCode } from './error-codes.ts'
import { parameterExamples } from './parameters.ts'

interface Media {
  schema?: { type?: string | string[] }
  example?: unknown
  examples?: Record<string, unknown>
}
interface Answer {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, Media>
}
interface Parameter {
  name: string
  in: string
  example?: unknown
}
interface Operation {
  operationId?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean, content: Record<string, Media> }
  responses: Record<string, Answer>
}
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}

/** A problem document with this code. */
function problemExample (code: ProblemCode): { summary: string, value: Problem } {
  const status = statusOfCode(code)
  return {
    summary: meanings[code],
    value: {
      type: `urn:windlass:problem:${code}`,
      title: STATUS_CODES[status] ?? 'Error',
      status,
      code,
      detail: meanings[code],
      instance: '/v1/deployments',
      retryable: status === 408 || status === 429 || status >= 500,
      requestId: '5f0c8a3e-6e0e-4f5a-9d0c-2a4f3f0b7c11',
      ...(code === 'http-request-invalid' &&
        {
          errors: [{
            path: '/phases/from',
            field: 'phases.from',
            message: 'is the string "two"',
            expected: 'the first phase: a whole number from 1 to 8'
          }]
        })
    }
  }
}

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

function completeParameters (parameters: Parameter[], { parameters: own = {} }: RouteExamples): void {
  for (const parameter of parameters) {
    const example = own[parameter.name] ?? parameterExamples[parameter.name]
    if (example !== undefined) parameter.example = example
  }
}

function completeBody (body: NonNullable<Operation['requestBody']>, { body: examples }: RouteExamples): void {
  for (const media of Object.values(body.content)) {
    // A body that may be null may be left out.
    if ([media.schema?.type].flat().includes('null')) body.required = false
    if (examples) media.examples = examples
  }
}

function completeAnswer (answer: Answer, status: string, { answers, forms }: RouteExamples): void {
  answer.headers = {
    ...answer.headers,
    'x-request-id': reference('headers', 'RequestId'),
    ...(['429', '503'].includes(status) && { 'retry-after': reference('headers', 'RetryAfter') }),
    ...(status === '401' && { 'www-authenticate': reference('headers', 'WwwAuthenticate') })
  }
  for (const [type, media] of Object.entries(answer.content ?? {})) {
    if (type === problemType) {
      const codes = codesOf(answer)
      if (codes.length === 0) continue
      media.examples = Object.fromEntries(codes.map((code) => [code, reference('examples', code)]))
    } else {
      const example = type === 'application/json' ? answers?.[Number(status)] : forms?.[type]
      if (example !== undefined) media.example = example
    }
  }
}

const sharedHeaders = {
  RequestId: {
    description: "the request's id: the caller's own x-request-id when it is well formed",
    schema: { type: 'string' }
  },
  RetryAfter: {
    description: 'seconds to wait before trying again',
    schema: { type: 'string', pattern: '^\\d+$' }
  },
  WwwAuthenticate: { description: 'how to authenticate', schema: { type: 'string' } }
}

/**
 * The document with the examples of its routes. The given one, whose schemas are those of the
 * routes themselves, stays as it is.
 */
export function completeDocument (given: object, routes: readonly Route[]): ApiDocument {
  const document = structuredClone(given) as ApiDocument
  const examplesOf = new Map(routes.map(({ schema, examples }) => [schema.operationId, examples]))
  const used = new Set<string>()
  for (const { operationId = '', parameters = [], requestBody, responses } of operationsOf(document)) {
    const examples = examplesOf.get(operationId) ?? {}
    completeParameters(parameters, examples)
    if (requestBody) completeBody(requestBody, examples)
    for (const [status, answer] of Object.entries(responses)) {
      completeAnswer(answer, status, examples)
      for (const code of codesOf(answer)) used.add(code)
    }
  }
  document.components = {
    ...document.components,
    examples: Object.fromEntries([...used].sort().map((code) => [code, problemExample(code as ProblemCode)])),
    headers: sharedHeaders
  }
  return document
}

function operationsOf ({ paths }: ApiDocument): Operation[] {
  return Object.values(paths).flatMap((operations) => Object.values(operations))
}
