/**
 * The time that an operation takes: the table's seconds times the time scale, and nothing at all at
 * time scale 0.
 */
import { ProviderError, Status } from '../provider.ts'

/** A slow operation takes ten times as long. */
export const SLOW_FACTOR = 10
/**
 * At time scale 0 a slow operation still takes this long, so that it can be seen and overtaken, yet
 * delays nobody.
 */
export const SLOW_AT_SCALE_ZERO_MS = 50

/** Milliseconds that an operation takes. */
export function latencyMs (seconds: number, timeScale: number, slow: boolean): number {
  const ms = seconds * 1000 * timeScale * (slow ? SLOW_FACTOR : 1)
  return slow ? Math.max(ms, SLOW_AT_SCALE_ZERO_MS) : ms
}

/**
 * Waits. Rejects with a ProviderError (Canceled) when one of the signals aborts: the resource's
 * change had begun, and goes on in the cloud.
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
