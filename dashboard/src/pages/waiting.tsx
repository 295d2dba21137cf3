/** What waits for an approval: first what waits for whoever looks. */
import { approvals, type Waiting } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { phaseTitle } from '../model/phases.ts'
import { dateTime } from '../model/time.ts'
import { Link, pathOf } from '../router.tsx'
import { useTitle } from '../ui/mode.ts'
import { Card, Loaded, ModeBadge, Scroll } from '../ui/parts.tsx'

/** Milliseconds between looks: people decide in minutes. */
const pause = 10_000

function Rows ({ list, label, refusals }: { list: readonly Waiting[], label: string, refusals: boolean }) {
  if (list.length === 0) return <p className='empty'>Nothing.</p>
  return (
    <Scroll label={label}>
      <table className='table'>
        <thead>
          <tr>
            <th scope='col'>Deployment</th>
            <th scope='col'>Mode</th>
            <th scope='col'>Phase</th>
            <th scope='col'>Missing</th>
            <th scope='col'>Launched by</th>
            <th scope='col'>Until</th>
            {refusals && <th scope='col'>Why it is not yours</th>}
          </tr>
        </thead>
        <tbody>
          {list.map(({ deployment, federation, operation, mode, world, gate, launchedBy, refusal }) => (
            <tr key={deployment}>
              <td>
                <Link to={pathOf('deployments', deployment)}>{operation} of {federation}</Link>
                {world !== undefined && <span className='hint'>in {world}</span>}
              </td>
              <td>
                <ModeBadge mode={mode} />
              </td>
              <td className='nowrap'>
                <span className='muted'>{gate.phase}</span> {phaseTitle(gate.phase)}
              </td>
              <td className='nowrap'>{gate.missing} of {gate.needed}</td>
              <td>{launchedBy?.name ?? '–'}</td>
              <td className='nowrap'>{gate.expiresAt ? dateTime(gate.expiresAt) : 'for ever'}</td>
              {refusals && <td className='break muted'>{refusal}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

export function WaitingPage () {
  useTitle('Waiting')
  const known = useResource(approvals, pause)
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <h1>Waiting for an approval</h1>
        </div>
      </div>
      <Loaded known={known}>
        {(list) => (
          <>
            <Card title='For you' bare>
              <Rows list={list.filter(({ mine }) => mine)} label='Waiting for you' refusals={false} />
            </Card>
            <Card title='For others' bare>
              <Rows list={list.filter(({ mine }) => !mine)} label='Waiting for others' refusals />
            </Card>
          </>
        )}
      </Loaded>
    </div>
  )
}
