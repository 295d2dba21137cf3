import type { Deployment } from '../api/client.ts'

/** A mark for each phase, in its state. */
export function PhaseMarks ({ phases }: { phases: Deployment['phases'] }) {
  const words = phases.map(({ number, name, status }) => `${number} ${name} ${status}`).join(', ')
  return (
    <span className='segments' role='img' aria-label={`phases: ${words}`} title={words}>
      {phases.map(({ number, status }) => <i key={number} data-state={status} />)}
    </span>
  )
}
