import { modes } from '../../../contract/words.ts'
import type { Deployment } from '../api/client.ts'
import { deployments } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { DeploymentTable, deploymentsPause } from '../components/deployment-table.tsx'
import { NoDeployments } from '../components/no-deployments.tsx'
import { useAddress } from '../router.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { optionsOf, QuerySelect } from '../ui/select.tsx'

/** Fields that the list can be narrowed down by: parameters of the address. */
const filters = ['federation', 'status', 'mode', 'operation'] as const

const titles = { federation: 'Federation', status: 'Status', mode: 'Mode', operation: 'Operation' }

function FilteredList ({ items }: { items: readonly Deployment[] }) {
  const { query } = useAddress()
  const wanted = items.filter((item) =>
    filters.every((name) => (query.get(name) ?? item[name]) === item[name])
  )
  const valuesOf = (name: typeof filters[number]): readonly string[] =>
    name === 'mode' ? modes : [...new Set(items.map((item) => item[name]))].sort()
  return (
    <>
      <div className='row' role='search' aria-label='Filters'>
        {filters.map((name) => (
          <QuerySelect key={name} name={name} label={titles[name]} options={optionsOf(valuesOf(name))} />
        ))}
        <span className='muted push' role='status'>{wanted.length} of the last {items.length}</span>
      </div>
      <div className='card'>
        {wanted.length > 0
          ? <DeploymentTable items={wanted} />
          : items.length === 0
          ? <NoDeployments />
          : <p className='empty'>No deployment matches the filters.</p>}
      </div>
    </>
  )
}

/** The latest deployments, with filters. */
export function DeploymentsPage () {
  const known = useResource(deployments, deploymentsPause(useResource(deployments).data))
  return (
    <Page title='Deployments'>
      <Loaded known={known}>{(items) => <FilteredList items={items} />}</Loaded>
    </Page>
  )
}
