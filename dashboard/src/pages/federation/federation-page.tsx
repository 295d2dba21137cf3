import type { Deployment } from '../../api/client.ts'
import { deployments as deploymentsResource, federation as federationResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { deploymentsPause } from '../../components/deployment-table.tsx'
import type { Federation } from '../../model/federation.ts'
import { money } from '../../model/figures.ts'
import { placeQuery, worldsOf, type Place } from '../../model/place.ts'
import { Link, pathOf, useAddress } from '../../router.tsx'
import { ModeBadge } from '../../ui/badge.tsx'
import { RocketIcon } from '../../ui/icons.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useMode } from '../../ui/mode.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../ui/title.ts'
import { CalendarView } from './calendar-view.tsx'
import { MapView } from './map-view.tsx'
import { PlanView } from './plan-view.tsx'
import { StacksView } from './stacks-view.tsx'

/** Milliseconds between reads of the file: it changes seldom. */
const federationPause = 60_000

/** Views in the order of their tabs; `placed` ones are about one place. */
const views = [
  { key: 'map', title: 'Map', placed: true },
  { key: 'plan', title: 'Plan', placed: true },
  { key: 'stacks', title: 'Stacks', placed: true },
  { key: 'calendar', title: 'Schedules and windows', placed: false }
]

interface UsedPlace {
  place: Place
  /** Worlds to choose from. */
  worlds: string[]
  /** Query of the address that keeps the place; empty while it is the default one. */
  search: string
}

/** Holds the place that the address names; by default the world that rehearsals used. */
function usePlace (name: string, items: readonly Deployment[]): UsedPlace {
  const { query } = useAddress()
  const used = worldsOf(items, name)
  const asked = query.get('world')
  const world = asked ?? (used.includes('default') ? 'default' : used[0] ?? 'default')
  const worlds = [...new Set([world, ...used])]
  if (query.get('mode') === 'live') return { place: { mode: 'live' }, worlds, search: '?mode=live' }
  return {
    place: { mode: 'rehearsal', world },
    worlds,
    search: asked ? `?world=${encodeURIComponent(world)}` : ''
  }
}

function Facts (
  { federation: { description, owner, clusters, targetMinutes, budget } }: { federation: Federation }
) {
  return (
    <div className='facts'>
      {description && <span>{description}</span>}
      <span>
        owner <b>{owner}</b>
      </span>
      <span>
        <b>{clusters.length}</b> clusters
      </span>
      {targetMinutes !== undefined && (
        <span>
          target <b>{targetMinutes} min</b>
        </span>
      )}
      {budget?.monthly !== undefined && (
        <span>
          monthly budget <b>{money(budget.monthly)}</b>
        </span>
      )}
    </div>
  )
}

interface HeadProps {
  name: string
  federation: Federation | undefined
  place: Place
  /** True for a view that is about the place. */
  placed: boolean
}

function Head ({ name, federation, place, placed }: HeadProps) {
  const launch = new URLSearchParams({ federation: name, ...placeQuery(place) })
  return (
    <div className='heading'>
      <div className='titles'>
        <p className='crumbs'>
          <Link to='/federations'>Federations</Link> / {name}
        </p>
        <h1 className='row'>{name} {placed && <ModeBadge mode={place.mode} />}</h1>
        {federation && <Facts federation={federation} />}
      </div>
      <div className='actions'>
        <Link className='button primary' to={`/launch?${launch.toString()}`}>
          <RocketIcon />Launch here
        </Link>
      </div>
    </div>
  )
}

/** One federation: what is deployed in a place, and what deploying it takes. */
export function FederationPage ({ name, view }: { name: string, view: string }) {
  const known = useResource(federationResource(name), federationPause)
  const items = useResource(deploymentsResource, deploymentsPause(useResource(deploymentsResource).data)).data
  const { place, worlds, search } = usePlace(name, items ?? [])
  const placed = views.find(({ key }) => key === view)?.placed ?? true
  useTitle(name)
  useMode(placed ? place.mode : undefined)
  const tabs = views.map(({ key, title }) => ({
    key,
    title,
    to: pathOf('federations', name, ...(key === 'map' ? [] : [key])) + search
  }))
  return (
    <div className='stack'>
      <Head name={name} federation={known.data} place={place} placed={placed} />
      <Tabs tabs={tabs} shown={view} />
      <Loaded known={known}>
        {(federation) =>
          view === 'plan'
            ? <PlanView name={name} place={place} worlds={worlds} />
            : view === 'stacks'
            ? <StacksView name={name} place={place} worlds={worlds} />
            : view === 'calendar'
            ? <CalendarView name={name} />
            : <MapView federation={federation} place={place} items={items ?? []} worlds={worlds} />}
      </Loaded>
    </div>
  )
}
