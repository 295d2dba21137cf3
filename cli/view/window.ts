/** Maintenance windows and freezes for people. Pure. */
import { type Deployment } from '../../contract/deployment.ts'
import { type WindowReport, type WindowWait } from '../../contract/window.ts'
import { table } from './text.ts'

/**
 * The window or freeze that is waited for: `the maintenance window weekend`, `the end of the freeze
 * year-end`.
 */
export function windowText ({ because, names, opens }: WindowWait): string {
  return `${because === 'freeze' ? 'the end of the freeze' : 'the maintenance window'} ` +
    `${names.join(', ')}${opens === undefined ? '' : `, until ${opens}`}`
}

/** The window that a deployment waits for, and who overrode it. */
export function windowLines ({ window, windowOverride, warnings = [], status }: Deployment): string[] {
  return [
    ...(window ? [`phase ${window.phase} waits for ${windowText(window)}`] : []),
    ...(windowOverride
      ? [
        `continues outside its windows, by ${windowOverride.actor?.name ?? 'the service'}: ` +
        `${windowOverride.reason}`
      ]
      : []),
    ...(status === 'queued'
      ? warnings.filter(({ code }) => code !== 'orphaned').map(({ message }) => `warning: ${message}`)
      : [])
  ]
}

/** Windows and freezes, and whether everything live may be changed now. */
export function reportLines ({ items, open, because, names = [], opens, closes }: WindowReport): string[] {
  if (items.length === 0) {
    return ['no maintenance windows and no freezes: everything live may be changed at any time']
  }
  const about = ({ phases, clusters }: WindowReport['items'][number]) =>
    [...phases ?? [], ...clusters ?? []].join(', ') || 'all'
  return [
    ...table(
      ['KIND', 'NAME', 'NOW', 'UNTIL', 'NEXT', 'ABOUT'],
      items.map((
        one
      ) => [
        one.kind,
        one.name,
        one.kind === 'freeze' ? (one.open ? 'in force' : 'upcoming') : one.open ? 'open' : 'closed',
        one.until ?? '',
        one.next ?? '',
        one.reason === undefined ? about(one) : `${about(one)}: ${one.reason}`
      ])
    ),
    '',
    open
      ? `everything live may be changed${closes === undefined ? '' : ` until ${closes}`}`
      : `not everything live may be changed: ${because === 'freeze' ? 'freeze' : 'closed'} ` +
        `${names.join(', ')}` +
        `${opens === undefined ? ', and no time within a year allows all of it' : `, next at ${opens}`}`
  ]
}
