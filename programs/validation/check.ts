/** Named checks and the report that they make. Pure. */
import { ProgramError } from '../errors.ts'
import { type Check, type CheckBasis, type CheckKind, type ValidationReport } from '../outputs.ts'
import { criteria, type Criterion, type CriterionName } from './criteria.ts'

/**
 * A check of the table that passes when there are no problems; they are what was found, else `fine`
 * is.
 */
export function check (name: CriterionName, problems: readonly string[], fine: string): Check {
  const { kind, basis = 'configured', target, why, advisory }: Criterion = criteria[name]
  return {
    name,
    kind,
    basis,
    passed: problems.length === 0,
    required: advisory !== true,
    measured: problems.length === 0 ? fine : problems.join('; '),
    target,
    why
  }
}

/** A number beside its bound. */
export interface Measurement {
  readonly name: string
  readonly kind: CheckKind
  /** `measured` when absent. */
  readonly basis?: CheckBasis
  readonly measured: number | undefined
  readonly target: number
  readonly unit: string
  /** `at most`: the target itself still passes. */
  readonly bound: 'at most' | 'under'
  readonly why: string
  /** True when a miss is reported and fails nothing: what is wanted cannot be had. */
  readonly advisory?: boolean
}

/** A check of a number, which fails when nothing was measured. */
export function measurement (
  { name, kind, basis = 'measured', measured, target, unit, bound, why, advisory = false }: Measurement
): Check {
  const passed = measured !== undefined && (bound === 'under' ? measured < target : measured <= target)
  return {
    name,
    kind,
    basis,
    passed,
    // Silence is never what is wanted.
    required: !advisory || measured === undefined,
    measured: measured ?? 'nothing answered',
    target,
    unit,
    why: `${bound} ${target} ${unit}: ${why}`
  }
}

/** A problem as a list for `check`: the text when the condition does not hold. */
export function unless (condition: boolean, problem: string): string[] {
  return condition ? [] : [problem]
}

/** Members of `wanted` that `present` lacks. */
export function missing (wanted: readonly string[], present: readonly string[]): string[] {
  return wanted.filter((member) => !present.includes(member))
}

/** A check's finding, where it is from, and its target in one line. */
export function checkText ({ name, basis, measured, target, unit = '' }: Check): string {
  return typeof measured === 'number'
    ? `${name}: ${measured} ${unit} ${basis}, target ${target} ${unit}`
    : `${name}: ${measured} (${basis})`
}

/**
 * The report as it is. Throws VALIDATION_FAILED when a required check failed, naming all that did.
 */
export function accepted (unit: string, report: ValidationReport): ValidationReport {
  const failed = report.checks.filter(({ passed, required }) => required && !passed)
  if (failed.length > 0) {
    const found = failed.map((one) => `${checkText(one)} (wanted because ${one.why})`)
    throw new ProgramError('VALIDATION_FAILED', { unit, found })
  }
  return report
}
