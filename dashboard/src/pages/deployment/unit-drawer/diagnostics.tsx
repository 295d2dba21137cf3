import { useRevision, type EventLog } from '../../../live/event-log.ts'
import { clock } from '../../../model/time.ts'
import { Link, pathOf } from '../../../router.tsx'

interface DiagnosticsProps {
  /** Id of the deployment. */
  deployment: string
  /** Id of the unit. */
  unit: string
  log: EventLog
}

/** The unit's diagnostics, warnings and errors, with a link to all of its events. */
export function Diagnostics ({ deployment, unit, log }: DiagnosticsProps) {
  useRevision(log)
  const rows = log.trouble?.unit === unit ? log.trouble.rows : []
  if (rows.length === 0) return null
  return (
    <section>
      <h3>Diagnostics</h3>
      <ol className='diagnostics'>
        {rows.map(({ seq, level, time, type, text }) => (
          <li key={seq} data-level={level}>
            <time dateTime={new Date(time).toISOString()}>{clock(time)}</time>{' '}
            <span className='mono'>{type}</span> {text}
          </li>
        ))}
      </ol>
      <p>
        <Link to={`${pathOf('deployments', deployment, 'events')}?about=${encodeURIComponent(unit)}`}>
          All events of this unit
        </Link>
      </p>
    </section>
  )
}
