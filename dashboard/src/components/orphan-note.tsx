import type { Deployment } from '../api/client.ts'
import { placeQuery, type Place } from '../model/place.ts'
import { Link } from '../router.tsx'
import { Note } from '../ui/note.tsx'

interface OrphanNoteProps {
  /** Warnings of a plan or a deployment, of whatever. */
  warnings: Deployment['warnings']
  federation: string
  /** The place to remove them from; absent: the page is about a launch itself. */
  place?: Place
}

/** The launch that removes the orphans of a place. */
const removalOf = (federation: string, place: Place) =>
  new URLSearchParams({ federation, operation: 'destroy', orphaned: 'true', ...placeQuery(place) })

/** Says what is deployed and no longer in the federation file, with the way to remove it. */
export function OrphanNote ({ warnings = [], federation, place }: OrphanNoteProps) {
  const orphaned = warnings.find(({ code }) => code === 'orphaned')
  if (!orphaned) return null
  const { message, units = [] } = orphaned
  return (
    <Note state='waiting'>
      <p>{message}</p>
      <details>
        <summary>Orphaned units</summary>
        <ul className='diagnostics'>
          {units.map((unit) => (
            <li key={unit}>
              <code>{unit}</code>
            </li>
          ))}
        </ul>
      </details>
      {place && (
        <p>
          <Link to={`/launch?${removalOf(federation, place).toString()}`}>Plan their removal</Link>
        </p>
      )}
    </Note>
  )
}
