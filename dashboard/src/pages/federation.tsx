import type { Deployment } from '../api/client.ts'
import {
  deployments as deploymentsResource,
  federation as federationResource,
  plan as planResource,
  stacks as stacksResource,
  unitStates as unitsResource,
  type Place
} from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import type { Federation } from '../model/federation.ts'
import { deploymentsIn, unitStates, worldsOf } from '../model/place.ts'
import { dateTime } from '../model/time.ts'
import { timelineOf } from '../model/timeline.ts'
import { money } from '../model/words.ts'
import { Link, navigate, pathOf, useAddress, withQuery } from '../router.tsx'
import { RocketIcon } from '../ui/icons.tsx'
import { useMode, useTitle } from '../ui/mode.ts'
import { Card, Loaded, ModeBadge, Problem, Scroll } from '../ui/parts.tsx'
import { CalendarView } from './calendar.tsx'
import { busyOrQuiet, DeploymentTable } from './deployments.tsx'
import { DriftCard } from './drift.tsx'
import { ClusterTable, FederationGraph } from './graph.tsx'
import { PlanSummary } from './plan-summary.tsx'
import { TimelineChart } from './timeline.tsx'

/** Milliseconds between looks at the stacks of a place. */
const stacksPause = 10_000

/** Deployments of the place that are shown here. */
const shownDeployments = 8

function PlaceChoice ({ place, worlds }: { place: Place, worlds: string[] }) {
  const value = place.mode === 'live' ? 'live' : `world ${place.world ?? 'default'}`
  return (
    <label className='row tight'>
      <span className='label'>Deployed in</span>
      <select
        className='input narrow'
        value={value}
        onChange={(event) => {
          const live = event.target.value === 'live'
          navigate(
            withQuery({
              mode: live ? 'live' : undefined,
              world: live ? undefined : event.target.value.slice('world '.length),
              unit: undefined
            }),
            { replace: true }
          )
        }}
      >
        <option value='live'>live clouds</option>
        {worlds.map((world) => <option key={world} value={`world ${world}`}>rehearsal world {world}</option>)}
      </select>
    </label>
  )
}

function MapView (
  { federation, place, items, worlds }: {
    federation: Federation
    place: Place
    items: Deployment[]
    worlds: string[]
  }
) {
  const here = deploymentsIn(items, federation.name, place)
  const last = here.find(({ operation }) => operation !== 'preview' && operation !== 'drift-check')
  const stacks = useResource(stacksResource(federation.name, place), stacksPause)
  const units = useResource(last && unitsResource(last.id), last && busyOrQuiet([last]))
  const plan = useResource(planResource(federation.name, { operation: 'up', from: 1, to: 8 }))
  const states = unitStates(stacks.data ?? [], units.data)
  const cost = new Map(
    plan.data?.cost.perCluster.flatMap(({ cluster, monthly }) =>
      cluster === undefined ? [] : [[cluster, money(monthly)] as const]
    )
  )
  const linkTo = (cluster: string) => {
    const unit = last &&
      units.data?.filter(({ clusters, scope }) => scope === cluster && clusters.length === 1).toSorted((
        a,
        b
      ) =>
        Number(b.status === 'failed') - Number(a.status === 'failed') ||
        Number(b.status === 'running') - Number(a.status === 'running') || b.phase - a.phase
      )[0]
    return unit && last ? `${pathOf('deployments', last.id)}?unit=${encodeURIComponent(unit.id)}` : undefined
  }
  return (
    <>
      <Card
        title='Map'
        bare
        aside={
          <>
            <span className='push' />
            <PlaceChoice place={place} worlds={worlds} />
          </>
        }
      >
        <div className='inside'>
          {stacks.error && !stacks.data && <Problem error={stacks.error} />}
          <FederationGraph federation={federation} units={states} linkTo={linkTo} />
        </div>
      </Card>
      <div className='columns'>
        <Card
          title={`Deployments in ${place.mode === 'live' ? 'the live clouds' : `world ${place.world ?? ''}`}`}
          bare
        >
          {here.length > 0
            ? <DeploymentTable items={here.slice(0, shownDeployments)} federation={false} />
            : <p className='empty'>None yet.</p>}
        </Card>
        <DriftCard
          name={federation.name}
          place={place}
          checked={here.find(({ operation }) => operation === 'drift-check')}
        />
      </div>
      <Card title='Clusters' bare>
        <Scroll label='Clusters'>
          <ClusterTable federation={federation} units={states} cost={cost} />
        </Scroll>
      </Card>
    </>
  )
}

