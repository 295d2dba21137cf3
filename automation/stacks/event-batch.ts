import { type EventDraft } from '../model.ts'

// Ten milliseconds are far below what a reader of events notices, and put the dozens of events of a busy program into one message and one transaction.
const waitMilliseconds = 10
// A message of this many leaves at once: what waits stays small.
const mostDrafts = 500

/** Collects a unit's events and hands them on in batches, in order. */
export class EventBatch {
  readonly #send: (events: EventDraft[]) => void
  #drafts: EventDraft[] = []
  #timer: NodeJS.Timeout | undefined

  constructor (send: (events: EventDraft[]) => void) { this.#send = send }

  add (drafts: readonly EventDraft[]): void {
    this.#drafts.push(...drafts)
    if (this.#drafts.length >= mostDrafts) this.flush()
    else this.#timer ??= setTimeout(() => { this.flush() }, waitMilliseconds)
  }

  /** Hands on what waits, now. */
  flush (): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#drafts.length === 0) return
    const drafts = this.#drafts
    this.#drafts = []
    this.#send(drafts)
  }
}
