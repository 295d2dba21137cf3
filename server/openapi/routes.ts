/** Adds to the schema of a route what all routes of its kind answer with. */
import { type RouteOptions } from 'fastify'
import { codesOf, problemAnswer } from '../routes/responses.ts'
import { statusOfCode, type ProblemCode } from './error-codes.ts'

/** The parts of a route's schema that the document uses. */
export interface DescribedSchema {
  hide?: boolean
  body?: unknown
  querystring?: { properties?: Record<string, { type?: string }> }
  params?: unknown
  headers?: { type?: string, properties?: Record<string, unknown> }
  response?: Record<string, unknown>
  security?: Record<string, string[]>[]
}

/** Errors that come from the plugins, and not from the handler. */
function common ({ config, method }: RouteOptions, schema: DescribedSchema): ProblemCode[] {
  const reads = [method].flat().every((one) => one === 'GET' || one === 'HEAD')
  const guarded = config?.permission !== 'open' && config?.permission !== 'anyone'
  return [
    'http-host-refused',
    'http-request-timeout',
    'http-headers-too-large',
    'http-internal',
    ...(guarded
      ? [
        'http-unauthenticated',
        'http-forbidden',
        'http-issuer-unavailable',
        'internal',
        'store-unavailable'
      ] as const
      : []),
    ...(config?.vital ? [] : ['http-too-many-requests', 'http-overloaded'] as const),
    ...(reads ? [] : ['http-cross-site'] as const),
    ...(schema.body === undefined
      ? []
      : [
        'http-request-invalid',
        'http-body-malformed',
        'http-body-too-large',
        'http-content-type-unsupported'
      ] as const),
    ...(schema.querystring === undefined && schema.headers === undefined
      ? []
      : ['http-request-invalid'] as const),
    // `after` may name something that is no longer in the list.
    ...(schema.querystring?.properties?.after?.type === 'string' ? ['request-invalid'] as const : []),
    // A part of the address may be no possible name.
    ...(schema.params === undefined ? [] : ['http-route-not-found'] as const)
  ]
}

const ifNoneMatch = {
  type: 'string',
  description: 'the ETag of the last answer: 304 when nothing has changed'
}

/** The route's schema with everything that it can answer. */
export function describeRoute (schema: DescribedSchema | undefined, route: RouteOptions): DescribedSchema {
  if (schema === undefined || schema.hide) return { hide: true }
  const response: Record<string, unknown> = { ...schema.response }
  for (const code of common(route, schema)) {
    const status = statusOfCode(code)
    // An answer in another form (the readiness of a service that is not ready) stays as it is.
    if (response[status] !== undefined && !isProblem(response[status])) continue
    response[status] = problemAnswer(status, [...new Set([...codesOf(response[status]), code])])
  }
  const guarded = route.config?.permission !== 'open' && route.config?.permission !== 'anyone'
  return {
    ...schema,
    ...(route.config?.etag &&
      {
        headers: {
          type: 'object',
          ...schema.headers,
          properties: { ...schema.headers?.properties, 'if-none-match': ifNoneMatch }
        }
      }),
    // A service that listens to its own machine only asks for no credentials.
    security: guarded ? [{ bearer: [] }, { session: [] }, {}] : [],
    response: {
      ...response,
      ...(route.config?.etag && { 304: { type: 'null', description: 'Not changed since If-None-Match' } })
    }
  }
}

function isProblem (answer: unknown): boolean {
  return 'content' in (answer as object) &&
    'application/problem+json' in (answer as { content: object }).content
}
