/** What happens by the clock: schedules, and when what is live may be changed. */
import {
  schedules as schedulesResource,
  windows as windowsResource,
  type WindowReport
} from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { dateTime } from '../model/time.ts'
import { Link, pathOf } from '../router.tsx'
import { Card, Loaded, ModeBadge, Scroll, StateBadge } from '../ui/parts.tsx'

/** Milliseconds between looks: schedules count minutes. */
const pause = 30_000

const when = (time: string | undefined): string => time === undefined ? '–' : dateTime(time)

function Summary ({ report: { open, because, names = [], opens, closes } }: { report: WindowReport }) {
  return (
    <p className='inside row tight'>
      <StateBadge state={open ? 'succeeded' : 'waiting'}>
        {open ? 'open' : because === 'freeze' ? 'frozen' : 'closed'}
      </StateBadge>
      {open
        ? (
          <span>
            What is live may be changed{closes !== undefined && (
              <>
                until <b>{dateTime(closes)}</b>
              </>
            )}.
          </span>
        )
        : (
          <span>
            What is live waits ({names.join(', ')}); all of it may be changed{' '}
            {opens === undefined ? 'at no time within a year' : (
              <>
                from <b>{dateTime(opens)}</b>
              </>
            )}.
          </span>
        )}
    </p>
  )
}

function Windows ({ report }: { report: WindowReport }) {
  if (report.items.length === 0) {
    return (
      <p className='empty'>
        The file has no maintenance windows and no freezes: what is live may be changed at any time.
      </p>
    )
  }
  return (
    <>
      <Summary report={report} />
      <Scroll label='Maintenance windows and freezes'>
        <table className='table'>
          <thead>
            <tr>
              <th scope='col'>Now</th>
              <th scope='col'>Name</th>
              <th scope='col'>Until</th>
              <th scope='col'>Next</th>
              <th scope='col'>Time zone</th>
              <th scope='col'>About</th>
            </tr>
          </thead>
          <tbody>
            {report.items.map((one) => (
              <tr key={`${one.kind} ${one.name}`}>
                <td>
                  <StateBadge
                    state={one.kind === 'freeze'
                      ? (one.open ? 'waiting' : 'pending')
                      : one.open
                      ? 'succeeded'
                      : 'absent'}
                  >
                    {one.kind === 'freeze' ? (one.open ? 'frozen' : 'to come') : one.open ? 'open' : 'closed'}
                  </StateBadge>
                </td>
                <td>
                  <b>{one.name}</b>
                  {one.reason !== undefined && <span className='hint'>{one.reason}</span>}
                </td>
                <td className='nowrap'>{when(one.until)}</td>
                <td className='nowrap'>{when(one.next)}</td>
                <td>{one.timeZone ?? '–'}</td>
                <td className='break'>
                  {[...one.phases ?? [], ...one.clusters ?? []].join(', ') || 'everything'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

/** The federation's schedules and maintenance windows. */
export function CalendarView ({ name }: { name: string }) {
  const schedules = useResource(schedulesResource(name), pause)
  const windows = useResource(windowsResource(name), pause)
  return (
    <>
      <Card title='Maintenance windows' bare>
        <Loaded known={windows}>{(report) => <Windows report={report} />}</Loaded>
      </Card>
      <Card title='Schedules' bare>
        <Loaded known={schedules}>
          {({ items }) =>
            items.length === 0
              ? <p className='empty'>The file has no schedules.</p>
              : (
                <Scroll label='Schedules'>
                  <table className='table'>
                    <thead>
                      <tr>
                        <th scope='col'>Name</th>
                        <th scope='col'>Launches</th>
                        <th scope='col'>When</th>
                        <th scope='col'>Next</th>
                        <th scope='col'>Last</th>
                      </tr>
                    </thead>
                    <tbody>
                      {items.map(({ name: schedule, operation, mode, cron, timeZone, next, last }) => (
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
                          <td className='nowrap'>{when(next)}</td>
                          <td className='nowrap'>
                            {last?.deployment === undefined
                              ? <span className='muted'>nothing was launched</span>
                              : <Link to={pathOf('deployments', last.deployment)}>{dateTime(last.due)}</Link>}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              )}
        </Loaded>
      </Card>
    </>
  )
}
