import { deployments as deploymentsResource, federations as federationsResource } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { placeName } from '../model/place.ts'
import { count } from '../model/words.ts'
import { Link, pathOf } from '../router.tsx'
import { WarningIcon } from '../ui/icons.tsx'
import { useTitle } from '../ui/mode.ts'
import { Ago, Card, Loaded, ModeBadge, PhaseMarks, StateBadge } from '../ui/parts.tsx'
import { busyOrQuiet, DeploymentTable } from './deployments.tsx'

/** Deployments that the first page shows: the rest is a click away. */
const shownDeployments = 12

/** What can be deployed, and what was lately. */
export function FederationsPage () {
  useTitle('')
  const known = useResource(federationsResource, 30_000)
  const last = useResource(deploymentsResource, busyOrQuiet(useResource(deploymentsResource).data))
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <h1>Federations</h1>
        </div>
      </div>
      <Loaded known={known}>
        {(list) =>
          list.length === 0
            ? (
              <p className='empty card'>
                There is no federation: put a YAML file into the folder that WINDLASS_FEDERATIONS names.
              </p>
            )
            : (
              <ul className='cards'>
                {list.map((item) => {
                  const latest = last.data?.find((one) =>
                    one.federation === item.name && one.operation !== 'preview' &&
                    one.operation !== 'drift-check'
                  )
                  return (
                    <li key={item.name} className='card inside-card'>
                      <h2>
                        <Link to={pathOf('federations', item.name)}>{item.name}</Link>
                      </h2>
                      <p className='muted'>
                        {item.clusters === undefined ? '' : `${count(item.clusters, 'cluster')} · `}
                        <code>{item.file}</code>
                      </p>
                      {!item.valid && (
                        <div className='note' data-state='failed'>
                          <WarningIcon />
                          <ul>
                            {item.errors?.slice(0, 6).map((error) => (
                              <li key={`${error.line}:${error.column}:${error.code}`}>
                                <code>{error.file}:{error.line}</code> {error.path} {error.message}: expected
                                {' '}
                                {error.expected}
                              </li>
                            ))}
                          </ul>
                        </div>
                      )}
                      {latest
                        ? (
                          <p className='row tight'>
                            <StateBadge state={latest.status} />
                            <Link to={pathOf('deployments', latest.id)}>
                              {latest.operation} in {placeName(latest)}
                            </Link>
                            <ModeBadge mode={latest.mode} />
                            <span className='muted'>
                              <Ago time={latest.createdAt} />
                            </span>
                          </p>
                        )
                        : item.valid && <p className='muted'>Not deployed yet.</p>}
                      {latest && <PhaseMarks phases={latest.phases} />}
                      {item.valid && (
                        <p className='row tight'>
                          <Link className='button small' to={pathOf('federations', item.name)}>Map</Link>
                          <Link className='button small' to={pathOf('federations', item.name, 'plan')}>
                            Plan
                          </Link>
                          <Link
                            className='button small'
                            to={`/launch?federation=${encodeURIComponent(item.name)}`}
                          >
                            Launch
                          </Link>
                        </p>
                      )}
                    </li>
                  )
                })}
              </ul>
            )}
      </Loaded>
      <Card title='Last deployments' bare aside={<Link className='push' to='/deployments'>All</Link>}>
        <Loaded known={last}>
          {(items) =>
            items.length > 0
              ? <DeploymentTable items={items.slice(0, shownDeployments)} />
              : (
                <p className='empty'>
                  None yet.{' '}
                  <Link to='/launch'>Launch a rehearsal</Link>: it needs no account and changes nothing real.
                </p>
              )}
        </Loaded>
      </Card>
    </div>
  )
}
