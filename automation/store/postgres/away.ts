import { AutomationError } from '../../errors.ts'
import { passingOf } from './passing.ts'

/**
 * `store-unavailable` when a failure of a query passes (passing.ts), else undefined: the database
 * cannot be reached, takes nothing now, or had to give way to another request. The same call may
 * succeed later.
 */
export function storeAway (error: unknown): AutomationError | undefined {
  return passingOf(error) === undefined ? undefined : new AutomationError('store-unavailable', {})
}
