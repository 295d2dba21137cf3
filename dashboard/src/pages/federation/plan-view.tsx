import type { Plan } from '../../api/client.ts'
import { useResource } from '../../api/resource.ts'
import { PlanSummary } from '../../components/plan-summary.tsx'
import { TimelineChart } from '../../components/timeline/timeline-chart.tsx'
import { duration } from '../../model/time.ts'
import { timelineOf } from '../../model/timeline.ts'
import { Link, useAddress, withQuery } from '../../router.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
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

/** The plan of an up of all phases. */
export function PlanView ({ name }: { name: string }) {
  const known = useResource(wholePlan(name))
  const opened = useAddress().query.get('unit')
  const other = (
    <Link className='button small push' to={`/launch?federation=${encodeURIComponent(name)}`}>
      Plan something else
    </Link>
  )
  return (
    <Loaded known={known}>
      {(plan) => {
        const unit = plan.units.find(({ id }) => id === opened)
        return (
          <>
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
