/** Pauses before a notification is tried again. Pure. */

/**
 * Attempts in all. With the waits below the last one comes about two hours after the first: longer
 * than most outages of a chat service, and what was not told by then is read in the list of those
 * that were not delivered.
 */
const attempts = 12
const firstWait = 5
const longestWait = 3_600

/**
 * Seconds to wait after the `attempt`th attempt (from 1), half of it left to chance so that
 * receivers that come back are not met by all at once; undefined: it was the last. `random`: 0 to
 * 1.
 */
export function waitAfter (attempt: number, random: number, wanted = 0): number | undefined {
  if (attempt >= attempts) return undefined
  const wait = Math.min(longestWait, firstWait * 2 ** (attempt - 1))
  return Math.max(Math.min(wanted, longestWait), wait / 2 + wait / 2 * random)
}
