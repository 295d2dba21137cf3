import { useEffect } from 'react'
import type { Deployment } from '../../../api/client.ts'
import { unit as unitResource } from '../../../api/queries.ts'
import { useResource } from '../../../api/resource.ts'
import type { EventLog } from '../../../live/event-log.ts'
import { placeOf } from '../../../model/place.ts'
import { ModeBadge, StateBadge } from '../../../ui/badge.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Diagnostics } from './diagnostics.tsx'
import { Leftovers } from './leftovers.tsx'
import { StackState } from './stack-state.tsx'
import { UnitChanges } from './unit-changes.tsx'
import { UnitCost } from './unit-cost.tsx'
import { UnitFacts } from './unit-facts.tsx'
import { UnitFindings } from './unit-findings.tsx'
import { UnitNotes } from './unit-notes.tsx'
import { UnitOutputs } from './unit-outputs.tsx'

interface UnitDrawerProps {
  item: Deployment
  /** Id of the unit. */
  name: string
  log: EventLog
  /** Predicted seconds of the live run. */
  predicted: number | undefined
  now: number
  /** Milliseconds between reads. */
  every: number
  onClose: () => void
}

/** Everything about one unit, beside its deployment. */
export function UnitDrawer ({ item, name, log, predicted, now, every, onClose }: UnitDrawerProps) {
  const known = useResource(unitResource(item.id, name), every)
  useEffect(() => {
    log.open(item.id, 0, item.lastEvent)
    log.watchTrouble(name)
  }, [log, item.id, name])
  const head = (
    <>
      <h2>{name}</h2>
      {known.data && <StateBadge state={known.data.status} />}
      <ModeBadge mode={item.mode} />
    </>
  )
  return (
    <Drawer label={`Unit ${name}`} onClose={onClose} head={head}>
      <Loaded known={known}>
        {(unit) => (
          <>
            <UnitNotes unit={unit} />
            <UnitFacts unit={unit} preview={item.operation === 'preview'} predicted={predicted} now={now} />
            <Diagnostics deployment={item.id} unit={unit.id} log={log} />
            <UnitFindings item={item} unit={unit.id} />
            <Leftovers list={unit.leftovers ?? []} />
            {item.operation !== 'drift-check' && <UnitChanges item={item} unit={unit.id} every={every} />}
            <UnitOutputs outputs={unit.outputs} />
            {unit.cost && <UnitCost cost={unit.cost} />}
            <StackState federation={item.federation} stack={unit.stack} place={placeOf(item)} />
          </>
        )}
      </Loaded>
    </Drawer>
  )
}
