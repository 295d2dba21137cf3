/** Choices that follow from a seed (mulberry32: enough for choices, and a line long). */
export class Chance {
  #state: number
  constructor (seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 up to 1. */
  #next (): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below (limit: number): number {
    return Math.floor(this.#next() * limit)
  }
  between (least: number, most: number): number {
    return least + this.below(most - least + 1)
  }
  /** True in one of `out` cases. */
  oneIn (out: number): boolean {
    return this.below(out) === 0
  }
  pick<T> (list: readonly T[]): T | undefined {
    return list[this.below(list.length)]
  }
}
