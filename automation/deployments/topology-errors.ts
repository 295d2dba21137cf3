/** Errors of federations and plans as the door's own. */
import { AutomationError } from '../errors.ts'
import { FederationError } from '../federation/errors.ts'
import { PlanError } from '../plan/errors.ts'

/** The door's error for an error of reading a federation; other errors as they are. */
export function federationError (error: unknown, name: string): unknown {
  if (!(error instanceof FederationError)) return error
  if (error.code === 'FED_NOT_FOUND') {
    return new AutomationError('federation-not-found', { federation: name, known: error.details.known })
  }
  if (error.code === 'FED_INVALID') {
    return new AutomationError('federation-invalid', {
      federation: name,
      errors: error.details.problems
    })
  }
  return error
}

/** The door's error for an error of planning; other errors as they are. */
export function planError (error: unknown): unknown {
  if (!(error instanceof PlanError)) return error
  switch (error.code) {
    case 'PLAN_EMPTY':
      return new AutomationError('plan-empty', { why: error.message })
    case 'PLAN_UNKNOWN_CLUSTER':
      return new AutomationError('request-invalid', {
        wrong: error.message,
        field: 'clusters',
        unknown: error.details.unknown
      })
    case 'PLAN_PHASE_RANGE':
      return new AutomationError('request-invalid', { field: 'phases', wrong: error.message })
    case 'PLAN_PARALLELISM':
      return new AutomationError('request-invalid', { field: 'parallelism', wrong: error.message })
    case 'PLAN_CYCLE':
      return new AutomationError('plan-cycle', { why: error.message, units: error.details.units })
    default:
      return error
  }
}