function PlanView ({ name }: { name: string }) {
  const known = useResource(planResource(name, { operation: 'up', from: 1, to: 8 }))
  const { query } = useAddress()
  const opened = query.get('unit')
  return (
    <Loaded known={known}>
      {(plan) => {
        const unit = plan.units.find(({ id }) => id === opened)
        return (
          <>
            <Card
              title='Plan of an up over all phases'
              aside={
                <Link className='button small push' to={`/launch?federation=${encodeURIComponent(name)}`}>
                  Plan something else
                </Link>
              }
            >
              <PlanSummary plan={plan} />
            </Card>
            {unit && (
              <Card
                title={unit.id}
                aside={<Link className='push' to={withQuery({ unit: undefined })} replace>Close</Link>}
              >
                <p>
                  Predicted {Math.round(unit.predicted.seconds)} s. Depends on{' '}
                  {unit.dependsOn.join(', ') || 'nothing'}. Stack <code>{unit.stack}</code>.
                </p>
              </Card>
            )}
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

function StacksView ({ name, place, worlds }: { name: string, place: Place, worlds: string[] }) {
  const known = useResource(stacksResource(name, place), stacksPause)
  return (
    <Card
      title='Stacks'
      bare
      aside={
        <>
          <span className='push' />
          <PlaceChoice place={place} worlds={worlds} />
        </>
      }
    >
      <Loaded known={known}>
        {(list) =>
          list.length === 0
            ? <p className='empty'>Nothing is deployed here.</p>
            : (
              <Scroll label='Stacks'>
                <table className='table'>
                  <thead>
                    <tr>
                      <th scope='col'>Stack</th>
                      <th scope='col'>Unit</th>
                      <th scope='col' className='end'>Resources</th>
                      <th scope='col'>Last change</th>
                    </tr>
                  </thead>
                  <tbody>
                    {list.map(({ stack, unit, resources, updatedAt }) => (
                      <tr key={stack}>
                        <td className='mono'>{stack}</td>
                        <td>{unit ?? '–'}</td>
                        <td className='end'>{resources}</td>
                        <td className='nowrap'>{dateTime(updatedAt)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
            )}
      </Loaded>
    </Card>
  )
}

const views = [{ key: 'map', title: 'Map' }, { key: 'plan', title: 'Plan' }, {
  key: 'stacks',
  title: 'Stacks'
}, { key: 'calendar', title: 'Schedules and windows' }]

/** One federation: how it is where it is deployed, and what deploying it takes. */
export function FederationPage ({ name, view }: { name: string, view: string }) {
  const { query } = useAddress()
  const known = useResource(federationResource(name), 60_000)
  const items = useResource(deploymentsResource, busyOrQuiet(useResource(deploymentsResource).data)).data
  const used = worldsOf(items ?? [], name)
  const world = query.get('world') ??
    (used.includes('default') || used.length === 0 ? 'default' : used[0] ?? 'default')
  const place: Place = query.get('mode') === 'live' ? { mode: 'live' } : { mode: 'rehearsal', world }
  useTitle(name)
  const placed = view !== 'plan' && view !== 'calendar'
  useMode(placed ? place.mode : undefined)
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <p className='crumbs'>
            <Link to='/federations'>Federations</Link> / {name}
          </p>
          <h1 className='row'>{name} {placed && <ModeBadge mode={place.mode} />}</h1>
          {known.data && (
            <div className='facts'>
              {known.data.description && <span>{known.data.description}</span>}
              <span>
                owner <b>{known.data.owner}</b>
              </span>
              <span>
                <b>{known.data.clusters.length}</b> clusters
              </span>
              {known.data.targetMinutes !== undefined && (
                <span>
                  target <b>{known.data.targetMinutes} min</b>
                </span>
              )}
              {known.data.budget?.monthly !== undefined && (
                <span>
                  budget a month <b>{money(known.data.budget.monthly)}</b>
                </span>
              )}
            </div>
          )}
        </div>
        <div className='actions'>
          <Link
            className='button primary'
            to={`/launch?${
              new URLSearchParams({
                federation: name,
                mode: place.mode,
                ...(place.world !== undefined && { world: place.world })
              }).toString()
            }`}
          >
            <RocketIcon />Launch here
          </Link>
        </div>
      </div>
      <nav className='tabs' aria-label='Views'>
        {views.map(({ key, title }) => (
          <Link
            key={key}
            to={pathOf('federations', name, ...(key === 'map' ? [] : [key])) + (place.mode === 'live'
              ? '?mode=live'
              : query.get('world')
              ? `?world=${encodeURIComponent(world)}`
              : '')}
            {...(view === key && { 'aria-current': 'page' })}
          >
            {title}
          </Link>
        ))}
      </nav>
      <Loaded known={known}>
        {(federation) =>
          view === 'plan'
            ? <PlanView name={name} />
            : view === 'stacks'
            ? <StacksView name={name} place={place} worlds={[...new Set([world, ...used])]} />
            : view === 'calendar'
            ? <CalendarView name={name} />
            : (
              <MapView
                federation={federation}
                place={place}
                items={items ?? []}
                worlds={[...new Set([world, ...used])]}
              />
            )}
      </Loaded>
    </div>
  )
}
