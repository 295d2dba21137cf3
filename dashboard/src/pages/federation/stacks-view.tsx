import type { Stack } from '../../api/client.ts'
import { stacks as stacksResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import type { Place } from '../../model/place.ts'
import { dateTime } from '../../model/time.ts'
import { OrphanedBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { ScrollTable } from '../../ui/table.tsx'
import { PlaceChoice } from './place-choice.tsx'

/** Milliseconds between reads of the stacks of a place. */
export const stacksPause = 10_000

const columns = ['Stack', 'Unit', { title: 'Resources', end: true }, 'Last change']

function StackTable ({ list }: { list: readonly Stack[] }) {
  if (list.length === 0) return <p className='empty'>Nothing is deployed here.</p>
  return (
    <ScrollTable label='Stacks' columns={columns}>
      {list.map(({ stack, unit, orphaned, resources, updatedAt }) => (
        <tr key={stack}>
          <td className='mono'>{stack}</td>
          <td>{unit ?? '–'} {orphaned && <OrphanedBadge />}</td>
          <td className='end'>{resources}</td>
          <td className='nowrap'>{dateTime(updatedAt)}</td>
        </tr>
      ))}
    </ScrollTable>
  )
}

interface StacksViewProps {
  name: string
  place: Place
  worlds: readonly string[]
}

/** The Pulumi stacks of a federation in a place. */
export const StacksView = ({ name, place, worlds }: StacksViewProps) => (
  <Card title='Stacks' bare aside={<PlaceChoice place={place} worlds={worlds} />}>
    <Loaded known={useResource(stacksResource(name, place), stacksPause)}>
      {(list) => <StackTable list={list} />}
    </Loaded>
  </Card>
)
