/** Everything that the page reads: each as a resource with a key of its own. */
import type { Session } from '../model/access.ts'
import type { Federation } from '../model/federation.ts'
import type { Place } from '../model/place.ts'
import {
  answer,
  api,
  type Answered,
  type AuditFilter,
  type Deployment,
  type DriftFinding,
  type FederationSummary,
  type Notification,
  type Page,
  type Plan,
  type PlanQuery,
  type PolicyFinding,
  type ResourceChange,
  type Scenario,
  type Stack,
  type Token,
  type Unit,
  type Validation,
  type Waiting,
  type WindowReport
} from './client.ts'
import { one, pageAfter, pageAfterNumber, whole } from './loads.ts'
import type { Resource } from './resource.ts'

export const session: Resource<Session> = one('session', (options) => api.GET('/v1/session', options))

export const tokens: Resource<Token[]> = whole(
  'tokens',
  (options, next) => api.GET('/v1/tokens', { ...options, params: { query: pageAfter(next) } })
)

export const federations: Resource<FederationSummary[]> = whole(
  'federations',
  (options, next) => api.GET('/v1/federations', { ...options, params: { query: pageAfter(next) } })
)

/** Scenarios that rehearsals can be launched with. */
export const scenarios: Resource<{ items: Scenario[] }> = one(
  'scenarios',
  (options) => api.GET('/v1/scenarios', options)
)

/** Deployments in a list: as many as fill a screen or two. */
const listedDeployments = 100

/** The latest deployments, the newest first. */
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
      api.GET('/v1/deployments/{id}/units', { ...options, params: { path: { id }, query: pageAfter(next) } })
  )

/** Units without outputs and costs, for views that read many of them again and again. */
export const unitStates = (id: string): Resource<Unit[]> =>
  whole(
    `deployment/${id}/unit-states`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/units', {
        ...options,
        params: { path: { id }, query: { ...pageAfter(next), omit: 'outputs,cost' } }
      })
  )

export const unit = (id: string, name: string): Resource<Unit> =>
  one(
    `deployment/${id}/unit/${name}`,
    (options) =>
      api.GET('/v1/deployments/{id}/units/{unit}', { ...options, params: { path: { id, unit: name } } })
  )

/** The findings whose events are kept. */
export const findings = (
  { id, eventsFrom = 1 }: Pick<Deployment, 'id' | 'eventsFrom'>
): Resource<PolicyFinding[]> =>
  whole(
    `deployment/${id}/findings/${eventsFrom}`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/policy-findings', {
        ...options,
        params: { path: { id }, query: pageAfterNumber(next ?? String(eventsFrom - 1)) }
      })
  )

export const drift = (id: string): Resource<DriftFinding[]> =>
  whole(
    `deployment/${id}/drift`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/drift', {
        ...options,
        params: { path: { id }, query: pageAfterNumber(next) }
      })
  )

export const unitChanges = (id: string, unit: string): Resource<ResourceChange[]> =>
  whole(
    `deployment/${id}/changes/${unit}`,
    (options, next) =>
      api.GET('/v1/deployments/{id}/changes', {
        ...options,
        params: { path: { id }, query: { ...pageAfterNumber(next), unit } }
      })
  )

export const validation = (id: string): Resource<Validation> =>
  one(
    `deployment/${id}/validation`,
    (options) => api.GET('/v1/deployments/{id}/validation', { ...options, params: { path: { id } } })
  )

/** A federation, with the fields of the file that the API's document leaves open. */
export const federation = (name: string): Resource<Federation> =>
  one(
    `federation/${name}`,
    async (options) =>
      await api.GET('/v1/federations/{name}', { ...options, params: { path: { name } } }) as Answered<
        Federation
      >
  )

export const plan = (name: string, query: PlanQuery): Resource<Plan> =>
  one(
    `plan/${name}/${JSON.stringify(query)}`,
    (options) => api.GET('/v1/federations/{name}/plan', { ...options, params: { path: { name }, query } })
  )

const placeKey = ({ mode, world }: Place) => `${mode}/${world ?? ''}`

export const stacks = (name: string, place: Place): Resource<Stack[]> =>
  whole(
    `stacks/${name}/${placeKey(place)}`,
    (options, next) =>
      api.GET('/v1/federations/{name}/stacks', {
        ...options,
        params: { path: { name }, query: { ...place, ...pageAfter(next) } }
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

/** One event with all of its fields, by its seq. */
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
    if (!event) throw new Error(`deployment ${id} has no event ${seq}`)
    return { data: event }
  }
})

/** A page of the audit log, the latest entry first. */
export const auditPage = (filter: AuditFilter) =>
  one(
    `audit/${JSON.stringify(filter)}`,
    (options) => api.GET('/v1/audit', { ...options, params: { query: { ...filter, limit: 100 } } })
  )

/** Deployments that wait for an approval, with whether the caller's would count. */
export const approvals: Resource<Waiting[]> = whole(
  'approvals',
  (options, next) => api.GET('/v1/approvals', { ...options, params: { query: pageAfter(next) } })
)

/** The latest notifications: as many as fill a screen or two. */
export const notifications = (status: Notification['status'] | undefined) =>
  one(
    `notifications/${status ?? ''}`,
    (options) =>
      api.GET('/v1/notifications', {
        ...options,
        params: { query: { limit: 100, ...(status && { status }) } }
      })
  )

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
