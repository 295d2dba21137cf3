/** Events for people: their kind, their level, and one line of text. Pure. */
import type { Event, EventOf } from '../../../contract/event.ts'
import type { WindowWait } from '../../../contract/window.ts'
import { urnParts } from '../model/resource-names.ts'

export type Level = 'info' | 'warning' | 'error'
/** Kinds of events that a reader looks for; `steps` are those of deployments and phases. */
export const kinds = ['steps', 'units', 'resources', 'policies', 'diagnostics'] as const
export type Kind = typeof kinds[number]

export function kindOf (type: Event['type']): Kind {
  if (type.startsWith('resource.') || type === 'drift.found') return 'resources'
  if (type.startsWith('unit.')) return 'units'
  if (type === 'policy.violated') return 'policies'
  return type === 'diagnostic' ? 'diagnostics' : 'steps'
}

export function levelOf (event: Event): Level {
  switch (event.type) {
    case 'deployment.failed':
    case 'phase.failed':
    case 'unit.failed':
    case 'resource.failed':
      return 'error'
    case 'policy.violated':
      return event.enforcement === 'mandatory' ? 'error' : 'warning'
    case 'diagnostic':
      return event.severity === 'error' || event.severity === 'warning' ? event.severity : 'info'
    case 'drift.found':
    case 'deployment.drift':
    case 'deployment.findings':
    case 'deployment.rejected':
    case 'deployment.canceled':
    case 'deployment.canceling':
    case 'unit.retrying':
    case 'unit.interrupted':
    case 'unit.canceled':
    case 'unit.skipped':
      return 'warning'
    default:
      return 'info'
  }
}

/** Writes what an event says beyond its type and unit on one line. */
export function textOf (event: Event): string {
  return partsOf(event).filter((part) => part !== undefined && part !== '').join(' · ').replaceAll(
    /\s+/g,
    ' '
  )
}

/** Parts of an event's line; empty ones are left out. */
function partsOf (event: Event): (string | undefined)[] {
  switch (event.type) {
    case 'deployment.queued':
      return [queuedText(event)]
    case 'deployment.started':
    case 'deployment.canceling':
    case 'deployment.resumed':
      return []
    case 'deployment.waiting':
      return [`phase ${event.phase}`, event.window && windowText(event.window)]
    case 'deployment.approval':
    case 'deployment.approved':
    case 'deployment.continued':
      return [`phase ${event.phase}`, event.comment]
    case 'deployment.rejected':
      return [`phase ${event.phase}`, event.reason, event.comment]
    case 'deployment.drift':
      return [countsText(event.drift)]
    case 'deployment.findings':
      return [`${event.mandatory} mandatory, ${event.advisory} advisory`]
    case 'deployment.succeeded':
    case 'deployment.failed':
    case 'deployment.canceled':
      return [event.error?.message]
    case 'phase.started':
      return [`phase ${event.phase}`, event.name]
    case 'phase.succeeded':
    case 'phase.failed':
    case 'phase.canceled':
      return [`phase ${event.phase}`]
    case 'unit.started':
      return [attemptText(event.attempt)]
    case 'unit.succeeded':
      return [attemptText(event.attempt), countsText(event.resourceChanges)]
    case 'unit.retrying':
    case 'unit.failed':
      return [attemptText(event.attempt), countsText(event.resourceChanges), event.error.message]
    case 'unit.interrupted':
      return [attemptText(event.attempt), event.reason]
    case 'unit.canceled':
      return [attemptText(event.attempt), countsText(event.resourceChanges), event.reason]
    case 'unit.skipped':
      return [event.reason]
    case 'resource.started':
    case 'resource.succeeded':
      return [event.op, nameOf(event.resource)]
    case 'resource.failed':
      return [event.op, nameOf(event.resource), event.message]
    case 'policy.violated':
      return [event.policy, urnText(event.urn), event.message]
    case 'drift.found':
      return [event.kind, nameOf(event.resource), event.paths.join(', ')]
    case 'diagnostic':
      return [urnText(event.urn), event.message]
  }
  // A page that was opened before an upgrade of the service gets types that it does not know.
  return []
}

function queuedText ({ operation, mode, world, units }: EventOf<'deployment.queued'>): string {
  return [operation, mode, ...(world === undefined ? [] : [world]), `${units} units`].join(', ')
}

/** A resource as its type and its name. */
const nameOf = ({ type, name }: { type: string, name: string }): string => `${type} ${name}`

const urnText = (urn: string | undefined): string | undefined =>
  urn === undefined ? urn : nameOf(urnParts(urn))

const attemptText = (attempt: number | undefined): string | undefined =>
  attempt !== undefined && attempt > 1 ? `attempt ${attempt}` : undefined

/** Writes the counts that are not 0; counts inside another field are left out. */
function countsText (counts: object | undefined): string {
  return Object.entries(counts ?? {})
    .filter(([, amount]) => typeof amount === 'number' && amount > 0)
    .map(([kind, amount]) => `${String(amount)} ${kind}`)
    .join(', ')
}

function windowText ({ because, names, opens }: WindowWait): string {
  const what = because === 'freeze' ? 'freeze' : 'maintenance window'
  return `${what} ${names.join(', ')}${opens === undefined ? '' : ` until ${opens}`}`
}
