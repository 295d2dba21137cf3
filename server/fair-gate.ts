/** A bound on work at once, whose queue is fair: by key, one after the other. */

/** Tells who waits whether they may enter, or are refused. */
type Answer = (enters: boolean) => void

/**
 * Lets so much work run at once. What waits takes turns by key (a caller, an address), so that who
 * asks for a thousand things delays who asks for one by one turn. When too much waits, the key with
 * the most loses its latest.
 */
export class FairGate {
  readonly #mostWaiting: number
  /** The key whose turn comes first is first. */
  readonly #queues = new Map<string, Answer[]>()
  #free: number
  #waiting = 0

  /** `atOnce`: work that runs side by side; `waiting`: work that may wait. */
  constructor (bounds: { atOnce: number, waiting: number }) {
    this.#free = bounds.atOnce
    this.#mostWaiting = bounds.waiting
  }

  /** Number of those that wait. */
  get waiting (): number {
    return this.#waiting
  }

  /**
   * Waits for a turn. Resolves with what gives it back (to be called once or more often), or with
   * undefined when too much waits.
   */
  async enter (key: string): Promise<(() => void) | undefined> {
    if (this.#free > 0) this.#free--
    else if (!await this.#wait(key)) return undefined
    let given = false
    return () => {
      if (given) return
      given = true
      this.#next()
    }
  }

  #wait (key: string): Promise<boolean> {
    if (this.#waiting >= this.#mostWaiting && !this.#refuseLongest(key)) return Promise.resolve(false)
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const queue = this.#queues.get(key) ?? []
    queue.push(resolve)
    this.#queues.set(key, queue)
    this.#waiting++
    return promise
  }

  /** Makes room for `key`. False when no other has more waiting than it would have. */
  #refuseLongest (key: string): boolean {
    let longest: [string, Answer[]] | undefined
    for (const entry of this.#queues) if (entry[1].length > (longest?.[1].length ?? 0)) longest = entry
    const own = this.#queues.get(key)?.length ?? 0
    if (!longest || longest[1].length <= own + 1) return false
    longest[1].pop()?.(false)
    if (longest[1].length === 0) this.#queues.delete(longest[0])
    this.#waiting--
    return true
  }

  #next (): void {
    const [first] = this.#queues
    if (!first) {
      this.#free++
      return
    }
    const [key, queue] = first
    const answer = queue.shift()
    this.#waiting--
    // The key goes to the end of the line.
    this.#queues.delete(key)
    if (queue.length > 0) this.#queues.set(key, queue)
    answer?.(true)
  }
}
