/** The unit hosts of this process, shared by all deployments that it drives. */
export class Slots {
  readonly #size: number
  readonly #waiters = new Set<() => void>()
  #taken = 0

  constructor (size: number) {
    this.#size = size
  }

  get free (): number {
    return this.#size - this.#taken
  }

  /** Takes one host; the caller has seen that one is free. */
  take (): void {
    if (this.free <= 0) throw new RangeError('no unit host is free')
    this.#taken++
  }

  /**
   * Gives one back and tells everyone who listens. Who is told first goes to the end of the line,
   * so that no deployment keeps all the hosts.
   */
  give (): void {
    this.#taken--
    const waiters = [...this.#waiters]
    const [first] = waiters
    if (first) {
      this.#waiters.delete(first)
      this.#waiters.add(first)
    }
    for (const waiter of waiters) waiter()
  }

  /** Calls `waiter` whenever a host was given back. Returns the way to stop it. */
  onFree (waiter: () => void): () => void {
    this.#waiters.add(waiter)
    return () => {
      this.#waiters.delete(waiter)
    }
  }
}
