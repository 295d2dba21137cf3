/**
 * Calls that go on in one set of clouds: how a call that waits for others notices that none comes.
 */
import { setTimeout as after } from 'node:timers/promises'

/**
 * Quiet after which nothing more is expected, in milliseconds: a program that runs registers its
 * next resource within tens of them. While any other call goes on the time does not run.
 */
const quietMs = 2000
/** Time between two looks at what may have changed. */
const lookMs = 25

/** The calls of one set of clouds. */
export class Activity {
  #going = 0
  #changes = 0
  #last = performance.now()

  /** Calls that go on, without those that wait for others. */
  get going (): number {
    return this.#going
  }

  /** Number that is another one after each call that began or ended. */
  get changes (): number {
    return this.#changes
  }

  /** Runs a call. */
  async of<T> (work: () => Promise<T>): Promise<T> {
    this.#going++
    this.#changes++
    try {
      return await work()
    } finally {
      this.#going--
      this.#changes++
      this.#last = performance.now()
    }
  }

  /**
   * Asks until the answer is there, or until nothing else goes on that could bring it; the asking
   * call itself does not count. Aborting ends the wait with no answer.
   */
  async until<T> (ask: () => Promise<T | undefined>, signal?: AbortSignal): Promise<T | undefined> {
    this.#going--
    try {
      for (;;) {
        await after(lookMs)
        if (signal?.aborted) return undefined
        const quiet = this.#going === 0 && performance.now() - this.#last > quietMs
        const answer = await ask()
        if (answer !== undefined || quiet) return answer
      }
    } finally {
      this.#going++
    }
  }
}
