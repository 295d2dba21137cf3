import createClient from 'openapi-fetch'
import { reachable, unreachable } from './connection.ts'
import type { components, paths } from './schema.d.ts'

type Schemas = components['schemas']
export type Deployment = Schemas['Deployment']
export type Unit = Schemas['Unit']
export type Plan = Schemas['Plan']
export type Problem = Schemas['Problem']
export type PolicyFinding = Schemas['PolicyFinding']
export type DriftFinding = Schemas['DriftFinding']
export type Validation = Schemas['Validation']
export type FederationSummary = Schemas['FederationSummary']
export type Stack = Schemas['Stack']
export type ResourceChanges = Schemas['ResourceChanges']
export type LaunchBody = paths['/v1/deployments']['post']['requestBody']['content']['application/json']
export type Fault = NonNullable<NonNullable<LaunchBody['rehearsal']>['faults']>[number]

/** The service refused, and says why. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly problem: Problem
  constructor (problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/**
 * Nothing answered, or something that is not the service. The same request may succeed in a moment.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
}

/**
 * Milliseconds for an answer: the service waits 10 s for a free database connection, plus the work
 * itself.
 */
const answerPatience = 30_000

/** What a proxy in front of a service that is away answers with. */
const awayStatuses = [502, 504]

async function watchedFetch (request: Request): Promise<Response> {
  try {
    const response = await fetch(request, {
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(answerPatience)]),
      cache: 'no-store',
      credentials: 'same-origin'
    })
    if (awayStatuses.includes(response.status)) throw new TypeError(`status ${response.status}`)
    reachable()
    return response
  } catch (error) {
    if (request.signal.aborted) throw error
    unreachable()
    throw new ConnectionError('the service does not answer')
  }
}

/**
 * The HTTP API, typed by its own document. The header tells the service that a request comes from
 * its own page: other sites' pages can't make a browser send it.
 */
export const api = createClient<paths>({
  baseUrl: '/',
  fetch: watchedFetch,
  headers: { 'x-windlass-client': 'dashboard' }
})

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body

/** The error of an answer that is not a success. */
export function failureOf (error: unknown, response: Response): Error {
  return isProblem(error)
    ? new ApiError(error)
    : new ConnectionError(`status ${response.status} without an explanation`)
}

/** What a call answers with, or its problem as an error. */
export async function answer<T> (
  call: Promise<{ data?: T, error?: unknown, response: Response }>
): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok || data === undefined) throw failureOf(error, response)
  return data
}
