/** The report that `npm run rehearse` ends with. Pure. */
import { findingLines } from '../cli/view/findings.ts'
import { judgedLines } from '../cli/view/judged.ts'
import { dollars, planCostLines } from '../cli/view/money.ts'
import { validationLines } from '../cli/view/validation.ts'
import { deviations } from '../cli/view/virtual.ts'
import { type Deployment, type Unit } from '../contract/deployment.ts'
import { type Plan } from '../contract/federation.ts'
import { type PolicyFinding } from '../contract/policy-finding.ts'
import { type Validation } from '../contract/validation.ts'

/** A rehearsal that has ended. */
export interface Rehearsed {
  plan: Plan
  deployment: Deployment
  units: readonly Unit[]
  policyFindings: readonly PolicyFinding[]
  /** Results of phase 8; absent when it did not run. */
  validation?: Validation
  /** Seconds from the launch to the final event. */
  wallSeconds: number
}

const between = (from: string | null, to: string | null): number =>
  from === null || to === null ? 0 : (Date.parse(to) - Date.parse(from)) / 1000
const clock = (seconds: number): string =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`

function changed (
  { resourceChanges: { create, update, delete: removed, replace } }: Pick<Unit, 'resourceChanges'>
): number {
  return create + update + removed + replace
}

/** The report of a rehearsal as lines of text. */
export function reportOf (
  { plan, deployment, units, policyFindings, validation, wallSeconds }: Rehearsed
): string[] {
  const lines = [
    '',
    `${deployment.federation} ${deployment.status} in ${clock(wallSeconds)} (rehearsal)`,
    '',
    'phase                units  resources  rehearsed'
  ]
  for (const phase of deployment.phases) {
    const resources = units.filter((unit) => unit.phase === phase.number).reduce(
      (sum, unit) => sum + changed(unit),
      0
    )
    lines.push(
      `${phase.number} ${phase.name.padEnd(18)} ${
        `${phase.units.succeeded}/${phase.units.total}`.padStart(6)
      }  ${String(resources).padStart(9)}  ${
        clock(between(phase.startedAt, phase.finishedAt)).padStart(9)
      }  ${phase.status}`
    )
  }
  const total = units.reduce((sum, unit) => sum + changed(unit), 0)
  lines.push(
    `${'total'.padEnd(20)} ${String(units.length).padStart(6)}  ${String(total).padStart(9)}  ` +
      `${clock(wallSeconds).padStart(9)}`
  )
  lines.push(
    '',
    ...timeLines({ plan, deployment, units })
  )
  lines.push(
    '',
    ...(policyFindings.length > 0
      ? ['policies:', ...findingLines(policyFindings).map((line) => `  ${line}`)]
      : ['policies: nothing found'])
  )
  lines.push(
    '',
    ...(validation
      ? ['validation (round trips are those of the simulated clouds):', ...validationLines(validation, false)]
      : ['validation: phase 8 did not run'])
  )
  lines.push('', ...judgedLines(units))
  lines.push(
    '',
    'highest costs a month:',
    ...dearest(units),
    ...planCostLines(plan).map((line) => `planned ${line.trim()}`)
  )
  lines.push('', ...findingsOf({ plan, deployment, units, wallSeconds }))
  return lines
}

/** The predicted course of the live run, and that of the operations which the engine issued. */
function timeLines ({ plan, deployment, units }: Pick<Rehearsed, 'plan' | 'deployment' | 'units'>): string[] {
  const { makespanSeconds, parallelism, parallelismBecause, targetSeconds } = plan
  const target = targetSeconds === undefined ? '' : ` (target ${clock(targetSeconds)})`
  const { virtual } = deployment
  return [
    `predicted duration of the live run: ${clock(makespanSeconds)} with ${parallelism} units at once, by ` +
    `${parallelismBecause}${target}`,
    ...(virtual
      ? [
        `by the operations that the engine issued: ${clock(between(virtual.start, virtual.end))}`,
        ...timesOfUnits(plan.criticalPath, units, virtual.start)
      ]
      : [])
  ]
}

/** The units of the critical path: when each would have begun, and how long it would have taken. */
function timesOfUnits (path: readonly string[], units: readonly Unit[], start: string): string[] {
  return path.flatMap((id) => {
    const unit = units.find((candidate) => candidate.id === id)
    if (!unit?.virtual || !unit.predicted) return []
    const took = clock(between(unit.virtual.start, unit.virtual.end))
    const begins = clock(between(start, unit.virtual.start)).padStart(13)
    return [`  ${begins}  ${id}  ${took} (predicted ${clock(unit.predicted.seconds)})`]
  })
}

/** The highest costs over all units. */
function dearest (units: readonly Unit[]): string[] {
  const sums = new Map<string, number>()
  for (const { type, meter, monthly } of units.flatMap((unit) => unit.cost?.lines ?? [])) {
    const name = `${meter} (${type.split(':').at(-1) ?? type})`
    sums.set(name, (sums.get(name) ?? 0) + monthly)
  }
  return [...sums].sort(([, a], [, b]) => b - a).slice(0, 5).map(([what, monthly]) =>
    `  ${dollars(monthly).padStart(9)}  ${what}`
  )
}

/**
 * Findings that a person should look at: failures with their reasons, skipped units, units that
 * took several attempts, missed targets, warnings, and costs without a price or above their budget.
 */
function findingsOf ({ plan, deployment, units }: Omit<Rehearsed, 'policyFindings'>): string[] {
  const findings: string[] = []
  if (deployment.error) findings.push(`failed: ${deployment.error.message} (${deployment.error.code})`)
  for (const unit of units) {
    if (unit.error) findings.push(`${unit.id}: ${unit.error.message}`)
    else if (unit.attempt > 1) findings.push(`${unit.id} took ${unit.attempt} attempts`)
  }
  const skipped = units.filter((unit) => unit.status === 'skipped')
  if (skipped.length > 0) {
    findings.push(
      `${skipped.length} units were skipped, the first because ${skipped[0]?.reason ?? 'of another'}`
    )
  }
  for (const { unit, seconds, predicted } of deviations(units)) {
    findings.push(`${unit} would take ${clock(seconds)} live, and its plan predicts ${clock(predicted)}`)
  }
  if (plan.targetSeconds !== undefined && plan.meetsTarget === false) {
    const path = plan.criticalPath.flatMap((id) => plan.units.find((unit) => unit.id === id) ?? [])
    const [longest] = path.toSorted((a, b) => b.predicted.seconds - a.predicted.seconds)
    findings.push(
      `the live run misses its target of ${clock(plan.targetSeconds)} by ` +
        `${clock(plan.makespanSeconds - plan.targetSeconds)}; the longest on its critical path is ` +
        `${longest?.id ?? 'unknown'} with ${clock(longest?.predicted.seconds ?? 0)}`
    )
  }
  for (const { file, line, path, message } of plan.warnings) {
    findings.push(`${file}:${line} ${path} ${message}`)
  }
  const open = new Set(
    units.flatMap((unit) => unit.cost?.unpriced ?? []).map(({ type, reason }) => `${type}: ${reason}`)
  )
  for (const what of open) findings.push(`not priced: ${what}`)
  for (const { part, budget, monthly } of plan.cost.budget?.exceeded ?? []) {
    findings.push(
      `${part} is planned to cost ${dollars(monthly)} a month, above its budget of ${dollars(budget)}`
    )
  }
  return findings.length === 0
    ? ['findings: none']
    : ['findings:', ...findings.map((finding) => `  - ${finding}`)]
}
