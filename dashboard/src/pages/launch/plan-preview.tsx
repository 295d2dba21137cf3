import { useEffect, useState } from 'react'
import { plan as planResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { OrphanNote } from '../../components/orphan-note.tsx'
import { PlanSummary } from '../../components/plan-summary.tsx'
import { planQuery, type Draft } from '../../model/launch-draft.ts'
import { ModeBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'

/** Milliseconds without a change after which the plan is asked for. */
const typingPause = 250

/** Holds a value back until it, told by its key, has stayed the same for a while. */
function useSettled<T> (value: T, key: string): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setSettled(value)
    }, typingPause)
    return () => {
      window.clearTimeout(timer)
    }
  }, [key])
  return settled
}

/** The plan of what the form says, before anything is launched. */
export function PlanPreview ({ draft }: { draft: Draft }) {
  const query = planQuery(draft)
  const settled = useSettled({ name: draft.federation, query }, JSON.stringify([draft.federation, query]))
  const known = useResource(settled.query && planResource(settled.name, settled.query))
  return (
    <Card title='Plan' aside={<ModeBadge mode={draft.mode} />}>
      {settled.query
        ? (
          <Loaded known={known}>
            {(plan) => (
              <div className='stack'>
                <OrphanNote warnings={plan.launchWarnings} federation={plan.federation} />
                <PlanSummary plan={plan} />
              </div>
            )}
          </Loaded>
        )
        : (
          <p className='muted'>
            {draft.from > draft.to ? 'The first phase comes after the last one.' : 'Choose a federation.'}
          </p>
        )}
    </Card>
  )
}
