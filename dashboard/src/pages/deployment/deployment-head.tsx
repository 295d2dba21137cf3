import type { ReactNode } from 'react'
import type { Deployment } from '../../api/client.ts'
import { Changes } from '../../components/changes.tsx'
import { moneyChange } from '../../model/figures.ts'
import { isEnded } from '../../model/state.ts'
import { duration, elapsed } from '../../model/time.ts'
import { Link, pathOf } from '../../router.tsx'
import { ModeBadge, StateBadge } from '../../ui/badge.tsx'
import { Ago } from '../../ui/now.tsx'
import { Steering } from './steering.tsx'

interface FactProps {
  name: string
  children: ReactNode
  /** After the value. */
  more?: ReactNode
}

const Fact = ({ name, children, more }: FactProps) => (
  <span>
    {name} <b>{children}</b>
    {more}
  </span>
)

interface HeadProps {
  item: Deployment
  now: number
  /** Predicted duration of the live run in seconds; undefined until it is known. */
  predicted: number | undefined
}

function Facts ({ item, now, predicted }: HeadProps) {
  const { world, position, launchedBy, drift, cost } = item
  const seconds = elapsed(item.startedAt, item.finishedAt, now)
  const by = launchedBy && (
    <>
      {' '}by <b title={launchedBy.subject}>{launchedBy.name}</b>
    </>
  )
  return (
    <div className='facts'>
      {world !== undefined && <Fact name='world'>{world}</Fact>}
      {position !== undefined && <Fact name='position in the queue'>{position}</Fact>}
      <Fact name='launched' more={by}>
        <Ago time={item.createdAt} />
      </Fact>
      {seconds !== undefined && (
        <Fact name={isEnded(item) ? 'took' : 'running for'}>
          <span className='number'>{duration(seconds)}</span>
        </Fact>
      )}
      {predicted !== undefined && <Fact name='predicted (live)'>{duration(predicted)}</Fact>}
      <Fact name='resources'>
        <Changes changes={item.resourceChanges} preview={item.operation === 'preview'} />
      </Fact>
      {drift && <Fact name='drift'>{drift.changed} changed, {drift.missing} missing</Fact>}
      {cost && <Fact name='monthly cost'>{moneyChange(cost.difference)}</Fact>}
    </div>
  )
}

/** The head of the page: the deployment's facts, its status, and the steps that can be taken. */
export const DeploymentHead = ({ item, now, predicted }: HeadProps) => (
  <div className='heading'>
    <div className='titles'>
      <p className='crumbs'>
        <Link to='/deployments'>Deployments</Link> / <code>{item.id}</code>
      </p>
      <h1 className='row'>
        <span>
          {item.operation} of <Link to={pathOf('federations', item.federation)}>{item.federation}</Link>
        </span>{' '}
        <StateBadge state={item.status} /> <ModeBadge mode={item.mode} />
      </h1>
      <Facts item={item} now={now} predicted={predicted} />
    </div>
    <Steering item={item} />
  </div>
)
