/** An event as one line for people. Pure. */
import type { components } from '../api/schema.d.ts'
import { urnParts } from '../model/resource-names.ts'

export type Event = components['schemas']['Event'] & { [field: string]: unknown }
export type Level = 'info' | 'warning' | 'error'
/** What kinds of events one looks for. */
export const kinds = ['steps', 'units', 'resources', 'policies', 'diagnostics'] as const
export type Kind = typeof kinds[number]

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? value as Record<string, unknown> : {}
const words = (value: unknown): string => typeof value === 'string' ? value : ''

export function kindOf (type: string): Kind {
  if (type.startsWith('resource.') || type === 'drift.found') return 'resources'
  if (type.startsWith('unit.')) return 'units'
  if (type === 'policy.violated') return 'policies'
  return type === 'diagnostic' ? 'diagnostics' : 'steps'
}

/** How loud an event is. */
export function levelOf (event: Event): Level {
  if (event.type.endsWith('.failed')) return 'error'
  if (event.type === 'policy.violated') return event.enforcement === 'mandatory' ? 'error' : 'warning'
  if (event.type === 'diagnostic') {
    return event.severity === 'error'
      ? 'error'
      : event.severity === 'warning'
      ? 'warning'
      : 'info'
  }
  return [
      'drift.found',
      'deployment.drift',
      'deployment.findings',
      'unit.retrying',
      'unit.interrupted',
      'unit.canceled',
      'unit.skipped',
      'deployment.rejected',
      'deployment.canceled',
      'deployment.canceling'
    ].includes(event.type)
    ? 'warning'
    : 'info'
}

/** A resource as its type's last part and its name. */
function resourceOf (event: Event): string {
  const { type, name } = fields(event.resource)
  if (typeof type === 'string' && typeof name === 'string') return `${type} ${name}`
  if (typeof event.urn !== 'string') return ''
  const parts = urnParts(event.urn)
  return `${parts.type} ${parts.name}`
}

const changesOf = (value: unknown): string =>
  Object.entries(fields(value)).filter(([, amount]) => typeof amount === 'number' && amount > 0).map((
    [kind, amount]
  ) => `${String(amount)} ${kind}`).join(', ')

/** What the event says beyond its type and unit, on one line. */
export function textOf (event: Event): string {
  const message = words(event.message) || words(fields(event.error).message) || words(event.reason)
  const parts: string[] = []
  if (event.type.startsWith('resource.')) parts.push(words(event.op), resourceOf(event))
  else if (event.type === 'policy.violated') parts.push(words(event.policy), resourceOf(event))
  else if (event.type === 'drift.found') {
    parts.push(words(event.kind), resourceOf(event), Array.isArray(event.paths) ? event.paths.join(', ') : '')
  } else if (event.type === 'deployment.drift') parts.push(changesOf(event.drift))
  else if (event.type === 'deployment.findings') {
    parts.push(`${String(event.mandatory)} mandatory, ${String(event.advisory)} advisory`)
  } else if (event.type === 'diagnostic') parts.push(event.urn === undefined ? '' : resourceOf(event))
  else if (event.type.startsWith('unit.')) {
    parts.push(
      Number(event.attempt) > 1 ? `attempt ${String(event.attempt)}` : '',
      changesOf(event.resourceChanges)
    )
  } else if (event.phase !== undefined) parts.push(`phase ${event.phase}`, words(event.name))
  else if (event.type === 'deployment.queued') {
    parts.push(
      [
        words(event.operation),
        words(event.mode),
        words(event.world),
        typeof event.units === 'number' ? `${event.units} units` : ''
      ].filter(Boolean).join(', ')
    )
  }
  const { because, names, opens } = fields(event.window)
  if (Array.isArray(names)) {
    parts.push(
      `${because === 'freeze' ? 'freeze' : 'maintenance window'} ${names.join(', ')}${
        typeof opens === 'string' ? ` until ${opens}` : ''
      }`
    )
  }
  parts.push(message, words(event.comment))
  return parts.filter((part) => part !== '').join(' · ').replaceAll(/\s+/g, ' ')
}
