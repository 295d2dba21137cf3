/** Grants that take effect after a while, where a world's time says how long ago they were made. */
import { grantDelays, grantTypes } from '../../contract/grants.ts'
import { type CloudRecord } from '../store.ts'

/** When a grant takes effect, milliseconds since the epoch. */
export function effectAt ({ type, created }: Pick<CloudRecord, 'type' | 'created'>): number {
  const cloud = grantTypes[type]
  return Date.parse(created) + (cloud ? grantDelays[cloud].usualSeconds * 1000 : 0)
}

/**
 * The records that say something now: grants that have not taken effect do not. `late`: grants take
 * their time in this world.
 */
export function effective (
  records: readonly CloudRecord[],
  { late, now }: { late: boolean | undefined, now: Date }
): { records: CloudRecord[], until?: number } {
  if (!late) return { records: [...records] }
  const pending = records.filter((record) => effectAt(record) > now.getTime())
  if (pending.length === 0) return { records: [...records] }
  return {
    records: records.filter((record) => !pending.includes(record)),
    until: Math.min(...pending.map(effectAt))
  }
}
