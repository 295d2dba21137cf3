import { deployment as deploymentResource, plan as planResource, units as unitsResource, type PlanQuery } from '../api/queries.ts'
import type { Deployment } from '../api/client.ts'
import { useResource } from '../api/resource.ts'
import { duration, elapsed } from '../model/time.ts'
import { moneyChange } from '../model/words.ts'
import { Link, pathOf } from '../router.tsx'
import { useMode, useTitle } from '../ui/mode.ts'
import { Ago, Changes, isEnded, Loaded, ModeBadge, StateBadge, useNow } from '../ui/parts.tsx'
import { UnitGrid } from './unit-grid.tsx'

/** Milliseconds between looks at a deployment that runs, when no event tells sooner, and at one that has ended (it may be resumed). */
const busy = 2_000
const quiet = 15_000

const views = [{ key: 'units', title: 'Units' }]

/** The plan that a deployment follows, as the federation's file has it today. */
export function planOf ({ request: { operation, phases, ordering, parallelism, clusters } }: Deployment): PlanQuery {
  return {
    operation, from: phases?.from ?? 1, to: phases?.to ?? 8, ...(ordering && { ordering }), ...(parallelism !== undefined && { parallelism }), ...(clusters && { clusters: clusters.join(',') })
  }
}

function Head ({ item, now, predicted }: { item: Deployment, now: number, predicted: number | undefined }) {
  const seconds = elapsed(item.startedAt, item.finishedAt, now)
  return (
    <div className='heading'>
      <div className='titles'>
        <p className='crumbs'><Link to='/deployments'>Deployments</Link> / <code>{item.id}</code></p>
        <h1 className='row'>{item.operation} of {item.federation} <StateBadge state={item.status} /> <ModeBadge mode={item.mode} /></h1>
        <div className='facts'>
          {item.world !== undefined && <span>world <b>{item.world}</b></span>}
          <span>launched <b><Ago time={item.createdAt} /></b></span>
          {seconds !== undefined && <span>{isEnded(item) ? 'took' : 'running for'} <b className='number'>{duration(seconds)}</b></span>}
          {predicted !== undefined && <span>predicted live <b>{duration(predicted)}</b></span>}
          <span>resources <b><Changes changes={item.resourceChanges} preview={item.operation === 'preview'} /></b></span>
          {item.cost && <span>cost a month <b>{moneyChange(item.cost.difference)}</b></span>}
        </div>
      </div>
    </div>
  )
}

/** One deployment: what it is, how far, and its views. */
export function DeploymentPage ({ id, view }: { id: string, view: string }) {
  const first = useResource(deploymentResource(id)).data
  const ended = first !== undefined && isEnded(first)
  const known = useResource(deploymentResource(id), ended ? quiet : busy)
  const units = useResource(unitsResource(id), ended ? quiet : busy)
  const plan = useResource(first && planResource(first.federation, planOf(first)))
  const now = useNow(ended || !first ? undefined : 1000)
  useTitle(first ? `${first.operation} of ${first.federation}: ${first.status}` : 'Deployment')
  useMode(first?.mode)
  return (
    <Loaded known={known}>
      {(item) => (
        <div className='stack'>
          <Head item={item} now={now} predicted={plan.data?.makespanSeconds} />
          <nav className='tabs' aria-label='Views'>
            {views.map(({ key, title }) => <Link key={key} to={pathOf('deployments', id, ...(key === 'units' ? [] : [key]))} {...(view === key && { 'aria-current': 'page' })}>{title}</Link>)}
          </nav>
          <div className='card'>
            <Loaded known={units}>{(list) => <UnitGrid deployment={item} units={list} plan={plan.data} resources={new Map()} now={now} />}</Loaded>
          </div>
        </div>
      )}
    </Loaded>
  )
}
