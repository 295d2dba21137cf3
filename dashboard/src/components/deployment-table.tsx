import type { Deployment } from '../api/client.ts'
import { moneyChange } from '../model/figures.ts'
import { isEnded } from '../model/state.ts'
import { duration, elapsed } from '../model/time.ts'
import { Link, pathOf } from '../router.tsx'
import { ModeBadge, StateBadge } from '../ui/badge.tsx'
import { Ago, useNow } from '../ui/now.tsx'
import { ScrollTable, type Column } from '../ui/table.tsx'
import { Changes } from './changes.tsx'
import { PhaseMarks } from './phase-marks.tsx'

/** Milliseconds between reads of the list while a deployment runs, and while none does. */
const busy = 2_000
const quiet = 10_000

/** Milliseconds between reads of a list of deployments. */
export const deploymentsPause = (items: readonly Deployment[] | undefined): number =>
  items?.some((item) => !isEnded(item)) ? busy : quiet

interface RowProps {
  item: Deployment
  /** True when the table has a column for the federation. */
  federation: boolean
  now: number
}

function Row ({ item, federation, now }: RowProps) {
  const to = pathOf('deployments', item.id)
  const total = item.phases.reduce((sum, { units }) => sum + units.total, 0)
  const succeeded = item.phases.reduce((sum, { units }) => sum + units.succeeded, 0)
  const seconds = elapsed(item.startedAt, item.finishedAt, now)
  return (
    <tr data-row-mode={item.mode}>
      <td>
        <Link
          to={to}
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
        <Link to={to}>
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
      <td className='end'>{succeeded} / {total}</td>
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
}

interface DeploymentTableProps {
  items: readonly Deployment[]
  /** Names the federation; needless where all are of one. */
  federation?: boolean
}

/** Deployments in the order given. */
export function DeploymentTable ({ items, federation = true }: DeploymentTableProps) {
  const now = useNow(items.some((item) => !isEnded(item)) ? 1000 : undefined)
  const columns: Column[] = [
    'Status',
    ...(federation ? ['Federation'] : []),
    'Operation',
    'Mode',
    'Phases',
    { title: 'Units', end: true },
    { title: 'Duration', end: true },
    'Changes',
    { title: 'Monthly cost', end: true },
    'Launched'
  ]
  return (
    <ScrollTable label='Deployments' columns={columns} className='deployments'>
      {items.map((item) => <Row key={item.id} item={item} federation={federation} now={now} />)}
    </ScrollTable>
  )
}
