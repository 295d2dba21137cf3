import type { ReactNode } from 'react'
import type { Deployment } from '../../api/client.ts'
import { driftKinds, driftWords, ignoredIn } from '../../model/drift.ts'
import { count } from '../../model/figures.ts'
import { placeQuery, type Place } from '../../model/place.ts'
import { Link, pathOf } from '../../router.tsx'
import { StateBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Ago } from '../../ui/now.tsx'

interface KindLineProps {
  badge: ReactNode
  hint?: string
  amount: number
  /** Address of the resources. */
  to: string
}

const KindLine = ({ badge, hint, amount, to }: KindLineProps) => (
  <li className='row spread' title={hint}>
    {badge}
    {amount === 0 ? <span className='muted'>none</span> : <Link to={to}>{count(amount, 'resource')}</Link>}
  </li>
)

/** Figures of a drift check by kind, each with a link to its resources. */
function Kinds ({ id, drift }: { id: string, drift: NonNullable<Deployment['drift']> }) {
  const path = pathOf('deployments', id, 'drift')
  return (
    <ul className='lines'>
      {driftKinds.map((kind) => {
        const { title, hint, state } = driftWords[kind]
        const badge = <StateBadge state={drift[kind] === 0 ? 'absent' : state}>{title}</StateBadge>
        return (
          <KindLine key={kind} badge={badge} hint={hint} amount={drift[kind]} to={`${path}?kind=${kind}`} />
        )
      })}
      {ignoredIn(drift) > 0 && (
        <KindLine
          badge={<StateBadge state='absent'>ignored by the federation file</StateBadge>}
          amount={ignoredIn(drift)}
          to={`${path}?ignored=yes`}
        />
      )}
    </ul>
  )
}

/** The status of a drift check, and of one that succeeded what it found. */
function Summary ({ item: { status, drift } }: { item: Deployment }) {
  if (status !== 'succeeded') return <StateBadge state={status} />
  const found = (drift?.changed ?? 0) + (drift?.missing ?? 0)
  return found === 0
    ? <StateBadge state='succeeded'>no drift</StateBadge>
    : (
      <StateBadge state='waiting'>
        {count(found, 'resource to look at', 'resources to look at')}
      </StateBadge>
    )
}

interface DriftCardProps {
  name: string
  place: Place
  /** The last drift check of the place. */
  checked: Deployment | undefined
}

/** The last drift check of a place, and a link to launch one. */
export function DriftCard ({ name, place, checked }: DriftCardProps) {
  const launch = new URLSearchParams({ federation: name, operation: 'drift-check', ...placeQuery(place) })
  const again = <Link className='button small push' to={`/launch?${launch.toString()}`}>Check for drift</Link>
  return (
    <Card title='Drift' aside={again}>
      {checked
        ? (
          <div className='stack'>
            <p className='row tight'>
              <Summary item={checked} />
              <Link to={pathOf('deployments', checked.id)}>drift check</Link>{' '}
              <span className='muted'>
                <Ago time={checked.createdAt} />
              </span>
            </p>
            {checked.drift && <Kinds id={checked.id} drift={checked.drift} />}
          </div>
        )
        : (
          <p className='muted'>
            Not checked yet. A drift check compares the state with the clouds, and changes neither.
          </p>
        )}
    </Card>
  )
}
