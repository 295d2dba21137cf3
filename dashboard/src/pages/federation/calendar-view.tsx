import { schedules as schedulesResource, windows as windowsResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { dateTime } from '../../model/time.ts'
import { Link, pathOf } from '../../router.tsx'
import { ModeBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { ScrollTable } from '../../ui/table.tsx'
import { timeOrDash, Windows } from './windows.tsx'

/** Milliseconds between reads: schedules count minutes. */
const pause = 30_000

const columns = ['Name', 'Launches', 'When', 'Next', 'Last', 'Left out']

function Schedules ({ name }: { name: string }) {
  const known = useResource(schedulesResource(name), pause)
  return (
    <Loaded known={known}>
      {({ items }) =>
        items.length === 0
          ? <p className='empty'>The federation file has no schedules.</p>
          : (
            <ScrollTable label='Schedules' columns={columns}>
              {items.map(({ name: schedule, operation, mode, cron, timeZone, next, last, leftOut }) => (
                <tr key={schedule}>
                  <td>
                    <b>{schedule}</b>
                  </td>
                  <td className='nowrap'>
                    {operation} <ModeBadge mode={mode} />
                  </td>
                  <td>
                    <code>{cron}</code> <span className='hint'>{timeZone}</span>
                  </td>
                  <td className='nowrap'>{timeOrDash(next)}</td>
                  <td className='nowrap'>
                    {last?.deployment === undefined
                      ? <span className='muted'>nothing was launched</span>
                      : <Link to={pathOf('deployments', last.deployment)}>{dateTime(last.due)}</Link>}
                  </td>
                  <td className='nowrap'>
                    {leftOut === undefined
                      ? <span className='muted'>nothing</span>
                      : (
                        <>
                          {leftOut.times}, last{' '}
                          <Link to={pathOf('deployments', leftOut.deployment)}>{dateTime(leftOut.due)}</Link>
                        </>
                      )}
                  </td>
                </tr>
              ))}
            </ScrollTable>
          )}
    </Loaded>
  )
}

/** Schedules, and the windows in which live stacks may be changed. */
export function CalendarView ({ name }: { name: string }) {
  const windows = useResource(windowsResource(name), pause)
  return (
    <>
      <Card title='Maintenance windows' bare>
        <Loaded known={windows}>{(report) => <Windows report={report} />}</Loaded>
      </Card>
      <Card title='Schedules' bare>
        <Schedules name={name} />
      </Card>
    </>
  )
}
