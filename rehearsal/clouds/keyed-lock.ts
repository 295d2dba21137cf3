/**
 * Runs work with the same key one after the other, such as a check and the write that relies on it.
 */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>()

  /** Runs work after everything that was asked for earlier under its key. */
  async run<T> (key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key)
    let release = (): void => {}
    const tail = new Promise<void>((resolve) => {
      release = resolve
    })
    this.#tails.set(key, tail)
    try {
      if (before) await before
      return await work()
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
      release()
    }
  }
}
