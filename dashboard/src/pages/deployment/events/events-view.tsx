import { useEffect, useState } from 'react'
import type { Deployment } from '../../../api/client.ts'
import { useRevision, type EventLog } from '../../../live/event-log.ts'
import type { Connection } from '../../../live/messages.ts'
import { EventDetails } from './event-details.tsx'
import { EventFilters } from './event-filters.tsx'
import { EventList } from './event-list.tsx'
import { useEventFilter } from './use-event-filter.ts'

const connectionWords: Record<Connection, string> = {
  closed: 'not connected',
  connecting: 'connecting…',
  open: 'live',
  lost: 'connection lost, reconnecting…',
  complete: 'complete'
}

interface FooterProps {
  state: EventLog['state']
  /** Number of events that have passed their retention time. */
  removed: number
}

/** The connection, and how many events there are. */
function Footer ({ state: { connection, matching, total, dropped }, removed }: FooterProps) {
  const number = (value: number) => value.toLocaleString('en-US')
  return (
    <footer className='row spread' role='status'>
      <span>
        <i className='dot' data-connection={connection} aria-hidden='true' />
        {connectionWords[connection]}
      </span>
      <span className='muted number'>
        {number(matching)} of {number(total)} events
        {dropped > 0 && ` (the page no longer holds the first ${number(dropped)})`}
        {removed > 0 && ` (the first ${number(removed)} have passed their retention time)`}
      </span>
    </footer>
  )
}

interface EventsViewProps {
  deployment: Deployment
  log: EventLog
  /** Ids of the deployment's units. */
  units: readonly string[]
}

/** The events of a deployment as they come in, with search and filters. */
export function EventsView ({ deployment, log, units }: EventsViewProps) {
  const { filter, text, setText, toggle } = useEventFilter()
  const [following, setFollowing] = useState(true)
  const [opened, setOpened] = useState<number>()
  useRevision(log)
  const removed = (deployment.eventsFrom ?? 1) - 1
  useEffect(() => {
    log.open(deployment.id, removed, deployment.lastEvent)
  }, [log, deployment.id, removed])
  useEffect(() => {
    log.filter(filter)
  }, [log, JSON.stringify(filter)])
  return (
    <section className='card events' aria-label='Events'>
      <EventFilters
        filter={filter}
        text={text}
        setText={setText}
        toggle={toggle}
        units={units}
        following={following}
        setFollowing={setFollowing}
      />
      <EventList
        log={log}
        following={following}
        onLeave={() => {
          setFollowing(false)
        }}
        onOpen={setOpened}
      />
      <Footer state={log.state} removed={removed} />
      {opened !== undefined && (
        <EventDetails
          deployment={deployment.id}
          seq={opened}
          onClose={() => {
            setOpened(undefined)
          }}
        />
      )}
    </section>
  )
}
