/** What the page reads, each as a resource with a key of its own. */
import type { Session } from '../model/access.ts'
import type { Federation } from '../model/federation.ts'
import {
  api,
  answer,
  failureOf,
  type Deployment,
  type DriftFinding,
  type FederationSummary,
  type LaunchBody,
  type Plan,
  type PolicyFinding,
  type Stack,
  type Unit,
  type Validation
} from './client.ts'
import type { Resource } from './resource.ts'
import type { components } from './schema.d.ts'

type Token = components['schemas']['Token']

interface Answered<T> {
  data?: T
  error?: unknown
  response: Response
}
interface Page<T> {
  items: T[]
  next?: string
}

export const session: Resource<Session> = one('session', (options) => api.GET('/v1/session', options))
export const tokens: Resource<Token[]> = whole(
  'tokens',
  (options, next) => api.GET('/v1/tokens', { ...options, params: { query: after(next) } })
)

/** Deployments in a list: what fits a screen or two, the newest first. */
export const listedDeployments = 100

const fresh = (etag: string | undefined) => etag === undefined ? {} : { headers: { 'if-none-match': etag } }

function one<T> (
  key: string,
  call: (options: { signal: AbortSignal, headers?: Record<string, string> }) => Promise<Answered<T>>
): Resource<T> {
  return {
    key,
    async load ({ signal, etag }) {
      const { data, error, response } = await call({ signal, ...fresh(etag) })
      if (response.status === 304) return undefined
      if (!response.ok || data === undefined) throw failureOf(error, response)
      return { data, etag: response.headers.get('etag') }
    }
  }
}

/** All pages of a list; the tag is the first page's, and counts only when there is no other. */
function whole<T> (
  key: string,
  call: (
    options: { signal: AbortSignal, headers?: Record<string, string> },
    after: string | undefined
  ) => Promise<Answered<Page<T>>>
): Resource<T[]> {
  const { load } = one(key, (options) => call(options, undefined))
  return {
    key,
    async load (options) {
      const first = await load(options)
      if (!first) return undefined
      const items = [...first.data.items]
      for (let { next } = first.data; next !== undefined;) {
        const page = await answer(call({ signal: options.signal }, next))
        items.push(...page.items)
        next = page.next
      }
      return { data: items, ...(first.data.next === undefined && { etag: first.etag ?? null }) }
    }
  }
}

const after = (next: string | undefined) => ({ limit: 1000, ...(next !== undefined && { after: next }) })

export const federations: Resource<FederationSummary[]> = whole(
  'federations',
  (options, next) => api.GET('/v1/federations', { ...options, params: { query: after(next) } })
)

export const deployments: Resource<Deployment[]> = {
  key: 'deployments',
  async load (options) {
    const page = await one(
      'deployments',
      (call) => api.GET('/v1/deployments', { ...call, params: { query: { limit: listedDeployments } } })
    ).load(options)
    return page && { ...page, data: page.data.items }
  }
}

export const deployment = (id: string): Resource<Deployment> =>
  one(
    `deployment/${id}`,
    (options) => api.GET('/v1/deployments/{id}', { ...options, params: { path: { id } } })
  )
export const units = (id: string): Resource<Unit[]> =>
  whole(
    `deployment/${id}/units`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/units', { ...options, params: { path: { id }, query: after(next) } })
  )
/** What the views that follow many units need: without outputs and costs. */
export const unitStates = (id: string): Resource<Unit[]> =>
  whole(
    `deployment/${id}/unit-states`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/units', {
        ...options,
        params: { path: { id }, query: { ...after(next), omit: 'outputs,cost' } }
      })
  )
export const unit = (id: string, name: string): Resource<Unit> =>
  one(
    `deployment/${id}/unit/${name}`,
    (options) =>
      api.GET('/v1/deployments/{id}/units/{unit}', { ...options, params: { path: { id, unit: name } } })
  )
/** Those that are kept: they go with the events that told of them. */
export const findings = (
  { id, eventsFrom = 1 }: Pick<Deployment, 'id' | 'eventsFrom'>
): Resource<PolicyFinding[]> =>
  whole(
    `deployment/${id}/findings/${eventsFrom}`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/policy-findings', {
        ...options,
        params: {
          path: { id },
          query: { limit: 1000, after: next === undefined ? eventsFrom - 1 : Number(next) }
        }
      })
  )
