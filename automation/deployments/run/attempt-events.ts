import { type EventDraft } from '../../event-draft.ts'
import { type DeploymentWriter, EventFloodError } from './writer.ts'

/**
 * Stores the events of one attempt, in order, and aborts it when they cannot be stored: its lease
 * is lost, the store fails, or too many wait.
 */
export class AttemptEvents {
  readonly #writer: DeploymentWriter
  readonly #held: { unit: string, fence: number }
  readonly #controller: AbortController
  #flood: EventFloodError | undefined
  #stored: Promise<boolean> = Promise.resolve(true)

  constructor (
    writer: DeploymentWriter,
    held: { unit: string, fence: number },
    controller: AbortController
  ) {
    this.#writer = writer
    this.#held = held
    this.#controller = controller
  }

  /**
   * Resolves once all events are stored: with false when the lease was lost on the way. Rejects
   * when the store failed.
   */
  get stored (): Promise<boolean> {
    return this.#stored
  }

  /** The error of events that were too many to wait; no event is stored after it. */
  get flood (): EventFloodError | undefined {
    return this.#flood
  }

  store (drafts: readonly EventDraft[]): void {
    if (this.#flood || drafts.length === 0) return
    try {
      const before = this.#stored
      const now = this.#writer.events(this.#held, drafts)
      this.#stored = Promise.all([before, now]).then(([a, b]) => a && b)
      this.#stored.then((kept) => {
        if (!kept) this.#controller.abort()
      }, () => {
        this.#controller.abort()
      })
    } catch (error) {
      if (!(error instanceof EventFloodError)) throw error
      this.#flood = error
      this.#controller.abort()
    }
  }
}
