/** The time that an operation takes in a rehearsal: the table's seconds times the time scale. */
import { ProviderError, Status } from '../provider.ts'

/** Factor of a slow operation. */
export const slowFactor = 10
/**
 * Least time of a slow operation, also at time scale 0: others can overtake it, and nobody waits
 * long.
 */
export const slowAtScaleZeroMs = 50

/** Milliseconds that an operation takes. */
export function latencyMs (seconds: number, timeScale: number, slow: boolean): number {
  const ms = seconds * 1000 * timeScale * (slow ? slowFactor : 1)
  return slow ? Math.max(ms, slowAtScaleZeroMs) : ms
}

/**
 * Waits. Rejects with a ProviderError (Canceled) when one of the signals aborts. The change of the
 * resource has begun, and goes on in the cloud.
 */
export async function wait (ms: number, signals: (AbortSignal | undefined)[]): Promise<void> {
  const live = signals.filter((signal) => signal !== undefined)
  const canceled = (): ProviderError =>
    new ProviderError('the operation was canceled', { code: Status.Canceled })
  if (live.some((signal) => signal.aborted)) throw canceled()
  if (ms <= 0) return
  await new Promise<void>((resolve, reject) => {
    const settle = (done: () => void): void => {
      clearTimeout(timer)
      for (const signal of live) signal.removeEventListener('abort', abort)
      done()
    }
    const abort = (): void => settle(() => reject(canceled()))
    // setTimeout cannot wait longer than 2^31-1 ms (24.8 days).
    const timer = setTimeout(() => settle(resolve), Math.min(ms, 2 ** 31 - 1))
    for (const signal of live) signal.addEventListener('abort', abort, { once: true })
  })
}
