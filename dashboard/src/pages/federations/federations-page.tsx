import type { Deployment, FederationSummary } from '../../api/client.ts'
import { deployments as deploymentsResource, federations as federationsResource } from '../../api/queries.ts'
import { useResource, type Known } from '../../api/resource.ts'
import { DeploymentTable, deploymentsPause } from '../../components/deployment-table.tsx'
import { NoDeployments } from '../../components/no-deployments.tsx'
import { mayChange } from '../../model/place.ts'
import { Link } from '../../router.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { FederationCard } from './federation-card.tsx'

/** Milliseconds between reads of the federations: files change seldom. */
const federationsPause = 30_000

/** Deployments that the first page shows: the others are a click away. */
const shownDeployments = 12

interface CardsProps {
  list: readonly FederationSummary[]
  /** The newest first; undefined until they are known. */
  deployments: readonly Deployment[] | undefined
}

function Cards ({ list, deployments }: CardsProps) {
  if (list.length === 0) {
    return (
      <p className='empty card'>
        No federations yet. Put a YAML file into the folder that WINDLASS_FEDERATIONS names.
      </p>
    )
  }
  return (
    <ul className='cards'>
      {list.map((item) => (
        <FederationCard
          key={item.name}
          item={item}
          latest={deployments?.find((one) => one.federation === item.name && mayChange(one))}
        />
      ))}
    </ul>
  )
}

const LatestDeployments = ({ known }: { known: Known<Deployment[]> }) => (
  <Card title='Latest deployments' bare aside={<Link className='push' to='/deployments'>All</Link>}>
    <Loaded known={known}>
      {(items) =>
        items.length > 0
          ? <DeploymentTable items={items.slice(0, shownDeployments)} />
          : <NoDeployments />}
    </Loaded>
  </Card>
)

/** The first page: the federations, and the latest deployments of all of them. */
export function FederationsPage () {
  const known = useResource(federationsResource, federationsPause)
  const latest = useResource(deploymentsResource, deploymentsPause(useResource(deploymentsResource).data))
  return (
    <Page title='' heading='Federations'>
      <Loaded known={known}>{(list) => <Cards list={list} deployments={latest.data} />}</Loaded>
      <LatestDeployments known={latest} />
    </Page>
  )
}
