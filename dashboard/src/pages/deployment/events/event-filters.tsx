import type { Filter } from '../../../live/event-store.ts'
import { kinds, type Kind } from '../../../live/event-text.ts'
import { Check } from '../../../ui/field.tsx'
import { optionsOf, QuerySelect } from '../../../ui/select.tsx'

interface EventFiltersProps {
  filter: Filter
  /** The search as it is typed. */
  text: string
  setText: (text: string) => void
  toggle: (kind: Kind) => void
  /** Ids of the deployment's units. */
  units: readonly string[]
  /** True while the list moves with new events. */
  following: boolean
  setFollowing: (following: boolean) => void
}

const levels = [{ value: 'warning', title: 'warnings and errors' }, { value: 'error', title: 'errors' }]

/** Search, kinds, level and unit of the events to show. */
export const EventFilters = (
  { filter, text, setText, toggle, units, following, setFollowing }: EventFiltersProps
) => (
  <header role='search' aria-label='Events'>
    <input
      className='input search'
      type='search'
      placeholder='Search type, unit, resource, message'
      aria-label='Search events'
      value={text}
      onChange={(event) => {
        setText(event.target.value)
      }}
    />
    <span className='row tight' role='group' aria-label='Kinds'>
      {kinds.map((kind) => (
        <Check
          key={kind}
          checked={filter.kinds.includes(kind)}
          onChange={() => {
            toggle(kind)
          }}
        >
          {kind}
        </Check>
      ))}
    </span>
    <QuerySelect name='level' label='Level' options={levels} />
    <QuerySelect name='about' label='Unit' options={optionsOf(units)} short />
    <Check checked={following} onChange={setFollowing} className='push'>follow</Check>
  </header>
)