export const drift = (id: string): Resource<DriftFinding[]> =>
  whole(
    `deployment/${id}/drift`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/drift', {
        ...options,
        params: { path: { id }, query: { limit: 1000, ...(next !== undefined && { after: Number(next) }) } }
      })
  )
export type ResourceChange = components['schemas']['ResourceChange']
export const unitChanges = (id: string, unit: string): Resource<ResourceChange[]> =>
  whole(
    `deployment/${id}/changes/${unit}`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/changes', {
        ...options,
        params: {
          path: { id },
          query: { limit: 1000, unit, ...(next !== undefined && { after: Number(next) }) }
        }
      })
  )
export const validation = (id: string): Resource<Validation> =>
  one(
    `deployment/${id}/validation`,
    (options) => api.GET('/v1/deployments/{id}/validation', { ...options, params: { path: { id } } })
  )

/** The file's own shape; the API's document leaves it open. */
export const federation = (name: string): Resource<Federation> =>
  one(
    `federation/${name}`,
    async (options) =>
      await api.GET('/v1/federations/{name}', { ...options, params: { path: { name } } }) as Answered<
        Federation
      >
  )

export interface PlanQuery {
  operation: LaunchBody['operation']
  from: number
  to: number
  ordering?: 'phased' | 'pipelined'
  parallelism?: number
  clusters?: string
}
export const plan = (name: string, query: PlanQuery): Resource<Plan> =>
  one(
    `plan/${name}/${JSON.stringify(query)}`,
    (options) => api.GET('/v1/federations/{name}/plan', { ...options, params: { path: { name }, query } })
  )

export interface Place {
  mode: 'rehearsal' | 'live'
  world?: string
}
const placeKey = ({ mode, world }: Place) => `${mode}/${world ?? ''}`
export const stacks = (name: string, place: Place): Resource<Stack[]> =>
  whole(
    `stacks/${name}/${placeKey(place)}`,
    (options, next) =>
      api.GET('/v1/federations/{name}/stacks', {
        ...options,
        params: { path: { name }, query: { ...place, ...after(next) } }
      })
  )
export const stackState = (name: string, stack: string, place: Place): Resource<Record<string, unknown>> =>
  one(
    `state/${name}/${stack}/${placeKey(place)}`,
    (options) =>
      api.GET('/v1/federations/{name}/stacks/{stack}/state', {
        ...options,
        params: { path: { name, stack }, query: place }
      })
  )

/** One event, whole, by its seq. */
export const eventAt = (id: string, seq: number): Resource<Record<string, unknown>> => ({
  key: `deployment/${id}/event/${seq}`,
  async load ({ signal }) {
    const page = await answer(
      api.GET('/v1/deployments/{id}/events', {
        signal,
        params: { path: { id }, query: { after: seq - 1, limit: 1 } },
        headers: { accept: 'application/json' }
      })
    )
    const [event] = (page as Page<Record<string, unknown>>).items
    if (!event) throw new Error(`there is no event ${seq}`)
    return { data: event }
  }
})

export type AuditEntry = components['schemas']['AuditEntry']
export interface AuditFilter {
  action?: string
  subject?: string
  target?: string
  outcome?: 'done' | 'denied'
  before?: number
}
/** A page of the audit log, the latest first. */
export const auditPage = (filter: AuditFilter) =>
  one(
    `audit/${JSON.stringify(filter)}`,
    (options) => api.GET('/v1/audit', { ...options, params: { query: { ...filter, limit: 100 } } })
  )

export type Waiting = components['schemas']['Waiting']
/** What waits for an approval, with whose would count. */
export const approvals: Resource<Waiting[]> = whole(
  'approvals',
  (options, next) => api.GET('/v1/approvals', { ...options, params: { query: after(next) } })
)

export type Notification = components['schemas']['Notification']
/** The latest notifications: what fits a screen or two. */
export const notifications = (status: Notification['status'] | undefined) =>
  one(
    `notifications/${status ?? ''}`,
    (options) =>
      api.GET('/v1/notifications', {
        ...options,
        params: { query: { limit: 100, ...(status && { status }) } }
      })
  )

export type WindowReport = components['schemas']['WindowReport']
export const windows = (name: string): Resource<WindowReport> =>
  one(
    `windows/${name}`,
    (options) => api.GET('/v1/federations/{name}/windows', { ...options, params: { path: { name } } })
  )
export const schedules = (name: string) =>
  one(
    `schedules/${name}`,
    (options) => api.GET('/v1/federations/{name}/schedules', { ...options, params: { path: { name } } })
  )
