/**
 * Work that is done again and again, with a pause after the end of each time and never twice at
 * once, until it is closed.
 */
export class Rounds {
  readonly #work: () => Promise<void>
  readonly #pause: number
  #timer: NodeJS.Timeout | undefined
  #current: Promise<void> = Promise.resolve()
  #closed = false

  /** `work` deals with its own failures: it must not reject. `pause`: milliseconds. */
  constructor (work: () => Promise<void>, pause: number) {
    this.#work = work
    this.#pause = pause
  }

  /** Begins with a pause. */
  start (): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      this.#current = this.#work().finally(() => {
        this.start()
      })
    }, this.#pause)
  }

  /** No more rounds; resolves when the one under way has ended. */
  async close (): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#current
  }
}
