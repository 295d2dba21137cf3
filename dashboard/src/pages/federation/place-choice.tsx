import type { Place } from '../../model/place.ts'
import { navigate, withQuery } from '../../router.tsx'
import { InlineSelect } from '../../ui/select.tsx'

const worldPrefix = 'world '

/** Chooses the place that a view is about, by the address. */
export function PlaceChoice ({ place, worlds }: { place: Place, worlds: readonly string[] }) {
  return (
    <InlineSelect
      label='Deployed in'
      push
      value={place.mode === 'live' ? 'live' : `${worldPrefix}${place.world ?? 'default'}`}
      options={[
        { value: 'live', title: 'live clouds' },
        ...worlds.map((world) => ({ value: `${worldPrefix}${world}`, title: `rehearsal world ${world}` }))
      ]}
      onChange={(value) => {
        const live = value === 'live'
        navigate(
          withQuery({
            mode: live ? 'live' : undefined,
            world: live ? undefined : value.slice(worldPrefix.length),
            unit: undefined
          }),
          { replace: true }
        )
      }}
    />
  )
}
