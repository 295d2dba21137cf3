/** Finds the runs of digits of several alphabets in one look over the bytes. Pure. */

/** Kind of a byte that is no digit: it ends a run of digits, or stands between digits. */
export const ends = -1
export const stands = -2

/** Digits of an encoding, and which runs of them may hold a secret. */
export interface Alphabet {
  /** The value of each byte as a digit, or what it is otherwise. */
  readonly table: Int8Array
  /** Digits below which a run holds no secret. */
  readonly least: number
  /** Digits may have the prefix `0x`. */
  readonly prefixed?: boolean
  /** Bytes without two of which nothing is a run; each run of digits is one when it is absent. */
  readonly cuts?: string
  /** Says whether a run of digits can be one; each is when it is absent. */
  readonly fits?: (digits: Int32Array) => boolean
}

/** Runs of digits: their places, and the counts at which each run ends. */
export interface Runs {
  readonly digits: Int32Array
  readonly ends: readonly number[]
}

/**
 * Bits of the counter of an alphabet. All counters are in one word, so that the look is two
 * look-ups a byte, however many alphabets there are: seven are the most.
 */
const width = 4
/** The bit of a counter that says that a run may be long enough. Longer ones are counted again. */
const full = 1 << (width - 1)
const mask = (1 << width) - 1

const x = 0x78

/** Collects the runs of one alphabet. */
class Collector {
  /** The first byte that was not looked at. */
  at = 0
  readonly #alphabet: Alphabet
  readonly #bytes: Uint8Array
  #digits: Int32Array | undefined
  #count = 0
  readonly #ends: number[] = []

  constructor (alphabet: Alphabet, bytes: Uint8Array) {
    this.#alphabet = alphabet
    this.#bytes = bytes
  }

  /** Takes the runs around a place: back to where they may begin, and on to where they end. */
  take (place: number): void {
    const { table, prefixed = false } = this.#alphabet
    const bytes = this.#bytes
    let at = place
    while (at > this.at && goesOn(table, prefixed, bytes[at - 1] as number)) at--
    const digits = this.#digits ??= new Int32Array(bytes.length - at)
    let begun = this.#count
    let count = begun
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number
      const kind = table[byte] as number
      if (kind >= 0) digits[count++] = at
      else if (kind === ends) {
        if (!prefixed || (byte | 0x20) !== x) break
        // `0x68, 0x75`: the prefix is no digit.
        if (bytes[at - 1] === 0x30 && count > begun) count--
        else begun = count = this.#end(begun, count)
      }
    }
    this.#count = this.#end(begun, count)
    this.at = at + 1
  }

  /** Ends a run; gives the count of what is kept. */
  #end (begun: number, count: number): number {
    const { least, fits } = this.#alphabet
    if (count - begun < least || fits?.(this.#digits?.subarray(begun, count) ?? none) === false) return begun
    this.#ends.push(count)
    return count
  }

  runs (): Runs | undefined {
    return this.#ends.length === 0
      ? undefined
      : { digits: this.#digits?.subarray(0, this.#count) ?? none, ends: this.#ends }
  }
}

const none = new Int32Array()

/** Says whether a run may go on over a byte. */
const goesOn = (table: Int8Array, prefixed: boolean, byte: number): boolean =>
  table[byte] !== ends || (prefixed && (byte | 0x20) === x)

/** Finds the runs of digits of some alphabets, in time that does not grow with their number. */
export class RunFinder {
  readonly #alphabets: readonly Alphabet[]
  /** For each byte, the counters that go on. */
  readonly #keep = new Int32Array(256)
  /** For each byte, what is added to the counters: 1 for a digit, a beginning at a run's end. */
  readonly #add = new Int32Array(256)
  #begin = 0

  constructor (alphabets: readonly Alphabet[]) {
    this.#alphabets = alphabets
    for (const [index, { table, least, prefixed = false, cuts }] of alphabets.entries()) {
      const shift = index * width
      const begin = full - Math.min(full, cuts === undefined ? least : 2)
      this.#begin |= begin << shift
      for (let byte = 0; byte < 256; byte++) {
        const counts = cuts === undefined
          ? (table[byte] as number) >= 0
          : cuts.includes(String.fromCharCode(byte))
        if (!goesOn(table, prefixed, byte)) this.#addTo(byte, begin << shift)
        else {
          this.#keep[byte] = (this.#keep[byte] as number) | mask << shift
          if (counts) this.#addTo(byte, 1 << shift)
        }
      }
    }
  }

  #addTo (byte: number, amount: number): void {
    this.#add[byte] = (this.#add[byte] as number) + amount
  }

  /** The runs of each alphabet; undefined for one that has none. */
  find (bytes: Uint8Array): (Runs | undefined)[] {
    const keep = this.#keep
    const add = this.#add
    const collectors = this.#alphabets.map((alphabet) => new Collector(alphabet, bytes))
    let fulls = 0
    for (let index = 0; index < this.#alphabets.length; index++) fulls |= full << index * width
    let counters = this.#begin
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number
      counters = (counters & (keep[byte] as number)) + (add[byte] as number)
      let reached = counters & fulls
      if (reached === 0) continue
      counters ^= reached
      for (; reached !== 0; reached &= reached - 1) {
        const collector = collectors[(31 - Math.clz32(reached & -reached)) / width | 0] as Collector
        if (collector.at <= at) collector.take(at)
      }
    }
    return collectors.map((collector) => collector.runs())
  }
}
