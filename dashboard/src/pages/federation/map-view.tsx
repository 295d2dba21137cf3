import type { Deployment, Plan, Unit } from '../../api/client.ts'
import { stacks as stacksResource, unitStates as unitsResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { DeploymentTable, deploymentsPause } from '../../components/deployment-table.tsx'
import { OrphanNote } from '../../components/orphan-note.tsx'
import type { Federation } from '../../model/federation.ts'
import { money } from '../../model/figures.ts'
import { deploymentsIn, mayChange, unitStates, type Place } from '../../model/place.ts'
import { pathOf } from '../../router.tsx'
import { Card } from '../../ui/card.tsx'
import { Problem } from '../../ui/problem.tsx'
import { ClusterTable } from './cluster-table.tsx'
import { DriftCard } from './drift-card.tsx'
import { FederationGraph } from './federation-graph.tsx'
import { PlaceChoice } from './place-choice.tsx'
import { stacksPause } from './stacks-view.tsx'
import { wholePlan } from './whole-plan.ts'

/** Deployments of the place that are shown. */
const shownDeployments = 8

/**
 * The unit of a cluster that is worth opening: one that failed, else one that runs, else the last.
 */
function unitToOpen (units: readonly Unit[], cluster: string): Unit | undefined {
  const rank = ({ status }: Unit): number => status === 'failed' ? 0 : status === 'running' ? 1 : 2
  return units.filter(({ clusters, scope }) => scope === cluster && clusters.length === 1)
    .toSorted((a, b) => rank(a) - rank(b) || b.phase - a.phase)[0]
}

/** Monthly cost of clusters by name, as text. */
function clusterCosts (plan: Plan | undefined): ReadonlyMap<string, string> {
  return new Map(
    plan?.cost.perCluster.flatMap(({ cluster, monthly }) =>
      cluster === undefined ? [] : [[cluster, money(monthly)] as const]
    )
  )
}

interface MapViewProps {
  federation: Federation
  place: Place
  /** Deployments of all federations, the newest first. */
  items: readonly Deployment[]
  worlds: readonly string[]
}

/** The clusters with their states in a place, its deployments and its drift. */
export function MapView ({ federation, place, items, worlds }: MapViewProps) {
  const here = deploymentsIn(items, federation.name, place)
  const last = here.find(mayChange)
  const stacks = useResource(stacksResource(federation.name, place), stacksPause)
  const units = useResource(last && unitsResource(last.id), last && deploymentsPause([last])).data
  const plan = useResource(wholePlan(federation.name, place)).data
  const costs = clusterCosts(plan)
  const states = unitStates(stacks.data ?? [], units)
  const linkTo = (cluster: string) => {
    const unit = unitToOpen(units ?? [], cluster)
    return unit && last ? `${pathOf('deployments', last.id)}?unit=${encodeURIComponent(unit.id)}` : undefined
  }
  return (
    <>
      <OrphanNote warnings={plan?.launchWarnings} federation={federation.name} place={place} />
      <Card title='Map' bare aside={<PlaceChoice place={place} worlds={worlds} />}>
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
            : <p className='empty'>No deployments yet.</p>}
        </Card>
        <DriftCard
          name={federation.name}
          place={place}
          checked={here.find(({ operation }) => operation === 'drift-check')}
        />
      </div>
      <Card title='Clusters' bare>
        <ClusterTable federation={federation} units={states} costs={costs} />
      </Card>
    </>
  )
}
