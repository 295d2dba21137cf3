interface Under<T> {
  now: Promise<T>
  next?: Promise<T>
}

/**
 * Reads of the same thing at the same time, made once. A reader joins only a read that begins after
 * it asked, so nobody is given what was true before: as if each had read alone. There are two reads
 * of a key at most, the one under way and the one that waits for it; however many ask, the store is
 * asked one after the other.
 */
export class SharedReads<T> {
  readonly #read: (key: string) => Promise<T>
  /** By key: the read under way, and the one after it for those who came too late for the first. */
  readonly #under = new Map<string, Under<T>>()

  constructor (read: (key: string) => Promise<T>) {
    this.#read = read
  }

  /**
   * Gives the result of a read that begins now or later. It is given to several callers: none may
   * change it. Rejects as the read does.
   */
  get (key: string): Promise<T> {
    const under = this.#under.get(key)
    if (!under) return this.#begin(key)
    under.next ??= under.now.then(() => this.#begin(key), () => this.#begin(key))
    return under.next
  }

  #begin (key: string): Promise<T> {
    const now = this.#read(key)
    const mine: Under<T> = { now }
    this.#under.set(key, mine)
    const over = (): void => {
      if (this.#under.get(key) === mine && mine.next === undefined) this.#under.delete(key)
    }
    now.then(over, over)
    return now
  }
}
