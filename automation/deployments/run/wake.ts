/** A bell that one waiter listens to: rings that come while nobody waits are kept as one. */
export class Wake {
  #rung = false
  #resolve: (() => void) | undefined

  ring (): void {
    this.#rung = true
    this.#resolve?.()
  }

  /**
   * Resolves with true at the next ring, or with false after `milliseconds` (absent: never) without
   * one.
   */
  async wait (milliseconds?: number): Promise<boolean> {
    if (!this.#rung) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#resolve = resolve
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
      await promise
      clearTimeout(timer)
      this.#resolve = undefined
    }
    const rung = this.#rung
    this.#rung = false
    return rung
  }
}
