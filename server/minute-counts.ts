/** Counts of the last minute, in bounded memory. */
import { createHash, randomBytes } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'

const minute = 60_000

/** A count after one more, and the seconds until it begins anew. */
export interface Counted {
  count: number
  seconds: number
}

const secondsLeft = (from: number, now: number): number => Math.ceil((from + minute - now) / 1000)

/**
 * The block that an address is counted as: an IPv6 network of /64, which one customer has whole.
 */
export function addressBlock (address: string): string {
  return rateLimit.normalizeIP(address)
}

/**
 * Counts by callers who are known. Only they have counts here, so strangers push nobody's out; when
 * there are too many, the count goes that would begin anew first.
 */
export class CallerCounts {
  readonly #most: number
  readonly #now: () => number
  /** In the order in which they began. */
  readonly #counts = new Map<string, { from: number, count: number }>()

  constructor (most: number, now: () => number = Date.now) {
    this.#most = most
    this.#now = now
  }

  /** Number of callers that have a count. */
  get size (): number {
    return this.#counts.size
  }

  add (caller: string): Counted {
    const now = this.#now()
    const known = this.#counts.get(caller)
    if (known && now - known.from < minute) {
      known.count++
      return { count: known.count, seconds: secondsLeft(known.from, now) }
    }
    this.#counts.delete(caller)
    if (this.#counts.size >= this.#most) {
      const [oldest] = this.#counts.keys()
      if (oldest !== undefined) this.#counts.delete(oldest)
    }
    this.#counts.set(caller, { from: now, count: 1 })
    return { count: 1, seconds: minute / 1000 }
  }
}

/**
 * Counts by addresses, which anybody has many of: a table of a fixed size, in which addresses that
 * meet share a count. Nobody chooses whom they meet, and no number of addresses makes a count be
 * forgotten.
 */
export class AddressCounts {
  readonly #salt = randomBytes(16)
  readonly #counts: Uint32Array
  readonly #from: Float64Array
  readonly #now: () => number

  constructor (size: number, now: () => number = Date.now) {
    this.#counts = new Uint32Array(size)
    this.#from = new Float64Array(size).fill(-minute)
    this.#now = now
  }

  add (address: string): Counted {
    const now = this.#now()
    const hash = createHash('sha256').update(this.#salt).update(addressBlock(address)).digest()
    const place = hash.readUInt32LE(0) % this.#counts.length
    let from = this.#from[place] ?? 0
    let count = this.#counts[place] ?? 0
    if (now - from >= minute) {
      from = this.#from[place] = now
      count = 0
    }
    this.#counts[place] = count + 1
    return { count: count + 1, seconds: secondsLeft(from, now) }
  }
}
