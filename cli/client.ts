import { type CreatedToken, type TokenRequest, type Session, type Token } from '../contract/access.ts'
import { type Aging, type AgingRequest } from '../contract/aging.ts'
import { type AuditEntry, type Verification } from '../contract/audit.ts'
import { type ResourceChange } from '../contract/change.ts'
import { type Deployment, type Unit } from '../contract/deployment.ts'
import { type DriftFinding } from '../contract/drift.ts'
import { type Event } from '../contract/event.ts'
import { type FederationSummary, type Plan, type Stack } from '../contract/federation.ts'
import { type Waiting } from '../contract/gate.ts'
import { type Readiness } from '../contract/health.ts'
import { type HookDelivery } from '../contract/hook.ts'
import { type Decision, type LaunchRequest } from '../contract/launch.ts'
import { type Notification } from '../contract/notification.ts'
import { type PolicyFinding } from '../contract/policy-finding.ts'
import { type Problem } from '../contract/problem.ts'
import { type Scenario } from '../contract/scenario.ts'
import { type Schedule } from '../contract/schedule.ts'
import { type Validation } from '../contract/validation.ts'
import { type Override, type WindowReport } from '../contract/window.ts'
import { type Outage, type OutageRequest, type WorldSummary } from '../contract/world.ts'
import { type Credentials } from './credentials.ts'
import { CliError, ProblemError } from './errors.ts'

/** A page of a list. */
export interface Page<T> {
  items: T[]
  next?: string
}
/** Parameters of a query; undefined ones are left out. */
export type Query = Record<string, string | number | undefined>

/**
 * Milliseconds for an answer: the service waits 10 s for a free database connection, plus the work
 * itself.
 */
const answerPatience = 30_000

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'status' in body

/**
 * The HTTP API. All methods reject with a ProblemError when the service refuses, and with a
 * CliError when it cannot be reached.
 */
export class Client {
  readonly server: string
  readonly #signal: AbortSignal
  readonly #credentials: Credentials
  readonly #traceparent: string | undefined
  /** `traceparent`: the trace that the requests belong to (W3C Trace Context). */
  constructor (
    server: string,
    signal: AbortSignal,
    credentials: Credentials = async () => undefined,
    traceparent?: string
  ) {
    this.#traceparent = traceparent
    this.#credentials = credentials
    this.server = server.replace(/\/+$/, '')
    this.#signal = signal
  }

  session () {
    return this.#json<Session>('GET', '/v1/session')
  }
  createToken (body: TokenRequest) {
    return this.#json<CreatedToken>('POST', '/v1/tokens', { body })
  }
  tokens () {
    return this.#all<Token>('/v1/tokens')
  }
  async revokeToken (id: string): Promise<void> {
    const response = await this.#fetch('DELETE', `/v1/tokens/${encodeURIComponent(id)}`, {})
    if (!response.ok) throw await this.#problem(response)
  }

  /**
   * Reads whether the service can do its work, and its clock (milliseconds since 1970), as it is
   * half way between request and answer.
   */
  async readiness (): Promise<{ readiness: Readiness, clock?: number }> {
    const response = await this.#fetch('GET', '/readyz', {})
    const said = Date.parse(response.headers.get('date') ?? '')
    const body: unknown = await response.json().catch(() => undefined)
    if (typeof body !== 'object' || body === null || !('parts' in body)) {
      throw isProblem(body)
        ? new ProblemError(body)
        : this.#strange(`${response.status} without parts`)
    }
    return { readiness: body as Readiness, ...(Number.isFinite(said) && { clock: said }) }
  }

