/** The client of the HTTP API, and the types of what it sends and gets. */
import createClient from 'openapi-fetch'
import { reachable, unreachable } from './connection.ts'
import type { components, paths } from './schema.d.ts'
import { shownResponse } from './shown.ts'

type Schemas = components['schemas']
export type AuditEntry = Schemas['AuditEntry']
export type AuditVerification = Schemas['AuditVerification']
export type Deployment = Schemas['Deployment']
export type DriftFinding = Schemas['DriftFinding']
export type FederationSummary = Schemas['FederationSummary']
export type Notification = Schemas['Notification']
export type Plan = Schemas['Plan']
export type PolicyFinding = Schemas['PolicyFinding']
export type Problem = Schemas['Problem']
export type ResourceChange = Schemas['ResourceChange']
export type ResourceChanges = Schemas['ResourceChanges']
export type Scenario = Schemas['Scenario']
export type Stack = Schemas['Stack']
export type Token = Schemas['Token']
export type Unit = Schemas['Unit']
export type Validation = Schemas['Validation']
export type Waiting = Schemas['Waiting']
export type WindowReport = Schemas['WindowReport']

export type LaunchBody = paths['/v1/deployments']['post']['requestBody']['content']['application/json']
export type Fault = NonNullable<NonNullable<LaunchBody['rehearsal']>['faults']>[number]
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer T } } }
  ? NonNullable<T>
  : never
export type PlanQuery = Query<'/v1/federations/{name}/plan'>
export type AuditFilter = Omit<Query<'/v1/audit'>, 'limit'>

/** The outcome of a call, whatever the status. */
export interface Answered<T> {
  data?: T
  error?: unknown
  response: Response
}
/** A page of a list; `next` is absent on the last. */
export interface Page<T> {
  items: T[]
  next?: string
}

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

/** Statuses of a proxy in front of a service that is away. */
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
    return await shownResponse(response)
  } catch (error) {
    if (request.signal.aborted) throw error
    unreachable()
    throw new ConnectionError('the service does not answer')
  }
}

/**
 * The HTTP API, typed by its own document. The header tells the service that a request comes from
 * its own page: other sites' pages cannot make a browser send it.
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
    : new ConnectionError(`status ${response.status} without a problem document`)
}

/** The data of a call; throws its problem when there is none. */
export async function answer<T> (call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok || data === undefined) throw failureOf(error, response)
  return data
}

/** Waits for a call that answers without data; throws its problem. */
export async function done (call: Promise<Answered<unknown>>): Promise<void> {
  const { error, response } = await call
  if (!response.ok) throw failureOf(error, response)
}
