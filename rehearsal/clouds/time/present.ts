/** What a cloud finds when an operation begins. */
import { type CloudRecord } from '../../store.ts'
import { type Timeline } from './timeline.ts'

/**
 * Records that are there when the operation that asks begins, and those of its own type, which may
 * be in its way.
 */
export function present (
  timeline: Timeline | undefined,
  type: string,
  records: CloudRecord[]
): CloudRecord[] {
  return timeline ? records.filter((record) => record.type === type || timeline.there(record.token)) : records
}
