/** A plan for terminals. Pure. */
import { type Plan } from '../../contract/federation.ts'
import { planCostLines } from './money.ts'
import { orphanLines } from './orphan.ts'
import { duration, table } from './text.ts'

/** The units with their schedule, the sum, the cost, and the warnings. */
export function planLines (plan: Plan): string[] {
  const { units, makespanSeconds, parallelism, targetSeconds, meetsTarget, warnings } = plan
  const critical = new Set(plan.criticalPath)
  const target = targetSeconds === undefined
    ? ''
    : `, target ${duration(targetSeconds)}: ${meetsTarget ? 'met' : 'missed'}`
  return [
    ...table(
      ['', 'UNIT', 'PHASE', 'START', 'DURATION'],
      units.map(({ id, phase, predicted, orphaned }) => [
        critical.has(id) ? '*' : '',
        orphaned ? `${id} (orphaned)` : id,
        String(phase),
        duration(predicted.start),
        duration(predicted.seconds)
      ])
    ),
    '',
    `${units.length} units, ${duration(makespanSeconds)} predicted with ${parallelism} at once${target}. ` +
    '* is on the critical path.',
    `At once: ${parallelism}, by ${plan.parallelismBecause}, and ${plan.perCloud} in one cloud.`,
    ...planCostLines(plan),
    ...orphanLines(plan.launchWarnings),
    ...warnings.map(({ file, line, column, path, message, expected }) =>
      `warning: ${file}:${line}:${column} ${path} ${message}: better ${expected}`
    )
  ]
}
