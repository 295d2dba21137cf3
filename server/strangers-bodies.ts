/** Bodies of requests that have shown no credentials, as they are held in memory together. */

/** A body that comes in. */
export interface StrangersBody {
  /** The block of addresses that it comes from. */
  readonly address: string
  /** Bytes that are held of it. */
  bytes: number
  /** Ends the reading of it, to make room; absent once it is whole. */
  cut?: (() => void) | undefined
}

/**
 * Holds so many bytes at most. Beyond it, the largest body of the address that holds most is cut,
 * whoever came last: who sends a small one, as senders of webhooks do, is not shut out by who fills
 * the room.
 */
export class StrangersBodies {
  readonly #most: number
  readonly #bodies = new Set<StrangersBody>()
  /** Bytes that are held now, and that ever were at once. */
  held = 0
  peak = 0

  constructor (most: number) {
    this.#most = most
  }

  open (address: string): StrangersBody {
    const body: StrangersBody = { address, bytes: 0 }
    this.#bodies.add(body)
    return body
  }

  /** Notes that a piece came. False when the body was cut for it, and the piece is not held. */
  take (body: StrangersBody, bytes: number): boolean {
    // What still comes of a body that was answered or cut is thrown away: nobody would give it
    // back.
    if (!this.#bodies.has(body)) return false
    body.bytes += bytes
    this.held += bytes
    while (this.held > this.#most) {
      const largest = this.#largest()
      if (!largest) break
      const { cut } = largest
      this.close(largest)
      cut?.()
    }
    this.peak = Math.max(this.peak, this.held)
    return this.#bodies.has(body)
  }

  /** Notes that a body is held no more. */
  close (body: StrangersBody): void {
    if (this.#bodies.delete(body)) this.held -= body.bytes
  }

  #largest (): StrangersBody | undefined {
    const byAddress = new Map<string, number>()
    for (const { address, bytes } of this.#bodies) {
      byAddress.set(address, (byAddress.get(address) ?? 0) + bytes)
    }
    let found: StrangersBody | undefined
    const before = (one: StrangersBody, other: StrangersBody): boolean => {
      const [sum = 0, against = 0] = [byAddress.get(one.address), byAddress.get(other.address)]
      return sum === against ? one.bytes > other.bytes : sum > against
    }
    for (const body of this.#bodies) {
      if (body.cut && (found === undefined || before(body, found))) found = body
    }
    return found
  }
}
