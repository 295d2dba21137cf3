import { useState } from 'react'
import { ApiError, type Deployment, type Validation } from '../../api/client.ts'
import { validation as validationResource } from '../../api/queries.ts'
import { useResource } from '../../api/resource.ts'
import { UnitLink } from '../../components/unit-link.tsx'
import { count } from '../../model/figures.ts'
import {
  checksOf,
  chosenChecks,
  measureText,
  overallVerdict,
  verdict,
  type CheckChoice,
  type UnitCheck
} from '../../model/validation.ts'
import { StateBadge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Pair } from '../../ui/pair.tsx'
import { InlineSelect } from '../../ui/select.tsx'
import { ScrollTable } from '../../ui/table.tsx'

/** The verdict, the counts, and for each kind of check how many passed. */
function Figures ({ report, checks }: { report: Validation, checks: readonly UnitCheck[] }) {
  const { state, word } = overallVerdict(report)
  const kinds = [...new Set(checks.map(({ check }) => check.kind))]
  return (
    <dl className='figures card inside-card'>
      <Pair term='Verdict'>
        <StateBadge state={state}>{word}</StateBadge>
      </Pair>
      <Pair term='Passed'>{report.counts.passed}</Pair>
      <Pair term='Failed'>{report.counts.failed}</Pair>
      <Pair term='Advisory missed'>{report.counts.advisory}</Pair>
      {kinds.map((kind) => {
        const all = checks.filter(({ check }) => check.kind === kind)
        return (
          <Pair key={kind} term={kind}>{all.filter(({ check }) => check.passed).length} / {all.length}</Pair>
        )
      })}
    </dl>
  )
}

const UnitErrors = ({ units }: Pick<Validation, 'units'>) =>
  units.map(({ unit, error }) =>
    error && (
      <p key={unit} className='note' data-state='failed'>
        <span>
          <UnitLink id={unit} />: {error.message}
        </span>
      </p>
    )
  )

function Row ({ item: { unit, check } }: { item: UnitCheck }) {
  const { state, word } = verdict(check)
  return (
    <tr>
      <td>
        <StateBadge state={state}>{word}</StateBadge>
      </td>
      <td>{check.kind}</td>
      <td className='break'>{check.name}</td>
      <td>
        <UnitLink id={unit} />
      </td>
      <td className='figure'>{measureText(check.measured, check.unit)}</td>
      <td className='figure'>{measureText(check.target, check.unit)}</td>
      <td className='break muted'>{check.why}</td>
    </tr>
  )
}

const columns = [
  'Result',
  'Kind',
  'Check',
  'Unit',
  { title: 'Measured', end: true },
  { title: 'Target', end: true },
  'Why'
]

function Checks ({ checks }: { checks: readonly UnitCheck[] }) {
  const [choice, setChoice] = useState<CheckChoice>('measured')
  const shown = chosenChecks(checks, choice)
  const select = (
    <InlineSelect<CheckChoice>
      label='Show'
      push
      value={choice}
      options={[
        { value: 'measured', title: 'measured or not passed' },
        { value: 'trouble', title: 'not passed' },
        { value: 'all', title: `all ${checks.length}` }
      ]}
      onChange={setChoice}
    />
  )
  return (
    <Card title={count(shown.length, 'check')} bare aside={select}>
      <ScrollTable label='Checks' columns={columns}>
        {shown.map((item) => <Row key={`${item.unit} ${item.check.name}`} item={item} />)}
      </ScrollTable>
    </Card>
  )
}

function Report ({ report }: { report: Validation }) {
  const checks = checksOf(report)
  return (
    <div className='stack'>
      <Figures report={report} checks={checks} />
      <UnitErrors units={report.units} />
      <Checks checks={checks} />
    </div>
  )
}

/** The report of phase 8. */
export function ValidationView ({ item, every }: { item: Deployment, every: number }) {
  const known = useResource(validationResource(item.id), every)
  if (known.error instanceof ApiError && known.error.problem.status === 404) {
    return <p className='empty card'>No report yet: phase 8 makes it.</p>
  }
  return <Loaded known={known}>{(report) => <Report report={report} />}</Loaded>
}
