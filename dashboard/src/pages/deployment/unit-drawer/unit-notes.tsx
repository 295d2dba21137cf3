import type { Unit } from '../../../api/client.ts'
import { Note } from '../../../ui/note.tsx'

/** The reason why a unit failed, was skipped or waits, and whether it is an orphan. */
export const UnitNotes = ({ unit: { error, reason, orphaned } }: { unit: Unit }) => (
  <>
    {orphaned && (
      <Note state='waiting'>It was deployed and no longer in the federation file at the launch.</Note>
    )}
    {error && (
      <Note state='failed'>
        <p>{error.message}</p>
        <p className='hint'>
          <code>{error.code}</code> ·{' '}
          {error.retryable ? 'trying again may help' : 'trying again without a change will not help'}
        </p>
        {error.resource && <p className='hint mono'>{error.resource}</p>}
      </Note>
    )}
    {reason && <Note state='waiting'>{reason}</Note>}
  </>
)
