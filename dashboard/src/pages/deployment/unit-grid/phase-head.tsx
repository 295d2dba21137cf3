import type { Deployment } from '../../../api/client.ts'
import { phaseTitle } from '../../../model/phases.ts'
import { elapsed, shortDuration } from '../../../model/time.ts'
import { StateIcon } from '../../../ui/icons.tsx'

interface PhaseHeadProps {
  phase: Deployment['phases'][number]
  now: number
}

/** The head of a phase's column: its state, units and time. */
export function PhaseHead ({ phase: { number, status, units, startedAt, finishedAt }, now }: PhaseHeadProps) {
  const seconds = elapsed(startedAt, finishedAt, now)
  return (
    <th scope='col' data-state={status}>
      <span className='phase'>
        <span className='no'>{number}</span>
        {phaseTitle(number)}
      </span>
      <span className='state'>
        <StateIcon state={status} size={12} />
        <span className='number'>
          {status === 'pending' ? 'pending' : `${units.succeeded}/${units.total}`}
        </span>
        {seconds !== undefined && <span className='number'>{shortDuration(seconds)}</span>}
      </span>
    </th>
  )
}
