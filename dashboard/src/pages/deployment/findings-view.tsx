import type { Deployment } from '../../api/client.ts'
import { findings as findingsResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { UnitLink } from '../../components/unit-link.tsx'
import { count } from '../../model/figures.ts'
import { byPolicy, enforcementState, type PolicyGroup } from '../../model/policy-findings.ts'
import { resourceName } from '../../model/resource-names.ts'
import { StateBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { ScrollTable } from '../../ui/table.tsx'

const columns = ['Unit', 'Resource', 'What to change']

/** A policy: its rule once, then each place that violates it. */
function PolicyCard ({ group: { policy, enforcement, rule, places } }: { group: PolicyGroup }) {
  const aside = (
    <>
      <StateBadge state={enforcementState(enforcement)}>{enforcement}</StateBadge>
      <span className='muted push'>{count(places.length, 'place')}</span>
    </>
  )
  return (
    <Card title={policy} bare aside={aside}>
      <p className='inside rule'>{rule}</p>
      <ScrollTable label={`Places of ${policy}`} columns={columns}>
        {places.map(({ seq, unit, urn, message }) => (
          <tr key={seq}>
            <td>
              <UnitLink id={unit} />
            </td>
            <td className='mono break'>{urn ? resourceName(urn) : 'the stack'}</td>
            <td className='break'>{message.split('\n').slice(1).join(' ') || '–'}</td>
          </tr>
        ))}
      </ScrollTable>
    </Card>
  )
}

/** The findings of policies, by policy. */
export function FindingsView ({ item, every }: { item: Deployment, every: number }) {
  const known = useResource(findingsResource(item), every)
  return (
    <Loaded known={known}>
      {(list) =>
        list.length === 0
          ? (
            <p className='empty card'>
              {item.eventsFrom === undefined
                ? 'No policy was violated.'
                : 'The findings were removed with the events, which are kept for a limited time.'}
            </p>
          )
          : (
            <div className='stack'>
              {byPolicy(list).map((group) => <PolicyCard key={group.policy} group={group} />)}
            </div>
          )}
    </Loaded>
  )
}
