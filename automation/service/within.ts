import { setTimeout as delay } from 'node:timers/promises'

/**
 * Resolves when `work` has ended, in whichever way, or when the time (milliseconds) is over: for
 * the end of parts whose connections are dead, which may never hear of it. `onFailure` hears why it
 * rejected.
 */
export async function within (
  milliseconds: number,
  work: Promise<unknown>,
  onFailure: (error: unknown) => void
): Promise<void> {
  const over = new AbortController()
  await Promise.race([
    work.catch(onFailure),
    // Rejects for the signal alone, when the work has won.
    delay(milliseconds, undefined, { signal: over.signal }).catch(() => undefined)
  ])
  over.abort()
}
