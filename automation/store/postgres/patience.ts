import { type Passing } from './passing-states.ts'
import { passingOf } from './passing.ts'

/**
 * Pauses between tries, milliseconds: from less than a connection that broke takes to be replaced,
 * to a delay after an outage that nobody minds.
 */
const firstPause = 125
const longestPause = 4_000
/**
 * Tries of a statement that meets others: with the pauses between them some 12 s, in which any
 * transaction of ours is over.
 */
const collisionTries = 8

/** Circumstances under which somebody waits for the store. */
export interface Patience {
  /** Ends the waiting: the write is no longer this process's to make, or the process ends. */
  readonly signal?: AbortSignal
  /** Hears of each failure that is waited out. */
  onWait?(passing: Passing, error: unknown): void
}

/** Does work on the store in some way about failures that pass. */
export type Attempting = <T>(work: (repeated: boolean) => Promise<T>) => Promise<T>

/** Once: whoever asked hears of the failure and asks again. */
export const once: Attempting = (work) => work(false)

/**
 * Does `work` on the store, again while its failures pass: until it is done where the store is
 * away, a few times where it meets others. Rejects with what does not pass, and with the last
 * failure once the signal is aborted. `repeated`: an earlier try may have taken effect without an
 * answer.
 */
export async function patiently<T> (
  work: (repeated: boolean) => Promise<T>,
  { signal, onWait }: Patience = {}
): Promise<T> {
  let collisions = 0
  for (let tries = 0;; tries++) {
    try {
      return await work(tries > 0)
    } catch (error) {
      const passing = passingOf(error)
      if (passing === undefined || signal?.aborted) throw error
      if (passing === 'collision' && ++collisions >= collisionTries) throw error
      onWait?.(passing, error)
      await pause(Math.min(longestPause, firstPause * 2 ** Math.min(tries, 5)), signal)
      if (signal?.aborted) throw error
    }
  }
}

/** Waits about so long, each caller a little differently: a server that is back meets no crowd. */
async function pause (milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const end = (): void => {
    resolve()
  }
  const timer = setTimeout(end, milliseconds * (0.75 + Math.random() / 4))
  signal?.addEventListener('abort', end)
  await promise
  signal?.removeEventListener('abort', end)
  clearTimeout(timer)
}
