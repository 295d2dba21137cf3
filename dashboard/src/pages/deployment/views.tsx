/** The views of a deployment, in the order of their tabs. */
import type { ReactNode } from 'react'
import type { Deployment, Plan, Unit } from '../../api/client.ts'
import { TimelineChart } from '../../components/timeline/timeline-chart.tsx'
import type { EventLog } from '../../live/event-log.ts'
import { timelineOf } from '../../model/timeline.ts'
import { ChangesView } from './changes-view.tsx'
import { DriftView } from './drift-view.tsx'
import { EventsView } from './events/events-view.tsx'
import { FindingsView } from './findings-view.tsx'
import { RequestView } from './request-view.tsx'
import { UnitGrid } from './unit-grid/unit-grid.tsx'
import { ValidationView } from './validation-view.tsx'

interface ViewProps {
  item: Deployment
  units: readonly Unit[]
  plan: Plan | undefined
  log: EventLog
  now: number
  /** Milliseconds between reads. */
  every: number
}

interface View {
  /** Part of the address. */
  key: string
  title: string
  /** The operations that have the view; all when absent. */
  operations?: readonly Deployment['operation'][]
  show: (props: ViewProps) => ReactNode
}

const TimelineView = ({ item, units, plan, now }: ViewProps) => (
  <TimelineChart
    timeline={timelineOf({
      units,
      plan,
      startedAt: item.startedAt,
      now,
      phased: item.request.ordering !== 'pipelined'
    })}
    federation={item.federation}
    sameScale={item.mode === 'live'}
  />
)

export const views: readonly View[] = [
  {
    key: 'units',
    title: 'Units',
    show: ({ item, units, plan, log, now }) => (
      <div className='card'>
        <UnitGrid deployment={item} units={units} plan={plan} resources={log.resources} now={now} />
      </div>
    )
  },
  { key: 'timeline', title: 'Timeline', show: (props) => <TimelineView {...props} /> },
  {
    key: 'changes',
    title: 'Changes and cost',
    show: ({ item, every }) => <ChangesView item={item} every={every} />
  },
  {
    key: 'events',
    title: 'Events',
    show: ({ item, units, log }) => (
      <EventsView
        deployment={item}
        log={log}
        units={units.map(({ id }) => id)}
      />
    )
  },
  {
    key: 'drift',
    title: 'Drift',
    operations: ['drift-check'],
    show: ({ item, every }) => <DriftView item={item} every={every} />
  },
  {
    key: 'findings',
    title: 'Findings',
    show: ({ item, every }) => <FindingsView item={item} every={every} />
  },
  {
    key: 'validation',
    title: 'Validation',
    show: ({ item, every }) => <ValidationView item={item} every={every} />
  },
  { key: 'request', title: 'Request', show: ({ item }) => <RequestView item={item} /> }
]
