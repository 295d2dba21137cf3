/** A deployment for terminals. Pure. */
import { type Deployment } from '../../contract/deployment.ts'
import { driftSummary } from './drift.ts'
import { gateLines } from './gate.ts'
import { deploymentCostLines } from './money.ts'
import { orphanLines } from './orphan.ts'
import { scenarioResultLines } from './scenario.ts'
import { table } from './text.ts'

/** The deployment, its phases, its sums, and what it waits for. */
export function statusLines (deployment: Deployment): string[] {
  const { id, federation, operation, mode, world, status, position, phases, drift, error } = deployment
  const { create, update, delete: removed, replace, same } = deployment.resourceChanges
  const place = world === undefined ? mode : `${mode} in ${world}`
  return [
    `${id}  ${federation} ${operation} (${place})  ${status}` +
    `${position === undefined ? '' : `, position ${position}`}`,
    ...table(
      ['PHASE', '', 'STATUS', 'SUCCEEDED', 'FAILED', 'RUNNING', 'SKIPPED'],
      phases.map(({ number, name, status: state, units }) => [
        String(number),
        name,
        state,
        `${units.succeeded} of ${units.total}`,
        String(units.failed),
        String(units.running),
        String(units.skipped)
      ])
    ),
    `resources: ${create} created, ${update} updated, ${replace} replaced, ${removed} deleted, ${same} ` +
    'unchanged',
    ...(drift ? [driftSummary(drift)] : []),
    ...orphanLines(deployment.warnings),
    ...gateLines(deployment),
    ...deploymentCostLines(deployment),
    ...scenarioResultLines(deployment.scenario),
    ...(error ? [`error: ${error.message} (${error.code})`] : [])
  ]
}
