import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { EventLog } from '../../../live/event-log.ts'
import { EventRow } from './event-row.tsx'

/** Pixels of a row; style/views.css has the same. */
const rowHeight = 24

/** Keys that move towards older events. */
const upKeys = ['ArrowUp', 'PageUp', 'Home']

interface EventListProps {
  log: EventLog
  /** True while the list stays at the newest event. */
  following: boolean
  /** The reader moved towards older events. */
  onLeave: () => void
  /** Opens an event by its seq. */
  onOpen: (seq: number) => void
}

/** The events that the filter lets through. Only rows near those in sight are in the page. */
export function EventList ({ log, following, onLeave, onOpen }: EventListProps) {
  const { matching, total } = log.state
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: matching,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20
  })
  useEffect(() => {
    if (following && matching > 0) virtual.scrollToIndex(matching - 1, { align: 'end' })
  }, [following, matching])
  return (
    <div
      className='event-scroll'
      ref={scroller}
      role='table'
      aria-label='Events'
      aria-rowcount={matching + 1}
      tabIndex={0}
      onWheel={({ deltaY }) => {
        if (deltaY < 0) onLeave()
      }}
      onKeyDown={({ key }) => {
        if (upKeys.includes(key)) onLeave()
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
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  )
}
