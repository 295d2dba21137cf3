/**
 * Folds a deployment's events into a state for views. Pure. Events that were seen already are
 * ignored, so that the state is the same however a stream is cut, resumed or overlapped. The launch
 * itself comes from the deployment, of which only the fields that never change are used.
 */
import { type Deployment, type Failure, type ResourceChanges } from '../../contract/deployment.ts'
import { type Event, type EventOf } from '../../contract/event.ts'
import { phaseNames, type DeploymentStatus, type PhaseStatus, type UnitStatus } from '../../contract/words.ts'
import { windowText } from './window.ts'

export interface UnitView {
  id: string
  phase: number
  status: UnitStatus
  startedAt: string | null
  attempt: number
  /** Resource operations begun in this attempt. */
  begun: number
  /** Resource operations ended in this attempt. */
  ended: number
}
export interface PhaseView {
  number: number
  name: string
  status: PhaseStatus
  startedAt: string | null
  finishedAt: string | null
  /** Units in it. */
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
  /** The phase that waits. */
  waitingPhase?: number
  /** The approval or the window that it waits for, for people. */
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

/** Failures that are kept: more than a screen shows. */
export const keptFailures = 20

/** The state before the first event. */
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

/** Counts a phase's units by status; those without an event wait. */
export function countUnits (state: ViewState, phase: PhaseView): Record<UnitStatus, number> {
  const counts = { waiting: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, canceled: 0 }
  const units = Object.values(state.units).filter((unit) => unit.phase === phase.number)
  for (const { status } of units) counts[status]++
  counts.waiting += Math.max(0, phase.total - units.length)
  return counts
}

/** The state after one more event. */
export function reduce (state: ViewState, event: Event): ViewState {
  return event.seq <= state.lastEvent ? state : after({ ...state, lastEvent: event.seq }, event)
}

function after (state: ViewState, event: Event): ViewState {
  switch (event.type) {
    case 'deployment.queued':
    case 'deployment.approval':
    case 'deployment.rejected':
    case 'deployment.drift':
    case 'deployment.findings':
    case 'drift.found':
    case 'diagnostic':
      return state
    case 'deployment.started':
      return { ...settled(state), status: 'running', startedAt: state.startedAt ?? event.time }
    case 'deployment.continued':
    case 'deployment.approved':
      return { ...settled(state), status: 'running' }
    case 'deployment.waiting':
      return waiting(state, event)
    case 'deployment.canceling':
      return { ...settled(state), status: 'canceling' }
    case 'deployment.resumed':
      return resumed(state)
    case 'deployment.succeeded':
      return over(state, 'succeeded', event)
    case 'deployment.failed':
      return over(state, 'failed', event)
    case 'deployment.canceled':
      return over(state, 'canceled', event)
    case 'phase.started':
      return ofPhase(state, event.phase, (before) => ({
        ...before,
        status: 'running',
        startedAt: before.startedAt ?? event.time,
        finishedAt: null
      }))
    case 'phase.succeeded':
      return ofPhase(state, event.phase, ended('succeeded', event.time))
    case 'phase.failed':
      return ofPhase(state, event.phase, ended('failed', event.time))
    case 'phase.canceled':
      return ofPhase(state, event.phase, ended('canceled', event.time))
    case 'unit.started':
    case 'unit.retrying':
    case 'unit.interrupted':
    case 'unit.succeeded':
    case 'unit.failed':
    case 'unit.skipped':
    case 'unit.canceled':
      return ofUnit(state, event)
    case 'resource.started':
    case 'resource.succeeded':
    case 'resource.failed':
      return ofResource(state, event)
    case 'policy.violated':
      return { ...state, policyViolations: state.policyViolations + 1 }
  }
  // A later version of the service may have further types.
  return state
}

/** The state of a deployment that neither waits nor has failed. */
function settled (state: ViewState): ViewState {
  const plain = { ...state }
  delete plain.waitingPhase
  delete plain.waitingFor
  delete plain.error
  return plain
}

function waiting (state: ViewState, { phase, window }: EventOf<'deployment.waiting'>): ViewState {
  return {
    ...settled(state),
    status: 'waiting',
    waitingPhase: phase,
    waitingFor: window ? `phase ${phase} for ${windowText(window)}` : `the approval of phase ${phase}`
  }
}

function resumed (state: ViewState): ViewState {
  const phases = state.phases.map((phase) =>
    phase.status === 'succeeded' ? phase : { ...phase, status: 'pending' as const, finishedAt: null }
  )
  const units = Object.entries(state.units).map(([id, unit]) =>
    [
      id,
      unit.status === 'succeeded' ? unit : { ...unit, status: 'waiting' as const, startedAt: null }
    ] as const
  )
  return {
    ...settled(state),
    status: 'queued',
    finishedAt: null,
    failures: [],
    phases,
    units: Object.fromEntries(units)
  }
}

function over (
  state: ViewState,
  status: 'succeeded' | 'failed' | 'canceled',
  { time, error }: { time: string, error?: Failure }
): ViewState {
  const unbegun = status === 'failed' ? 'skipped' : status
  return {
    ...settled(state),
    status,
    finishedAt: time,
    phases: status === 'succeeded'
      ? state.phases
      : state.phases.map((phase) => phase.status === 'pending' ? { ...phase, status: unbegun } : phase),
    ...(error !== undefined && { error })
  }
}

const ended = (status: PhaseStatus, finishedAt: string) => (before: PhaseView): PhaseView => ({
  ...before,
  status,
  finishedAt
})

function ofPhase (state: ViewState, number: number, change: (before: PhaseView) => PhaseView): ViewState {
  const known = state.phases.find((phase) => phase.number === number)
  const before = known ?? {
    number,
    name: phaseNames[number - 1] ?? `phase ${number}`,
    status: 'pending',
    startedAt: null,
    finishedAt: null,
    total: 0
  }
  return {
    ...state,
    phases: [...state.phases.filter((phase) => phase !== known), change(before)].sort((a, b) =>
      a.number - b.number
    )
  }
}

type UnitEvent = EventOf<
  | 'unit.started'
  | 'unit.retrying'
  | 'unit.interrupted'
  | 'unit.succeeded'
  | 'unit.failed'
  | 'unit.skipped'
  | 'unit.canceled'
>

const statusAfter: Record<UnitEvent['type'], UnitStatus> = {
  'unit.started': 'running',
  'unit.retrying': 'waiting',
  'unit.interrupted': 'waiting',
  'unit.succeeded': 'succeeded',
  'unit.failed': 'failed',
  'unit.skipped': 'skipped',
  'unit.canceled': 'canceled'
}

function ofUnit (state: ViewState, event: UnitEvent): ViewState {
  const { unit: id, phase, time } = event
  const status = statusAfter[event.type]
  const before: UnitView = state.units[id] ??
    { id, phase, status: 'waiting', startedAt: null, attempt: 0, begun: 0, ended: 0 }
  const attempt = ('attempt' in event ? event.attempt : undefined) ?? before.attempt
  const unit: UnitView = event.type === 'unit.started'
    ? { ...before, status, attempt, startedAt: time, begun: 0, ended: 0 }
    : { ...before, status, attempt, ...(status === 'waiting' && { startedAt: null }) }
  return {
    ...state,
    units: { ...state.units, [id]: unit },
    changes: addChanges(state.changes, 'resourceChanges' in event ? event.resourceChanges : undefined),
    failures: event.type === 'unit.failed'
      ? addFailure(state, { time, unit: id, message: event.error.message })
      : state.failures
  }
}

function ofResource (
  state: ViewState,
  event: EventOf<'resource.started' | 'resource.succeeded' | 'resource.failed'>
): ViewState {
  const { type, time, unit: id } = event
  const { begun, succeeded, failed } = state.resources
  const resources = {
    begun: begun + Number(type === 'resource.started'),
    succeeded: succeeded + Number(type === 'resource.succeeded'),
    failed: failed + Number(type === 'resource.failed')
  }
  const unit = state.units[id]
  const units = unit
    ? {
      ...state.units,
      [id]: {
        ...unit,
        begun: unit.begun + Number(type === 'resource.started'),
        ended: unit.ended + Number(type !== 'resource.started')
      }
    }
    : state.units
  return {
    ...state,
    resources,
    units,
    failures: type === 'resource.failed'
      ? addFailure(state, { time, unit: id, resource: resourceOf(event), message: event.message })
      : state.failures
  }
}

/** The resource of an event for people: `type name`. */
export function resourceOf (
  { resource: { type, name } }: { resource: { type: string, name: string } }
): string {
  return `${type} ${name}`
}

const addFailure = (state: ViewState, failure: FailureView) =>
  [...state.failures, failure].slice(-keptFailures)

function addChanges (sum: ResourceChanges, more: ResourceChanges | undefined): ResourceChanges {
  if (!more) return sum
  return {
    create: sum.create + more.create,
    update: sum.update + more.update,
    delete: sum.delete + more.delete,
    replace: sum.replace + more.replace,
    same: sum.same + more.same
  }
}
