import { problemType } from '../contract/problem.ts'

const reasons: Record<number, string> = {
  400: 'The request is wrong: `errors` says where',
  401: 'Nothing says who makes the request, or what says so is no good (any more)',
  403: 'The caller may not do this, the service was told not to (live mode is off), or the request came from another web site',
  404: 'There is no such thing',
  406: 'None of the accepted media types can be given',
  409: 'The present state does not allow it: `details` says why',
  413: 'The body is too large',
  415: 'The body is not application/json',
  422: 'The Idempotency-Key was used with another body',
  503: 'Not now: try again after Retry-After'
}

/**
 * The problems that a route answers with, for its response schemas; 500 is always among them. Not part of the handlers' types: handlers throw these.
 */
export function problems (...statuses: (keyof typeof reasons)[]): Record<never, never> {
  const schema = { $ref: 'Problem#' }
  return Object.fromEntries([...statuses, 500].map((status) => [status, { description: reasons[Number(status)] ?? 'Something went wrong inside the service', content: { [problemType]: { schema } } }]))
}
