/**
 * What a deployment's events add up to, for views: a pure fold. Events that were seen already are
 * ignored, so a stream may be cut, resumed and overlapped at any point and the state is the same.
 * What was launched comes from the deployment itself, of which only what never changes is used.
 */
import { type Deployment, type Failure, type ResourceChanges } from '../../contract/deployment.ts'
import { type Event } from '../../contract/event.ts'
import { phaseNames, type DeploymentStatus, type PhaseStatus, type UnitStatus } from '../../contract/words.ts'
import { windowText } from './window.ts'

export interface UnitView {
  id: string
  phase: number
  status: UnitStatus
  startedAt: string | null
  attempt: number /** Resource operations begun and ended in this attempt. */
  begun: number
  ended: number
}
export interface PhaseView {
  number: number
  name: string
  status: PhaseStatus
  startedAt: string | null
  finishedAt: string | null /** Units in it. */
  total: number
}
export interface FailureView {
  time: string
  unit?: string
  resource?: string
  message: string
}
export interface ViewState {
  id: string
  federation: string
  operation: string
  mode: string
  world?: string
  status: DeploymentStatus
  /** The phase that waits, and what for. */
  waitingPhase?: number
  waitingFor?: string
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  phases: PhaseView[]
  units: Readonly<Record<string, UnitView>>
  changes: ResourceChanges
  resources: { begun: number, succeeded: number, failed: number }
  policyViolations: number
  /** The latest, oldest first. */
  failures: FailureView[]
  error?: Failure
  /** The seq of the last event in it. */
  lastEvent: number
}

/** How many failures are kept: more than a screen shows. */
export const keptFailures = 20

/** Before the first event. */
export function initialState (deployment: Deployment): ViewState {
  const { id, federation, operation, mode, world, createdAt } = deployment
  return {
    id,
    federation,
    operation,
    mode,
    ...(world !== undefined && { world }),
    createdAt,
    status: 'queued',
    startedAt: null,
    finishedAt: null,
    phases: deployment.phases.map(({ number, name, units }) => ({
      number,
      name,
      status: 'pending',
      startedAt: null,
      finishedAt: null,
      total: units.total
    })),
    units: {},
    changes: { create: 0, update: 0, delete: 0, replace: 0, same: 0 },
    resources: { begun: 0, succeeded: 0, failed: 0 },
    policyViolations: 0,
    failures: [],
    lastEvent: 0
  }
}

/** How many of a phase's units have each status; those without an event wait. */
export function countUnits (state: ViewState, phase: PhaseView): Record<UnitStatus, number> {
  const counts = { waiting: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, canceled: 0 }
  const units = Object.values(state.units).filter((unit) => unit.phase === phase.number)
  for (const { status } of units) counts[status]++
  counts.waiting += Math.max(0, phase.total - units.length)
  return counts
}

/** The state after one more event. */
export function reduce (state: ViewState, event: Event): ViewState {
  if (event.seq <= state.lastEvent) return state
  const next = { ...state, lastEvent: event.seq }
  const [subject, what = ''] = event.type.split('.')
  switch (subject) {
    case 'deployment':
      return ofDeployment(next, event, what)
    case 'phase':
      return ofPhase(next, event, what)
    case 'unit':
      return ofUnit(next, event, what)
    case 'resource':
      return ofResource(next, event, what)
    case 'policy':
      return { ...next, policyViolations: next.policyViolations + 1 }
    default:
      return next
  }
}

function ofDeployment (state: ViewState, event: Event, what: string): ViewState {
  const { waitingPhase: _waiting, waitingFor: _for, error: _error, ...plain } = state
  switch (what) {
    case 'started':
      return { ...plain, status: 'running', startedAt: state.startedAt ?? event.time }
    case 'continued':
    case 'approved':
      return { ...plain, status: 'running' }
    case 'waiting':
      return {
        ...plain,
        status: 'waiting',
        ...(event.phase !== undefined && {
          waitingPhase: event.phase,
          waitingFor: event.window
            ? `phase ${event.phase} for ${windowText(event.window)}`
            : `the approval of phase ${event.phase}`
        })
      }
    case 'canceling':
      return { ...plain, status: 'canceling' }
    case 'resumed':
      return {
        ...plain,
        status: 'queued',
        finishedAt: null,
        failures: [],
        phases: state.phases.map((phase) =>
          phase.status === 'succeeded' ? phase : { ...phase, status: 'pending', finishedAt: null }
        ),
        units: Object.fromEntries(
          Object.entries(state.units).map((
            [id, unit]
          ) => [
            id,
            unit.status === 'succeeded' ? unit : { ...unit, status: 'waiting' as const, startedAt: null }
          ])
        )
      }
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return {
        ...plain,
        status: what,
        finishedAt: event.time,
        phases: what === 'succeeded'
          ? state.phases
          : state.phases.map((phase) =>
            phase.status === 'pending'
              ? { ...phase, status: what === 'failed' ? 'skipped' as const : what }
              : phase
          ),
        ...(isFailure(event.error) && { error: event.error })
      }
    default:
      return state
  }
}

