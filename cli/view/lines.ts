/** Events as plain lines, for output that is not a terminal. Pure. */
import { type Event } from '../../contract/event.ts'
import { phaseNames } from '../../contract/words.ts'
import { messageOf, resourceOf } from './state.ts'
import { harmless } from './text.ts'
import { windowText } from './window.ts'

const changesOf = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).filter(([, count]) => typeof count === 'number' && count > 0).map((
      [kind, count]
    ) => `${kind} ${String(count)}`).join(', ')
    : ''

/**
 * Which properties of a resource change, each with its sign; one that replaces the resource is
 * marked.
 */
function diffOf (diff: unknown): string {
  if (!Array.isArray(diff)) return ''
  const signs: Record<string, string> = { add: '+', delete: '-' }
  return `(${
    (diff as { path?: unknown, kind?: unknown, replaces?: unknown }[]).map(({ path, kind, replaces }) =>
      `${signs[String(kind)] ?? '~'}${String(path)}${replaces === true ? ' replaces' : ''}`
    ).join(', ')
  })`
}

/**
 * The line of an event: time, what it is about, what happened. Undefined for resources that go well
 * and information for debugging unless `verbose`.
 */
export function lineOf (event: Event, options: { verbose: boolean }): string | undefined {
  const [subject, what = ''] = event.type.split('.')
  const line = (...parts: string[]) =>
    harmless([event.time.slice(11, 19), ...parts.filter((part) => part !== '')].join(' ')).replaceAll(
      '\n',
      ' '
    )
  const phase = event.phase === undefined ? '' : `phase ${event.phase} ${phaseNames[event.phase - 1] ?? ''}`
  const unit = event.unit ?? ''
  switch (subject) {
    case 'deployment':
      return what === 'drift'
        ? undefined
        : line(
          'deployment',
          what,
          what === 'waiting'
            ? `${
              event.window ? `with ${phase} for ${windowText(event.window)}` : `for the approval of ${phase}`
            }`
            : what === 'findings'
            ? `of policies: ${String(event.mandatory ?? 0)} mandatory, ${String(event.advisory ?? 0)} ` +
              'advisory'
            : what === 'continued'
            ? `with ${phase}${typeof event.comment === 'string' ? `: ${event.comment}` : ''}`
            : event.error
            ? `(${messageOf(event)})`
            : ''
        )
    case 'phase':
      return line(phase, what)
    case 'unit': {
      const changes = changesOf(event.resourceChanges)
      const trouble = what === 'started' || what === 'succeeded' ? '' : `because ${messageOf(event)}`
      return line(
        'unit',
        unit,
        what,
        what === 'started' && Number(event.attempt) > 1 ? `(attempt ${String(event.attempt)})` : '',
        changes && `(${changes})`,
        trouble === `because ${event.type}` ? '' : trouble
      )
    }
    case 'resource':
      if (what === 'failed') {
        return line('resource', unit, resourceOf(event) ?? '', `failed: ${messageOf(event)}`)
      }
      return options.verbose
        ? line('resource', unit, String(event.op ?? ''), resourceOf(event) ?? '', what, diffOf(event.diff))
        : undefined
    case 'drift':
      return line(
        'drift',
        unit,
        resourceOf(event) ?? '',
        String(event.kind ?? ''),
        Array.isArray(event.paths) ? event.paths.join(', ') : ''
      )
    case 'policy':
      return line('policy', unit, `${String(event.policy ?? '')} violated: ${messageOf(event)}`)
    default:
      if (!options.verbose && event.severity !== 'error' && event.severity !== 'warning') return undefined
      return line(String(event.severity ?? event.type), unit, messageOf(event))
  }
}
