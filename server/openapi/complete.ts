/** Completes the document that the routes' schemas make: examples, headers, optional bodies. */
import { STATUS_CODES } from 'node:http'
import { problemType, type Problem } from '../../contract/problem.ts'
import { codesOf } from '../routes/responses.ts'
import { meanings, statusOfCode, type ProblemCode } from './error-codes.ts'
import {
  answerExamples,
  parameterExamples,
  requestExamples,
  schemaExamples,
  streamExamples
} from './examples.ts'

interface Schema {
  $ref?: string
  type?: string | string[]
  properties?: { items?: { items?: Schema } }
}
interface Media {
  schema?: Schema
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

/** A problem as it is answered, for each code. */
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

/** The example of what a schema points at, or of a page of it. */
function exampleOf (schema: Schema | undefined): unknown {
  const name = (ref: string | undefined) => ref?.split('/').at(-1) ?? ''
  const whole = schemaExamples[name(schema?.$ref)]
  if (whole !== undefined) return whole
  const item = schemaExamples[name(schema?.properties?.items?.items?.$ref)]
  return item === undefined ? undefined : { items: [item] }
}

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

function completeAnswer (operation: string, status: string, answer: Answer, used: Set<string>): void {
  const headers: Record<string, unknown> = {
    ...answer.headers,
    'x-request-id': reference('headers', 'RequestId')
  }
  if (status === '503' || status === '429') headers['retry-after'] = reference('headers', 'RetryAfter')
  if (status === '401') headers['www-authenticate'] = reference('headers', 'WwwAuthenticate')
  answer.headers = headers
  for (const [type, media] of Object.entries(answer.content ?? {})) {
    if (type === problemType) {
      const codes = codesOf(answer)
      for (const code of codes) used.add(code)
      if (codes.length > 0) {
        media.examples = Object.fromEntries(codes.map((code) => [code, reference('examples', code)]))
      }
      continue
    }
    const example = type === 'application/json'
      ? answerExamples[operation]?.[status] ?? exampleOf(media.schema)
      : streamExamples[type]
    if (example !== undefined) media.example = example
  }
}

/** The same document, complete. The routes' schemas are shared with it and stay as they are. */
export function completeDocument (given: object): ApiDocument {
  const document = structuredClone(given) as ApiDocument
  const used = new Set<string>()
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      const { operationId = '', parameters = [], requestBody, responses } = operation
      for (const parameter of parameters) {
        const example = parameterExamples[parameter.name]
        if (example !== undefined && (parameter.name !== 'after' || operationId === 'listEvents')) {
          parameter.example = example
        }
      }
      for (const media of Object.values(requestBody?.content ?? {})) {
        // A body that may be null may be left out.
        if (requestBody && [media.schema?.type].flat().includes('null')) requestBody.required = false
        const examples = requestExamples[operationId]
        if (examples) media.examples = examples
      }
      for (const [status, answer] of Object.entries(responses)) {
        completeAnswer(operationId, status, answer, used)
      }
    }
  }
  document.components = {
    ...document.components,
    examples: Object.fromEntries([...used].sort().map((code) => [code, problemExample(code as ProblemCode)])),
    headers: {
      RequestId: {
        description: "the request's id: the caller's own x-request-id when it is sane",
        schema: { type: 'string' }
      },
      RetryAfter: {
        description: 'seconds to wait before trying again',
        schema: { type: 'string', pattern: '^\\d+$' }
      },
      WwwAuthenticate: { description: 'how to authenticate', schema: { type: 'string' } }
    }
  }
  return document
}
