import type { Row } from '../../../live/event-store.ts'
import { clock, dateTime } from '../../../model/time.ts'

interface EventRowProps {
  /** Undefined until it has arrived. */
  row: Row | undefined
  /** Among the events that the filter lets through. */
  index: number
  /** Pixels from the beginning of the list. */
  top: number
  /** Number of all events. */
  total: number
  /** Opens an event by its seq. */
  onOpen: (seq: number) => void
}

/** An event on one line. */
export const EventRow = ({ row, index, top, total, onOpen }: EventRowProps) => (
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
