import type { Deployment } from '../api/client.ts'
import { deployments } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { duration, elapsed } from '../model/time.ts'
import { moneyChange } from '../model/words.ts'
import { Link, navigate, pathOf, useAddress, withQuery } from '../router.tsx'
import { useTitle } from '../ui/mode.ts'
import {
  Ago,
  Changes,
  isEnded,
  Loaded,
  ModeBadge,
  PhaseMarks,
  Scroll,
  StateBadge,
  useNow
} from '../ui/parts.tsx'

/** Milliseconds between looks at the list while something runs, and while nothing does. */
const busy = 2_000
const quiet = 10_000

/** Deployments as a table, the newest first. */
export function DeploymentTable (
  { items, federation = true }: { items: readonly Deployment[], federation?: boolean }
) {
  const now = useNow(items.some((item) => !isEnded(item)) ? 1000 : undefined)
  return (
    <Scroll label='Deployments'>
      <table className='table deployments'>
        <thead>
          <tr>
            <th scope='col'>Status</th>
            {federation && <th scope='col'>Federation</th>}
            <th scope='col'>Operation</th>
            <th scope='col'>Mode</th>
            <th scope='col'>Phases</th>
            <th scope='col' className='end'>Units</th>
            <th scope='col' className='end'>Duration</th>
            <th scope='col'>Changes</th>
            <th scope='col' className='end'>Cost a month</th>
            <th scope='col'>Launched</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const units = item.phases.reduce(
              (sum, { units: { total, succeeded } }) => ({
                total: sum.total + total,
                succeeded: sum.succeeded + succeeded
              }),
              { total: 0, succeeded: 0 }
            )
            const seconds = elapsed(item.startedAt, item.finishedAt, now)
            return (
              <tr key={item.id} data-row-mode={item.mode}>
                <td>
                  <Link
                    to={pathOf('deployments', item.id)}
                    aria-label={`${item.operation} of ${item.federation}, ${item.mode}, ${item.status}`}
                    className='plain'
                  >
                    <StateBadge state={item.status}>
                      {item.status}
                      {item.position !== undefined && ` (${item.position})`}
                    </StateBadge>
                  </Link>
                </td>
                {federation && (
                  <td>
                    <Link to={pathOf('federations', item.federation)}>{item.federation}</Link>
                  </td>
                )}
                <td>
                  <Link to={pathOf('deployments', item.id)}>
                    <b>{item.operation}</b> <code className='muted'>{item.id.slice(0, 8)}</code>
                  </Link>
                </td>
                <td>
                  <ModeBadge mode={item.mode} />{' '}
                  {item.world !== undefined && <span className='muted'>{item.world}</span>}
                </td>
                <td>
                  <PhaseMarks phases={item.phases} />
                </td>
                <td className='end'>{units.succeeded} / {units.total}</td>
                <td className='end'>{seconds === undefined ? '–' : duration(seconds)}</td>
                <td>
                  <Changes changes={item.resourceChanges} preview={item.operation === 'preview'} />
                </td>
                <td className='end'>{item.cost ? moneyChange(item.cost.difference) : '–'}</td>
                <td>
                  <Ago time={item.createdAt} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroll>
  )
}

const distinct = (values: string[]) => [...new Set(values)].sort()

function Filter ({ name, label, values }: { name: string, label: string, values: string[] }) {
  const { query } = useAddress()
  return (
    <label className='row tight'>
      <span className='label'>{label}</span>
      <select
        className='input narrow'
        value={query.get(name) ?? ''}
        onChange={(event) => {
          navigate(withQuery({ [name]: event.target.value }), { replace: true })
        }}
      >
        <option value=''>all</option>
        {values.map((value) => <option key={value}>{value}</option>)}
      </select>
    </label>
  )
}

/** All deployments, by what one looks for. */
export function DeploymentsPage () {
  useTitle('Deployments')
  const { query } = useAddress()
  const known = useResource(deployments, busyOrQuiet(useResource(deployments).data))
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <h1>Deployments</h1>
        </div>
      </div>
      <Loaded known={known}>
        {(items) => {
          const wanted = items.filter((item) =>
            ([['federation', item.federation], ['status', item.status], ['mode', item.mode], [
              'operation',
              item.operation
            ]] as const).every(([name, value]) => (query.get(name) ?? value) === value)
          )
          return (
            <>
              <div className='row' role='search' aria-label='Filters'>
                <Filter
                  name='federation'
                  label='Federation'
                  values={distinct(items.map((item) => item.federation))}
                />
                <Filter name='status' label='Status' values={distinct(items.map((item) => item.status))} />
                <Filter name='mode' label='Mode' values={['rehearsal', 'live']} />
                <Filter
                  name='operation'
                  label='Operation'
                  values={distinct(items.map((item) => item.operation))}
                />
                <span className='muted push' role='status'>{wanted.length} of the last {items.length}</span>
              </div>
              <div className='card'>
                {wanted.length > 0
                  ? <DeploymentTable items={wanted} />
                  : (
                    <p className='empty'>
                      {items.length === 0
                        ? (
                          <>
                            None yet.{' '}
                            <Link to='/launch'>Launch a rehearsal</Link>: it needs no account and changes
                            nothing real.
                          </>
                        )
                        : 'None of these.'}
                    </p>
                  )}
              </div>
            </>
          )
        }}
      </Loaded>
    </div>
  )
}

/** How often the list is read. */
export const busyOrQuiet = (items: readonly Deployment[] | undefined): number =>
  items?.some((item) => !isEnded(item)) ? busy : quiet