  federations () {
    return this.#all<FederationSummary>('/v1/federations')
  }
  async scenarios (): Promise<Scenario[]> {
    return (await this.#json<Page<Scenario>>('GET', '/v1/scenarios')).items
  }

  plan (federation: string, query: Query) {
    return this.#json<Plan>('GET', `/v1/federations/${encodeURIComponent(federation)}/plan`, { query })
  }
  stacks (federation: string, query: Query) {
    return this.#all<Stack>(`/v1/federations/${encodeURIComponent(federation)}/stacks`, query)
  }
  state (federation: string, stack: string, query: Query) {
    return this.#json<Record<string, unknown>>(
      'GET',
      `/v1/federations/${encodeURIComponent(federation)}/stacks/${encodeURIComponent(stack)}/state`,
      { query }
    )
  }
  worlds () {
    return this.#all<WorldSummary>('/v1/worlds')
  }
  async beginOutage (world: string, outage: OutageRequest): Promise<Outage[]> {
    const path = `/v1/worlds/${encodeURIComponent(world)}/outages`
    return (await this.#json<Page<Outage>>('POST', path, { body: outage })).items
  }
  async endOutages (world: string): Promise<void> {
    const response = await this.#fetch('DELETE', `/v1/worlds/${encodeURIComponent(world)}/outages`, {})
    if (!response.ok) throw await this.#problem(response)
  }
  ageWorld (world: string, request: AgingRequest) {
    const path = `/v1/worlds/${encodeURIComponent(world)}/agings`
    return this.#json<Aging>('POST', path, { body: request })
  }
  async agings (world: string): Promise<Aging[]> {
    const path = `/v1/worlds/${encodeURIComponent(world)}/agings`
    return (await this.#json<Page<Aging>>('GET', path)).items
  }
  async dropWorld (name: string): Promise<void> {
    const response = await this.#fetch('DELETE', `/v1/worlds/${encodeURIComponent(name)}`, {})
    if (!response.ok) throw await this.#problem(response)
  }
  launch (body: LaunchRequest, idempotencyKey: string) {
    return this.#json<Deployment>('POST', '/v1/deployments', {
      body,
      headers: { 'idempotency-key': idempotencyKey }
    })
  }
  deployments (limit: number) {
    return this.#json<Page<Deployment>>('GET', '/v1/deployments', { query: { limit } })
  }
  deployment (id: string) {
    return this.#json<Deployment>('GET', `/v1/deployments/${encodeURIComponent(id)}`)
  }
  units (id: string) {
    return this.#all<Unit>(`/v1/deployments/${encodeURIComponent(id)}/units`)
  }
  validation (id: string) {
    return this.#json<Validation>('GET', `/v1/deployments/${encodeURIComponent(id)}/validation`)
  }
  policyFindings (id: string) {
    return this.#all<PolicyFinding>(`/v1/deployments/${encodeURIComponent(id)}/policy-findings`)
  }
  approvals () {
    return this.#all<Waiting>('/v1/approvals')
  }
  notifications (query: Query) {
    return this.#json<Page<Notification>>('GET', '/v1/notifications', { query })
  }
  resendNotification (id: string) {
    return this.#json<Notification>('POST', `/v1/notifications/${encodeURIComponent(id)}/resend`)
  }
  async schedules (federation: string) {
    return (await this.#json<{ items: Schedule[] }>(
      'GET',
      `/v1/federations/${encodeURIComponent(federation)}/schedules`
    )).items
  }
  async deliveries (hook: string, limit: number) {
    return (await this.#json<{ items: HookDelivery[] }>(
      'GET',
      `/v1/hooks/${encodeURIComponent(hook)}/deliveries`,
      { query: { limit } }
    )).items
  }
  windows (federation: string) {
    return this.#json<WindowReport>('GET', `/v1/federations/${encodeURIComponent(federation)}/windows`)
  }
  overrideWindow (id: string, body: Override) {
    return this.#json<Deployment>('POST', `/v1/deployments/${encodeURIComponent(id)}/override-window`, {
      body
    })
  }
  async changes (id: string, unit?: string): Promise<ResourceChange[]> {
    return await this.#all<ResourceChange>(`/v1/deployments/${encodeURIComponent(id)}/changes`, { unit })
  }
  drift (id: string) {
    return this.#all<DriftFinding>(`/v1/deployments/${encodeURIComponent(id)}/drift`)
  }
  audit (query: Query) {
    return this.#json<Page<AuditEntry>>('GET', '/v1/audit', { query })
  }
  auditVerification () {
    return this.#json<Verification>('GET', '/v1/audit/verification')
  }
  /** The whole audit log as NDJSON. */
  async auditExport (): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#fetch('GET', '/v1/audit/export', {
      headers: { accept: 'application/x-ndjson' },
      endless: true
    })
    if (!response.ok) throw await this.#problem(response)
    if (!response.body) throw this.#strange('an export without a body')
    return response.body
  }

  /** One page of a deployment's stored events. */
  eventPage (id: string, after: number) {
    return this.#json<Page<Event>>('GET', `/v1/deployments/${encodeURIComponent(id)}/events`, {
      query: { after, limit: 1000 }
    })
  }
  cancel (id: string) {
    return this.#json<Deployment>('POST', `/v1/deployments/${encodeURIComponent(id)}/cancel`)
  }
  resume (id: string) {
    return this.#json<Deployment>('POST', `/v1/deployments/${encodeURIComponent(id)}/resume`)
  }
  approve (id: string, decision: Decision) {
    return this.#json<Deployment>('POST', `/v1/deployments/${encodeURIComponent(id)}/approve`, {
      body: decision
    })
  }
  reject (id: string, decision: Decision) {
    return this.#json<Deployment>('POST', `/v1/deployments/${encodeURIComponent(id)}/reject`, {
      body: decision
    })
  }

  /**
   * A deployment's event stream after `after`; undefined when it has ended and no event is left
   * (204).
   */
  async events (id: string, after: number): Promise<ReadableStream<Uint8Array> | undefined> {
    const response = await this.#fetch('GET', `/v1/deployments/${encodeURIComponent(id)}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': String(after) },
      endless: true
    })
    if (response.status === 204) return undefined
    if (!response.ok) throw await this.#problem(response)
    if (!response.body) throw this.#strange('an event stream without a body')
    return response.body
  }

  /** All pages of a list. */
  async #all<T> (path: string, query: Query = {}): Promise<T[]> {
    const items: T[] = []
    let after: string | undefined
    do {
      const page: Page<T> = await this.#json<Page<T>>('GET', path, {
        query: { ...query, after, limit: 1000 }
      })
      items.push(...page.items)
      after = page.next
    } while (after !== undefined)
    return items
  }

  async #json<T> (
    method: string,
    path: string,
    options: { query?: Query, body?: unknown, headers?: Record<string, string> } = {}
  ): Promise<T> {
    const response = await this.#fetch(method, path, options)
    if (!response.ok) throw await this.#problem(response)
    try {
      return await response.json() as T
    } catch (error) {
      throw this.#strange(`an answer that is not JSON (${(error as Error).message})`)
    }
  }

  async #fetch (
    method: string,
    path: string,
    { query = {}, body, headers = {}, endless = false }: {
      query?: Query
      body?: unknown
      headers?: Record<string, string>
      endless?: boolean
    }
  ): Promise<Response> {
    const address = this.server + path
    if (!URL.canParse(address) || !/^https?:/.test(address)) {
      const wrong = `the server's address is ${JSON.stringify(this.server)}: expected a URL such as ` +
        'http://127.0.0.1:8080'
      throw new CliError('cli-usage', { argument: '--server', wrong })
    }
    const url = new URL(address)
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    const token = await this.#credentials()
    // A stream may be silent for longer: the limit is for its beginning only.
    const patience = new AbortController()
    const timer = setTimeout(() => {
      patience.abort(new Error(`no answer within ${answerPatience / 1000} s`))
    }, answerPatience)
    try {
      return await fetch(url, {
        method,
        signal: AbortSignal.any([this.#signal, patience.signal]),
        headers: {
          accept: 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(this.#traceparent !== undefined && { traceparent: this.#traceparent }),
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json' })
        },
        ...(body !== undefined && { body: JSON.stringify(body) })
      })
    } catch (error) {
      if (this.#signal.aborted) throw error
      const { cause } = error as { cause?: { code?: string, message?: string } }
      throw new CliError('cli-unreachable', {
        what: 'service',
        server: this.server,
        reason: cause?.code ?? cause?.message ?? (error as Error).message
      }, { cause: error })
    } finally {
      // The body of an answer comes right after its head; that of a stream does not.
      if (endless) clearTimeout(timer)
      else timer.unref()
    }
  }

  async #problem (response: Response): Promise<Error> {
    const body: unknown = await response.json().catch(() => undefined)
    return isProblem(body)
      ? new ProblemError(body)
      : this.#strange(`status ${response.status} without a problem document`)
  }

  #strange (gave: string) {
    return new CliError('cli-unexpected-answer', { what: 'service', server: this.server, gave })
  }
}
