/** A deployment's validation report, from what the units of the last phase put out. Pure. */
import { type Deployment, type Unit } from '../../../contract/deployment.ts'
import { type ValidatedUnit, type ValidationCheck, type Validation } from '../../../contract/validation.ts'
import { AutomationError } from '../../errors.ts'

/** The number of the phase that validates. */
export const validationPhase = 8

const words = (value: unknown): value is string => typeof value === 'string'

/** Checks are outputs of programs, stored as JSON: what is not one is left out. */
function isCheck (value: unknown): value is ValidationCheck {
  if (typeof value !== 'object' || value === null) return false
  const { name, kind, passed, required, measured, target, why } = value as Record<string, unknown>
  return words(name) && words(kind) && words(why) && typeof passed === 'boolean' &&
    typeof required === 'boolean' &&
    [measured, target].every((found) => words(found) || typeof found === 'number')
}

function validated ({ id, clusters, status, finishedAt, outputs, error }: Unit): ValidatedUnit {
  const { checks } = outputs
  return {
    unit: id,
    clusters,
    status,
    finishedAt,
    checks: Array.isArray(checks) ? checks.filter(isCheck) : [],
    ...(error && { error })
  }
}

/**
 * The report. `units` are the deployment's of the last phase. Throws `validation-not-found` while
 * none of them has a result, and for a preview. It is complete when all of them were validated, and
 * passed when it is complete and no required check failed.
 */
export function validationOf (deployment: Deployment, units: readonly Unit[]): Validation {
  const report = units.map(validated)
  if (
    deployment.operation === 'preview' ||
    !report.some(({ checks, status }) => checks.length > 0 || status === 'failed')
  ) {
    const { id, status, operation } = deployment
    throw new AutomationError('validation-not-found', {
      deployment: id,
      status,
      operation,
      units: units.length
    })
  }
  const checks = report.flatMap((unit) => unit.checks)
  const count = (wanted: (check: ValidationCheck) => boolean): number => checks.filter(wanted).length
  const failed = count(({ passed, required }) => required && !passed)
  const complete = report.every(({ status, checks: own }) => status === 'succeeded' && own.length > 0)
  return {
    deployment: deployment.id,
    federation: deployment.federation,
    mode: deployment.mode,
    ...(deployment.world !== undefined && { world: deployment.world }),
    passed: complete && failed === 0,
    complete,
    counts: {
      passed: count(({ passed }) => passed),
      failed,
      advisory: count(({ passed, required }) => !required && !passed)
    },
    units: report
  }
}
