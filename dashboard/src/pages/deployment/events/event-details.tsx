import { eventAt } from '../../../api/queries.ts'
import { useResource } from '../../../api/resource.ts'
import { Drawer } from '../../../ui/dialog.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Pair } from '../../../ui/pair.tsx'

interface EventDetailsProps {
  /** Id of the deployment. */
  deployment: string
  seq: number
  onClose: () => void
}

/** An event with all of its fields. */
export function EventDetails ({ deployment, seq, onClose }: EventDetailsProps) {
  const known = useResource(eventAt(deployment, seq))
  return (
    <Drawer label={`Event ${seq}`} head={<h2>Event {seq}</h2>} onClose={onClose}>
      <Loaded known={known}>
        {(event) => (
          <>
            <dl className='pairs'>
              {Object.entries(event).filter(([, value]) => typeof value !== 'object').map(([name, value]) => (
                <Pair key={name} term={name} mono={name === 'urn'}>{String(value)}</Pair>
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
