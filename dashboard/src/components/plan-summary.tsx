import type { Plan } from '../api/client.ts'
import { count, money } from '../model/figures.ts'
import { planPhases } from '../model/plan-phases.ts'
import { duration } from '../model/time.ts'
import { Note } from '../ui/note.tsx'
import { Pair } from '../ui/pair.tsx'
import { ScrollTable } from '../ui/table.tsx'
import { PhaseName } from './phase-name.tsx'

function PlanFigures (
  { plan: { units, makespanSeconds, targetSeconds, meetsTarget, cost, parallelism } }: { plan: Plan }
) {
  return (
    <dl className='figures'>
      <Pair term='Units'>{units.length}</Pair>
      <div>
        <dt>Predicted (live)</dt>
        <dd>{duration(makespanSeconds)}</dd>
        {targetSeconds !== undefined && (
          <dd className='hint' data-state={meetsTarget ? 'succeeded' : 'waiting'}>
            {meetsTarget ? 'within' : 'over'} the target of {duration(targetSeconds)}
          </dd>
        )}
      </div>
      <div>
        <dt>Monthly cost</dt>
        <dd>{money(cost.monthly)}</dd>
        <dd className='hint'>
          {money(cost.range.min)} to {money(cost.range.max)}
          {cost.budget &&
            `, ${cost.budget.within ? 'within' : 'over'} the budget of ${money(cost.budget.monthly)}`}
        </dd>
      </div>
      <Pair term='In parallel'>{count(parallelism, 'unit')}</Pair>
    </dl>
  )
}

const phaseColumns = [
  'Phase',
  { title: 'Units', end: true },
  { title: 'Predicted', end: true },
  { title: 'Monthly cost', end: true },
  'Critical path'
]

function PhaseTable ({ plan }: { plan: Plan }) {
  return (
    <ScrollTable label='Plan by phase' columns={phaseColumns} className='plan'>
      {planPhases(plan).map(({ phase, units, seconds, critical, monthly }) => (
        <tr key={phase}>
          <td className='nowrap'>
            <PhaseName number={phase} />
          </td>
          <td className='end'>{units}</td>
          <td className='end'>{duration(seconds)}</td>
          <td className='end'>{monthly === undefined ? '–' : money(monthly)}</td>
          <td className='break'>{critical.join(', ')}</td>
        </tr>
      ))}
    </ScrollTable>
  )
}

function FileWarnings ({ warnings }: { warnings: Plan['warnings'] }) {
  if (warnings.length === 0) return null
  return (
    <details className='warnings'>
      <summary>{count(warnings.length, 'warning')} about the federation file</summary>
      <ul className='diagnostics'>
        {warnings.map(({ file, line, column, code, path, message, expected }) => (
          <li key={`${line}:${column}:${code}`} data-level='warning'>
            <code>{file}:{line}</code> {path} {message}: expected {expected}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** A plan in figures: units, duration, critical path and cost. */
export function PlanSummary ({ plan }: { plan: Plan }) {
  return (
    <div className='stack'>
      <PlanFigures plan={plan} />
      {plan.cost.budget?.exceeded.map(({ part, budget, monthly }) => (
        <Note key={part} state='waiting'>
          {part} is estimated at {money(monthly)} a month, over its budget of {money(budget)}.
        </Note>
      ))}
      <PhaseTable plan={plan} />
      <FileWarnings warnings={plan.warnings} />
    </div>
  )
}
