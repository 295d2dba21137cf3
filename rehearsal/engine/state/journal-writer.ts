/**
 * Sends journal entries to the store in order. Entries that are ready at the same time go in one
 * append.
 */
import { type JournalEntry, type StackUpdate } from '../../store.ts'
import { type Change } from './journal.ts'

export class JournalWriter {
  readonly #update: StackUpdate
  #seq: number
  #waiting: JournalEntry[] = []
  #flushing: Promise<void> | undefined
  #failure: Error | undefined

  /** `seq` is the number of the last entry that is stored already; 0 for none. */
  constructor (update: StackUpdate, seq: number) {
    this.#update = update
    this.#seq = seq
  }

  /** Queues a change. `stored` waits for it. */
  write (change: Change): void {
    this.#waiting.push({ ...change, seq: ++this.#seq })
    this.#flushing ??= this.#flush()
  }

  /**
   * Resolves when everything written so far is stored. Rejects when the store refused it; later
   * entries are refused too.
   */
  async stored (): Promise<void> {
    while (this.#flushing) await this.#flushing
    if (this.#failure) throw this.#failure
  }

  async #flush (): Promise<void> {
    // Entries of steps that start in the same turn go together.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0 && this.#failure === undefined) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        await this.#update.append(batch)
      } catch (error) {
        this.#failure = error instanceof Error ? error : new Error(String(error))
      }
    }
    this.#flushing = undefined
  }
}
