/**
 * A bound on denied attempts that are noted one by one: whoever tries a thousand keys must not fill
 * the log.
 */

/**
 * Noted in full in a minute: of one caller, enough to see what they were after; of all, a hundred
 * entries of 500 bytes.
 */
const perCaller = 10
const inAll = 100
const minute = 60_000

/** Counts denials by the minute. */
export class Denials {
  readonly #now: () => number
  #from = 0
  #callers = new Map<string, number>()
  #noted = 0
  #left = 0

  constructor (now: () => number = Date.now) {
    this.#now = now
  }

  /**
   * Says whether the next denial of a caller is noted. `left`: the number of denials in the minutes
   * before that were not, to be told once, with this one.
   */
  admit (caller: string): { noted: boolean, left: number } {
    let left = 0
    if (this.#now() - this.#from >= minute) {
      left = this.#left
      this.#from = this.#now()
      this.#callers = new Map()
      this.#noted = 0
      this.#left = 0
    }
    const count = this.#callers.get(caller) ?? 0
    const noted = count < perCaller && this.#noted < inAll
    if (noted) {
      this.#callers.set(caller, count + 1)
      this.#noted++
    } else this.#left++
    return { noted, left }
  }
}
