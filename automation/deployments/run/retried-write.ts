/** Writes that a broken connection or a deadlock kept from the store, tried again. */
import { setTimeout as delay } from 'node:timers/promises'
import { RunOverError } from './writer.ts'

/**
 * Tries of a write that the store refused: with the pauses between them 15 s, in which a connection
 * that broke is long replaced. A store that is down for longer costs the process its lock, which
 * ends it.
 */
const writeTries = 8

/**
 * Tries a write again while the store may take it in a moment. What was written although it seemed
 * not to be is noticed by the statements themselves: they name the state they start from.
 */
export async function retriedWrite<T> (write: () => Promise<T>): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return await write()
    } catch (error) {
      if (error instanceof RunOverError || !isPassing(error) || tries >= writeTries) throw error
      await delay(Math.min(4_000, 125 * 2 ** (tries - 1)))
    }
  }
}

/**
 * Says whether the same statement may succeed in a moment: no connection (class 08, 57P0x,
 * sockets), a deadlock or a serialization failure (class 40), a unit of the stack still running
 * (23505).
 */
export function isPassing (error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: string }
  if (code === undefined) return /connection|timeout/i.test(error.message)
  return code.startsWith('08') || code.startsWith('57P') || code.startsWith('40') || code === '23505' ||
    code.startsWith('ECONN') || code === 'EPIPE'
}
