import type { Unit } from '../../../api/client.ts'
import { duration, elapsed, shortDuration } from '../../../model/time.ts'
import { Link, withQuery } from '../../../router.tsx'
import { StateIcon } from '../../../ui/icons.tsx'

interface UnitCellProps {
  unit: Unit
  /** Predicted seconds of the live run. */
  predicted: number | undefined
  /** Resources that it has finished, while it runs. */
  resources: number | undefined
  /** True for the one cell that the Tab key stops at. */
  focused: boolean
  now: number
}

function hintOf ({ id, status, attempt, reason }: Unit, predicted: number | undefined): string {
  return [
    id,
    status,
    predicted !== undefined && `predicted ${duration(predicted)} live`,
    attempt > 1 && `attempt ${attempt}`,
    reason
  ].filter(Boolean).join(', ')
}

/** A figure at the right of the cell, with the word for it that only screen readers get. */
const Aside = ({ word, children }: { word: string, children: string | number }) => (
  <>
    <span className='hidden'>{` ${word} `}</span>
    <span className='aside'>{children}</span>
  </>
)

/** A unit in the grid: its state, its time, and how far it is or how long it should take. */
export function UnitCell ({ unit, predicted, resources, focused, now }: UnitCellProps) {
  const { id, status, attempt } = unit
  const seconds = elapsed(unit.startedAt, unit.finishedAt, now)
  const waits = status === 'waiting'
  const word = waits ? '' : status
  // The link's name is its content: what is seen, and words between that only screen readers get.
  return (
    <Link
      className='unit'
      to={withQuery({ unit: id })}
      replace
      data-state={status}
      data-unit={id}
      tabIndex={focused ? 0 : -1}
      title={hintOf(unit, predicted)}
    >
      <StateIcon state={waits ? 'pending' : status} size={14} />
      <span className='hidden'>{`${id} ${seconds === undefined && !waits ? '' : status} `}</span>
      <span className='elapsed'>{seconds === undefined ? word : shortDuration(seconds)}</span>
      {attempt > 1 && (
        <>
          <span className='hidden'>{' attempts '}</span>
          <span className='attempt'>×{attempt}</span>
        </>
      )}
      {status === 'running' && resources !== undefined
        ? <Aside word='resources'>{resources}</Aside>
        : predicted !== undefined && <Aside word='predicted'>{shortDuration(predicted)}</Aside>}
    </Link>
  )
}
