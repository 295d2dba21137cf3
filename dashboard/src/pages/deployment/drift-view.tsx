import type { Deployment, DriftFinding } from '../../api/client.ts'
import { drift as driftResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { driftKinds, driftWords, ignoredIn, shownDrift } from '../../model/drift.ts'
import { count } from '../../model/figures.ts'
import { navigate, useAddress, withQuery } from '../../router.tsx'
import { Card } from '../../ui/card.tsx'
import { Check } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Pair } from '../../ui/pair.tsx'
import { QuerySelect } from '../../ui/select.tsx'
import { ScrollTable } from '../../ui/table.tsx'
import { DriftRows } from './drift-rows.tsx'

const Figures = ({ drift }: { drift: NonNullable<Deployment['drift']> }) => (
  <dl className='figures card inside-card'>
    <Pair term='Compared'>{count(drift.resources, 'resource')}</Pair>
    {driftKinds.map((kind) => (
      <Pair key={kind} term={driftWords[kind].title} title={driftWords[kind].hint}>{drift[kind]}</Pair>
    ))}
    <Pair term='ignored' title='The federation file says why'>{ignoredIn(drift)}</Pair>
  </dl>
)

const Filters = ({ ignored }: { ignored: boolean }) => (
  <span className='row tight push'>
    <QuerySelect
      name='kind'
      label='Show'
      all='all kinds'
      options={driftKinds.map((kind) => ({ value: kind, title: driftWords[kind].title }))}
    />
    <Check
      checked={ignored}
      onChange={(checked) => {
        navigate(withQuery({ ignored: checked ? 'yes' : undefined }), { replace: true })
      }}
    >
      with ignored resources
    </Check>
  </span>
)

const columns = ['Kind', 'Unit', 'Resource', 'Property', 'Expected', 'Actual']

interface FindingsProps {
  list: readonly DriftFinding[]
  /** True when the findings have passed their retention time. */
  removed: boolean
}

function Findings ({ list, removed }: FindingsProps) {
  const { query } = useAddress()
  const kind = driftKinds.find((one) => one === query.get('kind'))
  const ignored = query.get('ignored') === 'yes'
  const shown = shownDrift(list, { kind, ignored })
  return (
    <Card title={count(shown.length, 'resource')} bare aside={<Filters ignored={ignored} />}>
      {shown.length > 0
        ? (
          <ScrollTable label='Drift' columns={columns}>
            {shown.map((finding) => <DriftRows key={finding.number} finding={finding} />)}
          </ScrollTable>
        )
        : (
          <p className='empty'>
            {removed
              ? 'The findings have passed their retention time and were removed; the figures remain.'
              : list.length === 0
              ? 'Nothing differs.'
              : 'No resource matches the filters.'}
          </p>
        )}
    </Card>
  )
}

/** The resources that a drift check found to differ from the state. */
export function DriftView ({ item, every }: { item: Deployment, every: number }) {
  // Findings are removed with the events.
  const removed = item.eventsFrom !== undefined
  const known = useResource(removed ? undefined : driftResource(item.id), every)
  return (
    <div className='stack'>
      {item.drift && <Figures drift={item.drift} />}
      <Loaded known={removed ? { data: [] } : known}>
        {(list) => <Findings list={list} removed={removed} />}
      </Loaded>
    </div>
  )
}
