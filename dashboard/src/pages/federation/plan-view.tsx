import type { Plan } from '../../api/client.ts'
import { useResource } from '../../api/resource.ts'
import { OrphanNote } from '../../components/orphan-note.tsx'
import { PlanSummary } from '../../components/plan-summary.tsx'
import { TimelineChart } from '../../components/timeline/timeline-chart.tsx'
import { placeQuery, type Place } from '../../model/place.ts'
import { duration } from '../../model/time.ts'
import { timelineOf } from '../../model/timeline.ts'
import { Link, useAddress, withQuery } from '../../router.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PlaceChoice } from './place-choice.tsx'
import { wholePlan } from './whole-plan.ts'

/** A unit of the plan that the timeline opened. */
const PlannedUnit = ({ unit: { id, predicted, dependsOn, stack } }: { unit: Plan['units'][number] }) => (
  <Card title={id} aside={<Link className='push' to={withQuery({ unit: undefined })} replace>Close</Link>}>
    <p>
      Predicted to take {duration(predicted.seconds)}. Depends on {dependsOn.join(', ') || 'nothing'}. Stack
      {' '}
      <code>{stack}</code>.
    </p>
  </Card>
)

interface PlanViewProps {
  name: string
  place: Place
  worlds: readonly string[]
}

/** The plan of an up of all phases, and what is orphaned in a place. */
export function PlanView ({ name, place, worlds }: PlanViewProps) {
  const known = useResource(wholePlan(name, place))
  const opened = useAddress().query.get('unit')
  const launch = new URLSearchParams({ federation: name, ...placeQuery(place) })
  const other = (
    <>
      <PlaceChoice place={place} worlds={worlds} />
      <Link className='button small' to={`/launch?${launch.toString()}`}>Plan something else</Link>
    </>
  )
  return (
    <Loaded known={known}>
      {(plan) => {
        const unit = plan.units.find(({ id }) => id === opened)
        return (
          <>
            <OrphanNote warnings={plan.launchWarnings} federation={name} place={place} />
            <Card title='Plan of an up of all phases' aside={other}>
              <PlanSummary plan={plan} />
            </Card>
            {unit && <PlannedUnit unit={unit} />}
            <TimelineChart
              timeline={timelineOf({ units: [], plan, now: 0, phased: true })}
              federation={name}
              sameScale
            />
          </>
        )
      }}
    </Loaded>
  )
}