function ofPhase (state: ViewState, event: Event, what: string): ViewState {
  const { phase: number } = event
  if (number === undefined) return state
  const known = state.phases.find((phase) => phase.number === number)
  const before = known ??
    {
      number,
      name: phaseNames[number - 1] ?? `phase ${number}`,
      status: 'pending' as const,
      startedAt: null,
      finishedAt: null,
      total: 0
    }
  const after: PhaseView = what === 'started'
    ? { ...before, status: 'running', startedAt: before.startedAt ?? event.time, finishedAt: null }
    : { ...before, status: what as PhaseStatus, finishedAt: event.time }
  return {
    ...state,
    phases: [...state.phases.filter((phase) => phase !== known), after].sort((a, b) => a.number - b.number)
  }
}

const statusAfter: Record<string, UnitStatus> = {
  started: 'running',
  retrying: 'waiting',
  interrupted: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
  canceled: 'canceled'
}

function ofUnit (state: ViewState, event: Event, what: string): ViewState {
  const status = statusAfter[what]
  if (event.unit === undefined || status === undefined) return state
  const before: UnitView = state.units[event.unit] ??
    {
      id: event.unit,
      phase: event.phase ?? 0,
      status: 'waiting',
      startedAt: null,
      attempt: 0,
      begun: 0,
      ended: 0
    }
  const attempt = typeof event.attempt === 'number'
    ? event.attempt
    : before.attempt + (what === 'started' ? 1 : 0)
  const after: UnitView = what === 'started'
    ? { ...before, status, attempt, startedAt: event.time, begun: 0, ended: 0 }
    : { ...before, status, attempt, ...(status === 'waiting' && { startedAt: null }) }
  const failures = what === 'failed'
    ? addFailure(state, { time: event.time, unit: event.unit, message: messageOf(event) })
    : state.failures
  return {
    ...state,
    units: { ...state.units, [event.unit]: after },
    changes: addChanges(state.changes, event.resourceChanges),
    failures
  }
}

function ofResource (state: ViewState, event: Event, what: string): ViewState {
  const { begun, succeeded, failed } = state.resources
  const resources = {
    begun: begun + Number(what === 'started'),
    succeeded: succeeded + Number(what === 'succeeded'),
    failed: failed + Number(what === 'failed')
  }
  const unit = event.unit === undefined ? undefined : state.units[event.unit]
  const units = unit
    ? {
      ...state.units,
      [unit.id]: {
        ...unit,
        begun: unit.begun + Number(what === 'started'),
        ended: unit.ended + Number(what !== 'started')
      }
    }
    : state.units
  if (what !== 'failed') return { ...state, resources, units }
  const failure: FailureView = {
    time: event.time,
    message: messageOf(event),
    ...(event.unit !== undefined && { unit: event.unit }),
    ...(resourceOf(event) !== undefined && { resource: resourceOf(event) })
  }
  return { ...state, resources, units, failures: addFailure(state, failure) }
}

/** A resource event's resource as people know it: `type name`. */
export function resourceOf (event: Event): string | undefined {
  const { resource } = event
  if (typeof resource !== 'object' || resource === null) {
    return typeof event.urn === 'string'
      ? event.urn
      : undefined
  }
  const { type, name } = resource as { type?: unknown, name?: unknown }
  return [type, name].filter((part) => typeof part === 'string').join(' ')
}

/** The text of what went wrong in an event. */
export function messageOf (event: Event): string {
  if (isFailure(event.error)) return event.error.message
  for (const text of [event.message, event.reason, event.detail]) if (typeof text === 'string') return text
  return event.type
}

const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value &&
  typeof value.message === 'string'

const addFailure = (state: ViewState, failure: FailureView) =>
  [...state.failures, failure].slice(-keptFailures)

function addChanges (sum: ResourceChanges, more: unknown): ResourceChanges {
  if (typeof more !== 'object' || more === null) return sum
  const result = { ...sum }
  for (const kind of Object.keys(sum) as (keyof ResourceChanges)[]) {
    const value = (more as Record<string, unknown>)[kind]
    if (typeof value === 'number') result[kind] += value
  }
  return result
}
