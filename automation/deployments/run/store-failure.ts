import { type Failure } from '../../../contract/deployment.ts'
import { AutomationError } from '../../errors.ts'
import { failure } from '../../failures.ts'
import { refusalOf } from '../../store/postgres/passing.ts'

/**
 * The failure for what could not be stored and would not be another time: `store-refused` with
 * PostgreSQL's reason. `unit`: whose attempt it was.
 */
export function storeFailure (error: unknown, unit?: string): Failure {
  const refusal = refusalOf(error)
  const place = unit === undefined ? {} : { unit }
  if (refusal !== undefined) return failure('store-refused', { refusal }, place)
  const text = error instanceof Error ? error.message : String(error)
  return error instanceof AutomationError
    ? { code: error.code, message: text, retryable: true, ...place }
    : failure('internal', { text }, place)
}
