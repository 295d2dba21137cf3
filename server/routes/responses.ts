import { problemType } from '../../contract/problem.ts'
import { statusOfCode, type ProblemCode } from '../openapi/error-codes.ts'

const reasons: Record<number, string> = {
  400: 'The request is wrong: `errors` says where',
  401: 'Nothing says who makes the request, or what says so is no good (any more)',
  403: 'The caller may not do this, the service was told not to (live mode is off), or the request came ' +
    'from another web site',
  404: 'There is no such thing',
  406: 'None of the accepted media types can be given',
  409: 'The present state does not allow it: `details` says why',
  410: 'What was asked for was removed after its time: `details` says what is kept',
  408: 'The request came too slowly',
  413: 'The body is too large',
  415: 'The body is not application/json',
  422: 'The Idempotency-Key was used with another body',
  429: 'Too many requests of one caller: try again after Retry-After',
  431: 'Address and headers are too large',
  503: 'Not now: try again after Retry-After'
}

/**
 * The description of an error answer: what it says and which codes it can have; without codes, any.
 */
export interface ProblemAnswer {
  description: string
  content: Record<typeof problemType, { schema: object }>
}

export function problemAnswer (status: number, codes: readonly string[]): ProblemAnswer {
  const one = { $ref: 'Problem#' }
  const schema = codes.length === 0
    ? one
    : { allOf: [one, { type: 'object', properties: { code: { type: 'string', enum: [...codes].sort() } } }] }
  return {
    description: reasons[status] ?? 'Something went wrong inside the service',
    content: { [problemType]: { schema } }
  }
}

/** The codes that `problemAnswer` described. */
export function codesOf (answer: unknown): string[] {
  const schema = (answer as Partial<ProblemAnswer> | undefined)?.content?.[problemType]?.schema as {
    allOf?: { properties?: { code?: { enum?: string[] } } }[]
  } | undefined
  return schema?.allOf?.flatMap(({ properties }) => properties?.code?.enum ?? []) ?? []
}

/**
 * The problems that a route answers with beyond those of every route of its kind (openapi/routes.ts
 * adds them), by code, for its response schemas; a number is a status with only the latter. Not
 * part of the handlers' types: handlers throw these.
 */
export function problems (...answers: (ProblemCode | number)[]): Record<never, never> {
  const byStatus = new Map<number, string[]>()
  for (const answer of answers) {
    const status = typeof answer === 'number' ? answer : statusOfCode(answer)
    byStatus.set(status, [...byStatus.get(status) ?? [], ...(typeof answer === 'string' ? [answer] : [])])
  }
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, problemAnswer(status, codes)]))
}
