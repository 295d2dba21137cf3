import { problemSchema, problemType } from '../../contract/problem.ts'
import { ref } from '../../contract/schema.ts'
import { statusOfCode, type ProblemCode } from '../openapi/error-codes.ts'

const reasons: Record<number, string> = {
  400: 'The request is wrong: `errors` says where',
  401: 'The request has no credentials, or they are wrong, expired or revoked',
  403: 'The caller may not do this, live mode is off, or the request came from another web site',
  404: 'It does not exist, or the caller may not see it',
  406: 'None of the accepted media types can be given',
  409: 'The current state does not allow it: `details` says why',
  410: 'It was removed after its retention period: `details` says what is kept',
  408: 'The request came too slowly',
  413: 'The body is too large',
  415: 'The body is not application/json',
  422: 'The Idempotency-Key was used with another body',
  429: 'Too many requests from one caller: try again after Retry-After',
  431: 'The address and headers are too large',
  503: 'Not available now: try again after Retry-After'
}

/** An error answer of the API document, with the codes that it can have; without codes, any. */
export interface ProblemAnswer {
  description: string
  content: Record<typeof problemType, { schema: object }>
}

export function problemAnswer (status: number, codes: readonly string[]): ProblemAnswer {
  const one = ref(problemSchema)
  const schema = codes.length === 0
    ? one
    : { allOf: [one, { type: 'object', properties: { code: { type: 'string', enum: [...codes].sort() } } }] }
  return {
    description: reasons[status] ?? 'Something went wrong inside the service',
    content: { [problemType]: { schema } }
  }
}

/** The codes of an error answer; none of any other. */
export function codesOf (answer: unknown): string[] {
  const schema = (answer as Partial<ProblemAnswer> | undefined)?.content?.[problemType]?.schema as {
    allOf?: { properties?: { code?: { enum?: string[] } } }[]
  } | undefined
  return schema?.allOf?.flatMap(({ properties }) => properties?.code?.enum ?? []) ?? []
}

/**
 * The problems that a route answers with beyond those of every route of its kind (which
 * openapi/routes.ts adds), by code, for its response schemas. They are no part of the handlers'
 * types, because handlers throw them.
 */
export function problems (...codes: ProblemCode[]): Record<never, never> {
  const byStatus = new Map<number, string[]>()
  for (const code of codes) {
    const status = statusOfCode(code)
    byStatus.set(status, [...byStatus.get(status) ?? [], code])
  }
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, problemAnswer(status, some)]))
}
