import { phaseTitle } from '../model/phases.ts'

/** A phase by number and title. */
export const PhaseName = ({ number }: { number: number }) => (
  <>
    <span className='muted'>{number}</span> {phaseTitle(number)}
  </>
)
