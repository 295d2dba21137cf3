import type { WindowReport } from '../../api/client.ts'
import type { State } from '../../model/state.ts'
import { dateTime } from '../../model/time.ts'
import { StateBadge } from '../../ui/badge.tsx'
import { ScrollTable } from '../../ui/table.tsx'

export const timeOrDash = (time: string | undefined): string => time === undefined ? '–' : dateTime(time)

function Summary ({ report: { open, because, names = [], opens, closes } }: { report: WindowReport }) {
  if (open) {
    return (
      <p className='inside row tight'>
        <StateBadge state='succeeded'>open</StateBadge>
        <span>
          Live stacks may be changed{closes !== undefined && (
            <>
              {' '}until <b>{dateTime(closes)}</b>
            </>
          )}.
        </span>
      </p>
    )
  }
  return (
    <p className='inside row tight'>
      <StateBadge state='waiting'>{because === 'freeze' ? 'frozen' : 'closed'}</StateBadge>
      <span>
        Live changes wait ({names.join(', ')}). All live stacks may be changed{' '}
        {opens === undefined ? 'at no time within a year' : (
          <>
            from <b>{dateTime(opens)}</b>
          </>
        )}.
      </span>
    </p>
  )
}

type Window = WindowReport['items'][number]

/** A window or freeze in one word. */
function nowOf ({ kind, open }: Window): { state: State, word: string } {
  if (kind === 'freeze') {
    return open
      ? { state: 'waiting', word: 'frozen' }
      : { state: 'pending', word: 'upcoming' }
  }
  return open ? { state: 'succeeded', word: 'open' } : { state: 'absent', word: 'closed' }
}

function Row ({ window }: { window: Window }) {
  const { name, reason, until, next, timeZone, phases = [], clusters = [] } = window
  const { state, word } = nowOf(window)
  return (
    <tr>
      <td>
        <StateBadge state={state}>{word}</StateBadge>
      </td>
      <td>
        <b>{name}</b>
        {reason !== undefined && <span className='hint'>{' '}{reason}</span>}
      </td>
      <td className='nowrap'>{timeOrDash(until)}</td>
      <td className='nowrap'>{timeOrDash(next)}</td>
      <td>{timeZone ?? '–'}</td>
      <td className='break'>{[...phases, ...clusters].join(', ') || 'everything'}</td>
    </tr>
  )
}

const columns = ['Now', 'Name', 'Until', 'Next', 'Time zone', 'Applies to']

/**
 * The maintenance windows and freezes of a federation, and whether they let changes through now.
 */
export function Windows ({ report }: { report: WindowReport }) {
  if (report.items.length === 0) {
    return (
      <p className='empty'>
        The federation file has no maintenance windows and no freezes: live stacks may be changed at any time.
      </p>
    )
  }
  return (
    <>
      <Summary report={report} />
      <ScrollTable label='Maintenance windows and freezes' columns={columns}>
        {report.items.map((window) => <Row key={`${window.kind} ${window.name}`} window={window} />)}
      </ScrollTable>
    </>
  )
}
