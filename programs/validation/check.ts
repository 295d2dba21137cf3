/** Named checks and the report that they make. Pure. */
import { type Check, type ValidationReport } from '../outputs.ts'

/** A check that passes when there are no problems; they are its detail, else `fine` is. */
export function check (name: string, problems: readonly string[], fine: string): Check {
  return { name, passed: problems.length === 0, detail: problems.length === 0 ? fine : problems.join('; ') }
}

/** A problem as a list for `check`: the text when the condition does not hold. */
export function unless (condition: boolean, problem: string): string[] {
  return condition ? [] : [problem]
}

/** Members of `wanted` that `present` lacks. */
export function missing (wanted: readonly string[], present: readonly string[]): string[] {
  return wanted.filter((member) => !present.includes(member))
}

/** Validation failed: `failed` are the checks that did. Not retryable: it stays so until what is deployed or the file changes. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError'
  readonly code = 'VALIDATION_FAILED'
  readonly retryable = false
  readonly failed: readonly Check[]
  constructor (unit: string, failed: readonly Check[]) {
    super(`VALIDATION_FAILED: ${unit}: ${failed.map(({ name, detail }) => `${name} (${detail})`).join(', ')}`)
    this.failed = failed
  }
}

/** The report. Throws a ValidationError when a check failed, naming all that did. */
export function report (unit: string, checks: readonly Check[]): ValidationReport {
  const failed = checks.filter(({ passed }) => !passed)
  if (failed.length > 0) throw new ValidationError(unit, failed)
  return { checks: [...checks] }
}
