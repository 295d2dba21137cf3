import type { Plan } from '../api/client.ts'
import { phaseTitle } from '../model/phases.ts'
import { duration } from '../model/time.ts'
import { count, money } from '../model/words.ts'
import { WarningIcon } from '../ui/icons.tsx'
import { Scroll } from '../ui/parts.tsx'

const facts = (plan: Plan) => {
  const phases = [...new Set(plan.units.map(({ phase }) => phase))].sort((a, b) => a - b)
  return phases.map((phase) => {
    const units = plan.units.filter((unit) => unit.phase === phase)
    const start = Math.min(...units.map(({ predicted }) => predicted.start))
    const end = Math.max(...units.map(({ predicted }) => predicted.end))
    return {
      phase,
      units: units.length,
      seconds: end - start,
      critical: units.filter(({ id }) => plan.criticalPath.includes(id)),
      monthly: plan.cost.perPhase.find((one) => one.phase === phase)?.monthly
    }
  })
}

/** A plan in figures: how much, how long, what decides it, what it costs. */
export function PlanSummary ({ plan }: { plan: Plan }) {
  const { cost, warnings, targetSeconds, meetsTarget } = plan
  return (
    <div className='stack'>
      <dl className='figures'>
        <div>
          <dt>Units</dt>
          <dd>{plan.units.length}</dd>
        </div>
        <div>
          <dt>Predicted live</dt>
          <dd>{duration(plan.makespanSeconds)}</dd>
          {targetSeconds !== undefined && (
            <dd className='hint' data-state={meetsTarget ? 'succeeded' : 'waiting'}>
              {meetsTarget ? 'within' : 'over'} the target of {duration(targetSeconds)}
            </dd>
          )}
        </div>
        <div>
          <dt>Cost a month</dt>
          <dd>{money(cost.monthly)}</dd>
          <dd className='hint'>
            {money(cost.range.min)} to {money(cost.range.max)}
            {cost.budget &&
              `, ${cost.budget.within ? 'within' : 'over'} the budget of ${money(cost.budget.monthly)}`}
          </dd>
        </div>
        <div>
          <dt>At once</dt>
          <dd>{count(plan.parallelism, 'unit')}</dd>
        </div>
      </dl>
      {cost.budget?.exceeded.map(({ part, budget, monthly }) => (
        <div key={part} className='note' data-state='waiting'>
          <WarningIcon />
          <div>{part} is estimated at {money(monthly)} a month, over its budget of {money(budget)}.</div>
        </div>
      ))}
      <Scroll label='Plan by phase'>
        <table className='table plan'>
          <thead>
            <tr>
              <th scope='col'>Phase</th>
              <th scope='col' className='end'>Units</th>
              <th scope='col' className='end'>Predicted</th>
              <th scope='col' className='end'>Cost a month</th>
              <th scope='col'>Decided by</th>
            </tr>
          </thead>
          <tbody>
            {facts(plan).map(({ phase, units, seconds, critical, monthly }) => (
              <tr key={phase}>
                <td className='nowrap'>
                  <span className='muted'>{phase}</span> {phaseTitle(phase)}
                </td>
                <td className='end'>{units}</td>
                <td className='end'>{duration(seconds)}</td>
                <td className='end'>{monthly === undefined ? '–' : money(monthly)}</td>
                <td className='break'>{critical.map(({ scope }) => scope).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {warnings.length > 0 && (
        <details className='warnings'>
          <summary>{count(warnings.length, 'remark')} on the federation file</summary>
          <ul className='diagnostics'>
            {warnings.map((warning) => (
              <li key={`${warning.line}:${warning.column}:${warning.code}`} data-level='warning'>
                <code>{warning.file}:{warning.line}</code> {warning.path} {warning.message}: expected{' '}
                {warning.expected}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
