/** Waits for grants that a program has just made. */
import { setTimeout as sleep } from 'node:timers/promises'
import { grantDelays } from '../../contract/grants.ts'
import { type CloudName } from '../../contract/words.ts'
import { type UnitRun } from './types.ts'
import { type VirtualTimes } from './virtual-times.ts'

/** Waits until a grant in a cloud, by its URN, has usually taken effect. */
export type GrantWaits = (cloud: CloudName, urn: string) => Promise<void>

/**
 * The waits of one attempt: as long as the clouds take, live; in a world they cost its own time.
 * Aborting ends them.
 */
export function grantWaits (
  { mode, rehearsal }: UnitRun,
  times: VirtualTimes | undefined,
  signal: AbortSignal
): GrantWaits {
  const timeScale = mode === 'live' ? 1 : rehearsal?.timeScale ?? 0
  return async (cloud, urn) => {
    const seconds = grantDelays[cloud].usualSeconds
    times?.timeline.spendOn(urn, seconds)
    if (seconds * timeScale > 0) await sleep(seconds * timeScale * 1000, undefined, { signal })
  }
}
