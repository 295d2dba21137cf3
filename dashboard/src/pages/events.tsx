import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { Deployment } from '../api/client.ts'
import { eventAt } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { useRevision, type EventLog } from '../live/event-log.ts'
import type { Filter, Row } from '../live/event-store.ts'
import { kinds, type Kind } from '../live/event-text.ts'
import { clock, dateTime } from '../model/time.ts'
import { navigate, useAddress, withQuery } from '../router.tsx'
import { Drawer } from '../ui/dialog.tsx'
import { Loaded } from '../ui/parts.tsx'

/** Pixels of a row; style/views.css has the same. */
const rowHeight = 24

/** Milliseconds after the last key until a search begins. */
const typingPause = 120

const connectionWords = {
  closed: 'not connected',
  connecting: 'connecting…',
  open: 'live',
  lost: 'connection lost, coming back…',
  complete: 'complete'
} as const

function EventDetails (
  { deployment, seq, onClose }: { deployment: string, seq: number, onClose: () => void }
) {
  const known = useResource(eventAt(deployment, seq))
  return (
    <Drawer label={`Event ${seq}`} head={<h2>Event {seq}</h2>} onClose={onClose}>
      <Loaded known={known}>
        {(event) => (
          <>
            <dl className='pairs'>
              {Object.entries(event).filter(([, value]) => typeof value !== 'object').map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className={name === 'urn' ? 'mono' : ''}>{String(value)}</dd>
                </div>
              ))}
            </dl>
            <section>
              <h3>As stored</h3>
              <pre className='code'>{JSON.stringify(event, null, 2)}</pre>
            </section>
          </>
        )}
      </Loaded>
    </Drawer>
  )
}

function EventRow (
  { row, index, top, total, onOpen }: {
    row: Row | undefined
    index: number
    top: number
    total: number
    onOpen: (seq: number) => void
  }
) {
  return (
    <div
      className='event'
      role='row'
      aria-rowindex={index + 2}
      data-level={row?.level}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row && (
        <>
          <span role='cell' className='seq'>
            <button
              type='button'
              tabIndex={-1}
              onClick={() => {
                onOpen(row.seq)
              }}
              aria-label={`Event ${row.seq} of ${total}`}
            >
              {row.seq}
            </button>
          </span>
          <time role='cell' dateTime={new Date(row.time).toISOString()} title={dateTime(row.time)}>
            {clock(row.time)}
          </time>
          <span role='cell' className='type'>{row.type}</span>
          <span role='cell' className='unit-name' title={row.unit}>{row.unit ?? ''}</span>
          <span role='cell' className='text' title={row.text}>{row.text}</span>
        </>
      )}
    </div>
  )
}

function filterOf (query: URLSearchParams): Filter {
  const hidden = query.get('hide')?.split(',') ?? []
  const level = query.get('level')
  const about = query.get('about')
  return {
    kinds: kinds.filter((kind) => !hidden.includes(kind)),
    level: level === 'warning' || level === 'error' ? level : 'all',
    text: query.get('q') ?? '',
    ...(about && { unit: about })
  }
}

/** The log of a deployment as it grows: filter, search, and only the rows that are seen. */
export function EventsView (
  { deployment, log, units }: { deployment: Deployment, log: EventLog, units: readonly string[] }
) {
  const { query } = useAddress()
  const filter = filterOf(query)
  const key = JSON.stringify(filter)
  const [text, setText] = useState(filter.text)
  const [following, setFollowing] = useState(true)
  const [opened, setOpened] = useState<number>()
  const scroller = useRef<HTMLDivElement>(null)
  useRevision(log)
  // Events are kept for a time after the end.
  const removed = (deployment.eventsFrom ?? 1) - 1
  const { matching, total, dropped, connection } = log.state

  useEffect(() => {
    log.open(deployment.id, removed, deployment.lastEvent)
  }, [log, deployment.id, removed])
  useEffect(() => {
    log.filter(filter)
  }, [log, key])
  useEffect(() => {
    if (text === filter.text) return
    const timer = window.setTimeout(() => {
      navigate(withQuery({ q: text }), { replace: true })
    }, typingPause)
    return () => {
      window.clearTimeout(timer)
    }
  }, [text])

  const virtual = useVirtualizer({
    count: matching,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20
  })
  useEffect(() => {
    if (following && matching > 0) virtual.scrollToIndex(matching - 1, { align: 'end' })
  }, [following, matching])

  const toggle = (kind: Kind) => {
    const hidden = kinds.filter((one) =>
      one === kind ? filter.kinds.includes(one) : !filter.kinds.includes(one)
    )
    navigate(withQuery({ hide: hidden.join(',') }), { replace: true })
  }
  return (
    <section className='card events' aria-label='Events'>
      <header role='search' aria-label='Events'>
        <input
          className='input search'
          type='search'
          placeholder='Search type, unit, resource, message'
          aria-label='Search events'
          value={text}
          onChange={(event) => {
            setText(event.target.value)
          }}
        />
        <span className='row tight' role='group' aria-label='Kinds'>
          {kinds.map((kind) => (
            <label key={kind} className='check'>
              <input
                type='checkbox'
                checked={filter.kinds.includes(kind)}
                onChange={() => {
                  toggle(kind)
                }}
              />
              {kind}
            </label>
          ))}
        </span>
        <label className='row tight'>
          <span className='label'>Level</span>
          <select
            className='input narrow'
            value={filter.level}
            onChange={(event) => {
              navigate(withQuery({ level: event.target.value === 'all' ? undefined : event.target.value }), {
                replace: true
              })
            }}
          >
            <option value='all'>all</option>
            <option value='warning'>warnings and errors</option>
            <option value='error'>errors</option>
          </select>
        </label>
        <label className='row tight'>
          <span className='label'>Unit</span>
          <select
            className='input narrow unit-select'
            value={filter.unit ?? ''}
            onChange={(event) => {
              navigate(withQuery({ about: event.target.value }), { replace: true })
            }}
          >
            <option value=''>all</option>
            {units.map((unit) => <option key={unit}>{unit}</option>)}
          </select>
        </label>
        <label className='check push'>
          <input
            type='checkbox'
            checked={following}
            onChange={(event) => {
              setFollowing(event.target.checked)
            }}
          />follow
        </label>
      </header>
      <div
        className='event-scroll'
        ref={scroller}
        role='table'
        aria-label='Events'
        aria-rowcount={matching + 1}
        tabIndex={0}
        onWheel={(event) => {
          if (event.deltaY < 0) setFollowing(false)
        }}
        onKeyDown={(event) => {
          if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) setFollowing(false)
        }}
      >
        <div className='event head' role='row'>
          {['#', 'Time', 'Type', 'Unit', 'What'].map((name) => (
            <span key={name} role='columnheader'>{name}</span>
          ))}
        </div>
        <div role='rowgroup' className='event-rows' style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <EventRow
              key={index}
              row={log.row(index)}
              index={index}
              top={start}
              total={total}
              onOpen={setOpened}
            />
          ))}
        </div>
      </div>
      <footer className='row spread' role='status'>
        <span>
          <i className='dot' data-connection={connection} aria-hidden='true' />
          {connectionWords[connection]}
        </span>
        <span className='muted number'>
          {matching.toLocaleString('en-US')} of {total.toLocaleString('en-US')}{' '}
          events{dropped > 0 && ` (the first ${dropped.toLocaleString('en-US')} are no longer kept here)`}
          {removed > 0 && ` (the first ${removed.toLocaleString('en-US')} were removed with their age)`}
        </span>
      </footer>
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
