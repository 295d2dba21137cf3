import { STATUS_CODES } from 'node:http'
import { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { AutomationError, storeAway } from '../../automation/index.ts'
import { problemType, type Issue, type Problem } from '../../contract/problem.ts'
import { HttpError, invalidRequest, statusOfKind, type HttpErrorCode } from '../errors.ts'
import { issuesOf } from '../validation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the problem that it was answered with. */
    problemCode?: string
  }
}

/**
 * Seconds a client should wait after a 503: a restart of the service takes about two seconds, its
 * database's five.
 */
const retryAfterSeconds = 5

const frameworkCodes: Record<string, { code: HttpErrorCode, detail: string }> = {
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'http-body-malformed',
    detail: 'the body is not JSON: expected one JSON object'
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    code: 'http-body-malformed',
    detail: 'the body is empty: expected one JSON object'
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'http-body-malformed',
    detail: 'the body is not as long as its content-length says'
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'http-body-too-large',
    detail: 'the body is too large: expected at most 256 KiB, 5 MiB of a webhook'
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'http-content-type-unsupported',
    detail: 'the content type is not supported: expected content-type: application/json'
  },
  FST_ERR_CTP_EMPTY_TYPE: {
    code: 'http-content-type-unsupported',
    detail: 'the content type is missing: expected content-type: application/json'
  },
  FST_ERR_BAD_URL: {
    code: 'http-route-not-found',
    detail: 'there is nothing at this address: it is not a well-formed URL path'
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    code: 'http-route-not-found',
    detail: 'there is nothing at this address: one of its parts is longer than any name'
  }
}

/** What an error is on the wire; the ones that nobody foresaw say nothing about the inside. */
function describe (error: unknown): { error: HttpError | AutomationError, unexpected: boolean } {
  if (error instanceof HttpError || error instanceof AutomationError) {
    return { error, unexpected: error instanceof AutomationError && error.kind === 'internal' }
  }
  const { code, validation, validationContext, statusCode } = error as Partial<FastifyError>
  if (validation) {
    const issues = issuesOf(validation)
    // A parameter or header is a name, not a place in a document.
    return {
      error: invalidRequest(
        validationContext === 'body' ? issues : issues.map((issue) => ({ ...issue, path: issue.field }))
      ),
      unexpected: false
    }
  }
  const known = frameworkCodes[code ?? '']
  if (known) return { error: new HttpError(known.code, known.detail), unexpected: false }
  if (statusCode === 400) {
    return {
      error: new HttpError('http-body-malformed', `the request is malformed: ${(error as Error).message}`),
      unexpected: false
    }
  }
  const away = storeAway(error)
  if (away) return { error: away, unexpected: false }
  return {
    error: new HttpError(
      'http-internal',
      'something went wrong inside the service; its log has the cause under this requestId'
    ),
    unexpected: true
  }
}

/** Lists each thing that is wrong, where an error says so: problems of a file, or a field. */
function issuesIn (error: HttpError | AutomationError): Issue[] | undefined {
  if (error instanceof HttpError) return error.issues
  switch (error.code) {
    case 'federation-invalid':
      return error.details.errors.map((problem) => ({ ...problem, field: problem.path }))
    case 'request-invalid': {
      const { field } = error.details
      return [{ path: field, field, message: error.message, expected: 'see the message' }]
    }
    default:
      return undefined
  }
}

/**
 * Words that the text of an error is made of: `detail` has them already, as `errors` has problems.
 */
const told: ReadonlySet<string> = new Set(['errors', 'stored', 'why', 'wrong', 'right', 'what', 'known'])

/** Facts of an error for programs, without what its text and `errors` say. */
function factsOf (error: HttpError | AutomationError): Record<string, unknown> {
  const named = error.code === 'request-invalid'
    ? new Set([...told].filter((name) => name !== 'known'))
    : told
  return Object.fromEntries(Object.entries(error.details ?? {}).filter(([name]) => !named.has(name)))
}

/** The error as a caller may see it: what exists is named only to those who may see all of it. */
function visibleError (
  error: HttpError | AutomationError,
  request: FastifyRequest
): HttpError | AutomationError {
  return error.code === 'federation-not-found' && request.visible?.federations !== undefined
    ? new AutomationError('federation-not-found', { federation: error.details.federation })
    : error
}

/**
 * Answers with a problem document; also for errors that the framework meets before there is a
 * route.
 */
export async function sendProblem (
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<void> {
  const { error: full, unexpected } = describe(thrown)
  const error = visibleError(full, request)
  const status = error instanceof HttpError ? error.status : statusOfKind[error.kind]
  if (unexpected) request.log.error({ err: thrown }, 'request failed')
  request.problemCode = error.code
  const issues = issuesIn(error)
  const details = factsOf(error)
  const problem: Problem = {
    type: `urn:windlass:problem:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    instance: request.url.split('?', 1)[0] ?? '',
    retryable: error.retryable,
    requestId: request.id,
    ...(request.span && { traceId: request.span.context.traceId }),
    ...(issues && { errors: issues }),
    ...(Object.keys(details).length > 0 && { details })
  }
  if (error instanceof HttpError) reply.headers(error.headers)
  if (status === 503) reply.header('retry-after', retryAfterSeconds)
  // Serialized here, since a route's own serializer is for its own answers.
  await reply.code(status).header('x-request-id', request.id).header('cache-control', 'no-store').type(
    problemType
  ).serializer(JSON.stringify).send(problem)
}

/**
 * Every error is a problem document; an unknown address is 404, a known one with another method
 * 405.
 */
export const errorsPlugin = fastifyPlugin(async (app) => {
  const routes: { pattern: RegExp, methods: string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(
      `^${url.replaceAll('.', '\\.').replaceAll(/:[A-Za-z]+/g, '[^/]+').replaceAll('*', '.*')}$`
    )
    routes.push({ pattern, methods: [method].flat() })
  })
  /** What is said about an address that has nothing for the request's method. */
  function nothing (request: FastifyRequest): HttpError {
    const path = request.url.split('?', 1)[0] ?? ''
    const allowed = [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))
    ].sort()
    if (allowed.length === 0) {
      return new HttpError('http-route-not-found', `there is nothing at ${path}: /docs lists what there is`)
    }
    return new HttpError(
      'http-method-not-allowed',
      `${request.method} is not possible at ${path}: expected ${allowed.join(', ')}`,
      { headers: { allow: allowed.join(', ') } }
    )
  }
  // Where there is nothing, a body that can't be read (the framework wants one of some methods) is
  // not what is wrong.
  app.setErrorHandler((error, request, reply) =>
    sendProblem(
      request.is404 && (error as Partial<FastifyError>).code?.startsWith('FST_') ? nothing(request) : error,
      request,
      reply
    )
  )
  app.setNotFoundHandler((request) => {
    throw nothing(request)
  })
}, { name: 'errors' })
