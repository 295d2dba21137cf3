import { type OrderedDraft } from './types.ts'

// Five milliseconds are far below what a reader of events notices, and put the dozens of events of
// a busy program into one message and one transaction.
const waitMilliseconds = 5
// A message of this many leaves at once: what waits stays small.
const mostDrafts = 500

/** Collects a unit's events and hands them on in batches, in order. */
export class EventBatch {
  readonly #send: (events: OrderedDraft[]) => void
  #drafts: OrderedDraft[] = []
  #timer: NodeJS.Timeout | undefined
  #sent = Number.NEGATIVE_INFINITY

  constructor (send: (events: OrderedDraft[]) => void) {
    this.#send = send
  }

  add (drafts: readonly OrderedDraft[]): void {
    this.#drafts.push(...drafts)
    // After a quiet moment at once: a timer waits for whatever the program does next, which may be
    // long.
    if (this.#drafts.length >= mostDrafts || performance.now() - this.#sent >= waitMilliseconds) this.flush()
    else {this.#timer ??= setTimeout(() => {
        this.flush()
      }, waitMilliseconds)}
  }

  /** Hands on what waits, now. */
  flush (): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#drafts.length === 0) return
    const drafts = this.#drafts
    this.#drafts = []
    this.#sent = performance.now()
    this.#send(drafts)
  }
}
