import { STATUS_CODES } from 'node:http'
import { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { AutomationError, storeAway } from '../../automation/index.ts'
import { problemType, type Issue, type Problem } from '../../contract/problem.ts'
import { madeStorable } from '../../contract/text/storable.ts'
import {
  factsOf,
  headersOf,
  HttpError,
  invalidRequest,
  statusOfKind,
  type AnyHttpError,
  type Malformed
} from '../errors.ts'
import { issuesOf } from '../validation.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The error for an address that has nothing for the request's method. */
    nothingAt(request: FastifyRequest): Error
  }
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

/** Seconds after which a place in a queue may be free: a small deployment takes about that long. */
const exhaustedSeconds = 30

/** Errors for the framework's codes. */
const frameworkErrors: Record<string, () => AnyHttpError> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => malformed('not-json'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => malformed('empty'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => malformed('other-length'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new HttpError('http-body-too-large', {}),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => unsupported('not supported'),
  FST_ERR_CTP_EMPTY_TYPE: () => unsupported('missing'),
  FST_ERR_BAD_URL: () => new HttpError('http-route-not-found', { wrong: 'it is not a well-formed URL path' }),
  FST_ERR_MAX_PARAM_LENGTH: () =>
    new HttpError('http-route-not-found', { wrong: 'one of its parts is longer than any name' })
}

function malformed (wrong: Malformed): AnyHttpError {
  return new HttpError('http-body-malformed', { wrong })
}

function unsupported (wrong: 'missing' | 'not supported'): AnyHttpError {
  return new HttpError('http-content-type-unsupported', { wrong })
}

/**
 * The error for one that the framework or a plugin of it blames on the caller by its status: a file
 * that is not there or lies elsewhere, a range or a condition that does not fit.
 */
function callersFault (statusCode: number | undefined, message: string): AnyHttpError | undefined {
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined
  return statusCode === 403 || statusCode === 404
    ? new HttpError('http-route-not-found', { wrong: 'it names no file that is served' })
    : new HttpError('http-body-malformed', { reason: madeStorable(message) })
}

/** Turns an error into what is sent; unforeseen ones say nothing about the inside. */
function describe (error: unknown): { error: AnyHttpError | AutomationError, unexpected: boolean } {
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
  const known = frameworkErrors[code ?? '']
  if (known) return { error: known(), unexpected: false }
  const foreign = callersFault(statusCode, (error as Error).message)
  if (foreign) return { error: foreign, unexpected: false }
  const away = storeAway(error)
  if (away) return { error: away, unexpected: false }
  return {
    error: new HttpError('http-internal', {}),
    unexpected: true
  }
}

/** Lists each thing that is wrong, where an error says so: problems of a file, or a field. */
function issuesIn (error: AnyHttpError | AutomationError): Issue[] | undefined {
  switch (error.code) {
    case 'http-request-invalid':
      return [...error.details.issues]
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
function shownFacts (error: AnyHttpError | AutomationError): Record<string, unknown> {
  if (error instanceof HttpError) return factsOf(error)
  const named = error.code === 'request-invalid'
    ? new Set([...told].filter((name) => name !== 'known'))
    : told
  return Object.fromEntries(Object.entries(error.details ?? {}).filter(([name]) => !named.has(name)))
}

/** The error as a caller may see it: what exists is named only to those who may see all of it. */
function visibleError (
  error: AnyHttpError | AutomationError,
  request: FastifyRequest
): AnyHttpError | AutomationError {
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
  const status = 'status' in error ? error.status : statusOfKind[error.kind]
  if (unexpected) request.log.error({ err: thrown }, 'request failed')
  request.problemCode = error.code
  const issues = issuesIn(error)
  const details = shownFacts(error)
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
  if (error instanceof HttpError) reply.headers(headersOf(error))
  if (status === 503) reply.header('retry-after', retryAfterSeconds)
  if (error instanceof AutomationError && error.kind === 'exhausted') {
    reply.header('retry-after', exhaustedSeconds)
  }
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
  /** Makes the answer for an address that has nothing for the request's method. */
  function nothing (request: FastifyRequest): AnyHttpError {
    const path = request.url.split('?', 1)[0] ?? ''
    const allowed = [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))
    ].sort()
    if (allowed.length === 0) {
      return new HttpError('http-route-not-found', { path })
    }
    return new HttpError('http-method-not-allowed', { method: request.method, path, allowed })
  }
  app.decorate('nothingAt', nothing)
  // Where there is nothing, a body that cannot be read (the framework wants one of some methods) is
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
