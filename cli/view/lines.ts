/** Events as plain lines, for output that is not a terminal. Pure. */
import { type PropertyChange } from '../../contract/change.ts'
import { type ResourceChanges } from '../../contract/deployment.ts'
import { type Event, type EventOf } from '../../contract/event.ts'
import { visibleLine } from '../../contract/text/visible.ts'
import { phaseNames } from '../../contract/words.ts'
import { resourceOf } from './state.ts'
import { windowText } from './window.ts'

function changesOf (changes: ResourceChanges | undefined): string {
  const parts = Object.entries(changes ?? {}).filter(([, count]) => count > 0).map(([kind, count]) =>
    `${kind} ${count}`
  )
  return parts.length > 0 ? `(${parts.join(', ')})` : ''
}

/**
 * Properties of a resource that change, each with its sign; one that replaces the resource is
 * marked.
 */
function diffOf (diff: readonly PropertyChange[] | undefined): string {
  if (!diff) return ''
  const signs: Record<string, string> = { add: '+', delete: '-' }
  return `(${
    diff.map(({ path, kind, replaces }) => `${signs[kind] ?? '~'}${path}${replaces ? ' replaces' : ''}`).join(
      ', '
    )
  })`
}

const phaseOf = (number: number): string => `phase ${number} ${phaseNames[number - 1] ?? ''}`

function waitingLine ({ phase, window }: EventOf<'deployment.waiting'>): string {
  return window ? `with ${phaseOf(phase)} for ${windowText(window)}` : `for the approval of ${phaseOf(phase)}`
}

/**
 * The line of an event: its time, its subject, and what happened. Undefined for resources without
 * failure and diagnostics without warning, unless `verbose`.
 */
export function lineOf (event: Event, { verbose }: { verbose: boolean }): string | undefined {
  const parts = partsOf(event, verbose)
  return parts &&
    visibleLine(
      [event.time.slice(11, 19), ...parts.filter((part) => part !== '')].join(' ').replaceAll(
        '\n',
        ' '
      )
    )
}

function partsOf (event: Event, verbose: boolean): string[] | undefined {
  const what = event.type.split('.')[1] ?? ''
  switch (event.type) {
    case 'deployment.queued':
    case 'deployment.started':
    case 'deployment.approval':
    case 'deployment.approved':
    case 'deployment.rejected':
    case 'deployment.canceling':
    case 'deployment.resumed':
      return ['deployment', what]
    case 'deployment.waiting':
      return ['deployment', what, waitingLine(event)]
    case 'deployment.continued':
      return [
        'deployment',
        what,
        `with ${phaseOf(event.phase)}${event.comment === undefined ? '' : `: ${event.comment}`}`
      ]
    case 'deployment.findings':
      return ['deployment', what, `of policies: ${event.mandatory} mandatory, ${event.advisory} advisory`]
    case 'deployment.succeeded':
    case 'deployment.failed':
    case 'deployment.canceled':
      return ['deployment', what, event.error ? `(${event.error.message})` : '']
    case 'phase.started':
    case 'phase.succeeded':
    case 'phase.failed':
    case 'phase.canceled':
      return [phaseOf(event.phase), what]
    case 'unit.started':
      return ['unit', event.unit, what, event.attempt > 1 ? `(attempt ${event.attempt})` : '']
    case 'unit.succeeded':
      return ['unit', event.unit, what, changesOf(event.resourceChanges)]
    case 'unit.retrying':
    case 'unit.failed':
      return ['unit', event.unit, what, changesOf(event.resourceChanges), `because ${event.error.message}`]
    case 'unit.canceled':
      return ['unit', event.unit, what, changesOf(event.resourceChanges), `because ${event.reason}`]
    case 'unit.interrupted':
    case 'unit.skipped':
      return ['unit', event.unit, what, `because ${event.reason}`]
    case 'resource.started':
      return verbose ? ['resource', event.unit, event.op, resourceOf(event), what] : undefined
    case 'resource.succeeded':
      return verbose
        ? ['resource', event.unit, event.op, resourceOf(event), what, diffOf(event.diff)]
        : undefined
    case 'resource.failed':
      return ['resource', event.unit, resourceOf(event), `failed: ${event.message}`]
    case 'drift.found':
      return ['drift', event.unit, resourceOf(event), event.kind, event.paths.join(', ')]
    case 'policy.violated':
      return ['policy', event.unit, `${event.policy} violated: ${event.message}`]
    case 'diagnostic':
      return verbose || event.severity === 'error' || event.severity === 'warning'
        ? [event.severity, event.unit, event.message]
        : undefined
    case 'deployment.drift':
      return undefined
  }
}
