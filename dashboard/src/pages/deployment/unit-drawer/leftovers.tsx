import type { Unit } from '../../../api/client.ts'

/** Replaced resources that later units still use. */
export function Leftovers ({ list }: { list: NonNullable<Unit['leftovers']> }) {
  if (list.length === 0) return null
  return (
    <section>
      <h3>Deleted at the end of the deployment</h3>
      <ul className='diagnostics'>
        {list.map(({ resource, message }) => (
          <li key={resource}>
            <span className='mono break'>{resource}</span>: {message}
          </li>
        ))}
      </ul>
    </section>
  )
}
