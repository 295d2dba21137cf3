import type { Waiting } from '../api/client.ts'
import { approvals } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { PhaseName } from '../components/phase-name.tsx'
import { dateTime } from '../model/time.ts'
import { Link, pathOf } from '../router.tsx'
import { ModeBadge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { ScrollTable } from '../ui/table.tsx'

/** Milliseconds between reads: people decide in minutes. */
const pause = 10_000

interface GatesProps {
  label: string
  list: readonly Waiting[]
  /** Adds a column that says why the caller cannot approve. */
  refusals: boolean
}

function Gates ({ label, list, refusals }: GatesProps) {
  if (list.length === 0) return <p className='empty'>Nothing is waiting.</p>
  const columns = ['Deployment', 'Mode', 'Phase', 'Approvals missing', 'Launched by', 'Expires']
  return (
    <ScrollTable label={label} columns={refusals ? [...columns, 'Why you cannot approve'] : columns}>
      {list.map(({ deployment, federation, operation, mode, world, gate, launchedBy, refusal }) => (
        <tr key={deployment}>
          <td>
            <Link to={pathOf('deployments', deployment)}>{operation} of {federation}</Link>
            {world !== undefined && <span className='hint'>{' '}in {world}</span>}
          </td>
          <td>
            <ModeBadge mode={mode} />
          </td>
          <td className='nowrap'>
            <PhaseName number={gate.phase} />
          </td>
          <td className='nowrap'>{gate.missing} of {gate.needed}</td>
          <td>{launchedBy?.name ?? '–'}</td>
          <td className='nowrap'>{gate.expiresAt ? dateTime(gate.expiresAt) : 'never'}</td>
          {refusals && <td className='break muted'>{refusal}</td>}
        </tr>
      ))}
    </ScrollTable>
  )
}

/** Deployments that wait for an approval: first those that wait for the caller's. */
export function WaitingPage () {
  const known = useResource(approvals, pause)
  return (
    <Page title='Waiting' heading='Waiting for approval'>
      <Loaded known={known}>
        {(list) => (
          <>
            <Card title='For you' bare>
              <Gates label='Waiting for you' list={list.filter(({ mine }) => mine)} refusals={false} />
            </Card>
            <Card title='For others' bare>
              <Gates label='Waiting for others' list={list.filter(({ mine }) => !mine)} refusals />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  )
}
