/** The requests of a program during a run, in order, until the program ends. */
import { type Imported, type Reading, type Refreshed, type Registration } from '../plan/registration.ts'
import { type OutputsEvent } from './step-executor.ts'

export type SourceEvent =
  | { kind: 'register', registration: Registration }
  | { kind: 'read', reading: Reading }
  | { kind: 'outputs', outputs: OutputsEvent }
  | { kind: 'imported', imported: Imported }
  | { kind: 'refreshed', refreshed: Refreshed }
  | { kind: 'end', error?: Error | undefined }
  /** The run has to end, after its reason was reported. */
  | { kind: 'abort' }

/** A queue without a limit of its own: the program waits for the answer to each request. */
export class EventQueue {
  readonly #events: SourceEvent[] = []
  #wake: (() => void) | undefined

  push (event: SourceEvent): void {
    this.#events.push(event)
    this.#wake?.()
  }

  /** The next event; undefined when the signal is aborted first. */
  async next (signal: AbortSignal): Promise<SourceEvent | undefined> {
    while (!signal.aborted) {
      const event = this.#events.shift()
      if (event) return event
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#wake = wake
        signal.addEventListener('abort', wake, { once: true })
      })
      this.#wake = undefined
    }
    return undefined
  }
}
