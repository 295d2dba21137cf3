import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import type { Deployment, Plan, Unit } from '../api/client.ts'
import {
  deployment as deploymentResource,
  plan as planResource,
  unitStates,
  type PlanQuery
} from '../api/queries.ts'
import { refresh, useResource } from '../api/resource.ts'
import { useEventLog, useRevision, type EventLog } from '../live/event-log.ts'
import { phaseTitle } from '../model/phases.ts'
import { dateTime, duration, elapsed } from '../model/time.ts'
import { timelineOf } from '../model/timeline.ts'
import { moneyChange } from '../model/words.ts'
import { Link, navigate, pathOf, useAddress, withQuery } from '../router.tsx'
import { WarningIcon } from '../ui/icons.tsx'
import { useMode, useTitle } from '../ui/mode.ts'
import { Ago, Changes, isEnded, Loaded, ModeBadge, StateBadge, useNow } from '../ui/parts.tsx'
import { DriftView } from './drift.tsx'
import { EventsView } from './events.tsx'
import { ChangesView, FindingsView, RequestView, ValidationView } from './reports.tsx'
import { Steering, waitingPhase } from './steering.tsx'
import { TimelineChart } from './timeline.tsx'
import { UnitDrawer } from './unit-drawer.tsx'
import { UnitGrid } from './unit-grid.tsx'

/**
 * Milliseconds between looks at a deployment that runs, though its events tell sooner, and at one
 * that has ended (it may be resumed).
 */
const busy = 3_000
const quiet = 15_000

/**
 * Milliseconds between reads that events cause: a rehearsal ends several units a second, and
 * callers have a limit of requests.
 */
const stepPause = 800

interface ViewProps {
  item: Deployment
  units: readonly Unit[]
  plan: Plan | undefined
  log: EventLog
  now: number
  every: number
}

/** `of`: only of these operations. */
const views: {
  key: string
  title: string
  of?: readonly Deployment['operation'][]
  show: (props: ViewProps) => ReactNode
}[] = [
  {
    key: 'units',
    title: 'Units',
    show: ({ item, units, plan, log, now }) => (
      <div className='card'>
        <UnitGrid deployment={item} units={units} plan={plan} resources={log.resources} now={now} />
      </div>
    )
  },
  {
    key: 'timeline',
    title: 'Timeline',
    show: ({ item, units, plan, now }) => (
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
  },
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
    of: ['drift-check'],
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

/** The plan that a deployment follows, as the federation's file has it today. */
function planOf ({ request: { operation, phases, ordering, parallelism, clusters } }: Deployment): PlanQuery {
  return {
    operation,
    from: phases?.from ?? 1,
    to: phases?.to ?? 8,
    ...(ordering && { ordering }),
    ...(parallelism !== undefined && { parallelism }),
    ...(clusters && { clusters: clusters.join(',') })
  }
}

function Head ({ item, now, predicted }: { item: Deployment, now: number, predicted: number | undefined }) {
  const seconds = elapsed(item.startedAt, item.finishedAt, now)
  return (
    <div className='heading'>
      <div className='titles'>
        <p className='crumbs'>
          <Link to='/deployments'>Deployments</Link> / <code>{item.id}</code>
        </p>
        <h1 className='row'>
          <span>
            {item.operation} of <Link to={pathOf('federations', item.federation)}>{item.federation}</Link>
          </span>{' '}
          <StateBadge state={item.status} /> <ModeBadge mode={item.mode} />
        </h1>
        <div className='facts'>
          {item.world !== undefined && (
            <span>
              world <b>{item.world}</b>
            </span>
          )}
          {item.position !== undefined && (
            <span>
              position in the queue <b>{item.position}</b>
            </span>
          )}
          <span>
            launched{' '}
            <b>
              <Ago time={item.createdAt} />
            </b>
            {item.launchedBy && (
              <>
                by <b title={item.launchedBy.subject}>{item.launchedBy.name}</b>
              </>
            )}
          </span>
          {seconds !== undefined && (
            <span>
              {isEnded(item) ? 'took' : 'running for'} <b className='number'>{duration(seconds)}</b>
            </span>
          )}
          {predicted !== undefined && (
            <span>
              predicted live <b>{duration(predicted)}</b>
            </span>
          )}
          <span>
            resources{' '}
            <b>
              <Changes changes={item.resourceChanges} preview={item.operation === 'preview'} />
            </b>
          </span>
          {item.drift && (
            <span>
              drift <b>{item.drift.changed} changed, {item.drift.missing} missing</b>
            </span>
          )}
          {item.cost && (
            <span>
              cost a month <b>{moneyChange(item.cost.difference)}</b>
            </span>
          )}
        </div>
      </div>
      <Steering item={item} />
    </div>
  )
}

const reasons = {
  federation: 'the federation file asks for it',
  'live-destroy': 'live stacks are destroyed by two people only',
  requested: 'the launch asked for it'
} as const

/** Who has to open a gate, and who has said what so far. */
function GateFacts ({ gate }: { gate: NonNullable<Deployment['gate']> }) {
  const who = [...gate.people, ...gate.groups.map((group) => `group ${group}`)]
  return (
    <p className='hint'>
      {gate.needed - gate.missing} of {gate.needed} {gate.needed === 1 ? 'approval' : 'approvals'}
      {who.length > 0 && ` from ${who.join(', ')}`} · {reasons[gate.because]}
      {!gate.launcherMayApprove && ' · not by who launched it'}
      {gate.expiresAt && ` · until ${dateTime(gate.expiresAt)}`}
      {gate.approvedBy.map(({ actor, time, comment }) => (
        <span key={time}>
          · approved by <b>{actor?.name ?? 'somebody'}</b>
          {comment && `: ${comment}`}
        </span>
      ))}
    </p>
  )
}

/**
 * What needs attention: an approval, a window, what was worth knowing at launch, or what failed.
 */
function Attention ({ item }: { item: Deployment }) {
  const phase = waitingPhase(item)
  if (phase !== undefined) {
    return (
      <div className='note' data-state='waiting' role='status'>
        <WarningIcon />
        <div>
          <p>
            Waits for an approval before <b>phase {phase}, {phaseTitle(phase).toLowerCase()}</b>{' '}
            ({item.mode}).
          </p>
          {item.gate && <GateFacts gate={item.gate} />}
        </div>
      </div>
    )
  }
  if (item.window) {
    const { because, names, opens, phase: waits } = item.window
    return (
      <div className='note' data-state='waiting' role='status'>
        <WarningIcon />
        <div>
          <p>
            Waits with <b>phase {waits}, {phaseTitle(waits).toLowerCase()}</b> for{' '}
            {because === 'freeze' ? 'the end of the freeze' : 'the maintenance window'}{' '}
            <b>{names.join(', ')}</b>
            {opens === undefined ? '; none opens within a year' : `, until ${dateTime(opens)}`}.
          </p>
          <p className='hint'>It goes on by itself. Who may approve can have it go on now, with a reason.</p>
        </div>
      </div>
    )
  }
  if (!isEnded(item) && item.warnings) {
    return (
      <div className='note' data-state='waiting'>
        <WarningIcon />
        <div>{item.warnings.map(({ code, message }) => <p key={code}>{message}</p>)}</div>
      </div>
    )
  }
  if (!item.error) return null
  return (
    <div className='note' data-state={item.status === 'canceled' ? 'canceled' : 'failed'}>
      <WarningIcon />
      <div>
        <p>{item.error.message}</p>
        <p className='hint'>
          <code>{item.error.code}</code>
          {item.error.unit && (
            <>
              · <Link to={withQuery({ unit: item.error.unit })} replace>open {item.error.unit}</Link>
            </>
          )}
        </p>
      </div>
    </div>
  )
}

/**
 * Calls at once, then at most once in so many milliseconds, and once more when there was a call in
 * between.
 */
function useThrottled (act: () => void, pause: number): () => void {
  const timer = useRef<number>(undefined)
  const again = useRef(false)
  useEffect(() => () => {
    window.clearTimeout(timer.current)
  }, [])
  return useCallback(() => {
    if (timer.current !== undefined) {
      again.current = true
      return
    }
    const turn = () => {
      act()
      timer.current = window.setTimeout(() => {
        timer.current = undefined
        if (again.current) {
          again.current = false
          turn()
        }
      }, pause)
    }
    turn()
  }, [])
}

/** One deployment: what it is, how far, and its views. */
export function DeploymentPage ({ id, view }: { id: string, view: string }) {
  const { query } = useAddress()
  const first = useResource(deploymentResource(id)).data
  const ended = first !== undefined && isEnded(first)
  const every = ended ? quiet : busy
  const known = useResource(deploymentResource(id), every)
  const units = useResource(unitStates(id), every)
  const plan = useResource(first && planResource(first.federation, planOf(first)))
  const log = useEventLog(useThrottled(() => {
    refresh(`deployment/${id}`)
  }, stepPause))
  useRevision(log)
  const now = useNow(ended || !first ? undefined : 1000)
  const opened = query.get('unit')
  useTitle(first ? `${first.operation} of ${first.federation}: ${first.status}` : 'Deployment')
  useMode(first?.mode)
  // What has not ended is followed from here on; the log view asks for all of it.
  useEffect(() => {
    if (!log || !first || ended) return
    log.open(id, first.lastEvent)
    log.wake()
  }, [log, first === undefined, ended])
  const shown = views.find(({ key }) => key === view) ?? views[0]
  return (
    <Loaded known={known}>
      {(item) => (
        <div className='stack'>
          <Head item={item} now={now} predicted={plan.data?.makespanSeconds} />
          <Attention item={item} />
          <nav className='tabs' aria-label='Views'>
            {views.filter(({ of }) => of?.includes(item.operation) ?? true).map(({ key, title }) => (
              <Link
                key={key}
                to={pathOf('deployments', id, ...(key === 'units' ? [] : [key]))}
                {...(shown?.key === key && { 'aria-current': 'page' })}
              >
                {title}
              </Link>
            ))}
          </nav>
          <Loaded known={units}>
            {(list) => log && shown?.show({ item, units: list, plan: plan.data, log, now, every })}
          </Loaded>
          {log && opened !== null && (
            <UnitDrawer
              key={opened}
              item={item}
              name={opened}
              log={log}
              now={now}
              every={every}
              predicted={plan.data?.units.find((unit) => unit.id === opened)?.predicted.seconds}
              onClose={() => {
                navigate(withQuery({ unit: undefined }), { replace: true })
              }}
            />
          )}
        </div>
      )}
    </Loaded>
  )
}
