/**
 * What one connection, and all together, may take of the server. docs/access.md has the figures.
 */

/** Times are milliseconds. */
export interface ConnectionLimits {
  /** For the headers of a request, from its first byte. */
  headers: number
  /** For a whole request: no body here is large. */
  request: number
  /**
   * Without a byte in either direction: a client that takes nothing of its answer, or that never
   * asks. Streams say for themselves when silence is all right (routes/events.ts).
   */
  silence: number
  /**
   * For the next request on a connection that had one: as long as a proxy before the service keeps
   * idle connections at most (AWS and nginx: 60 s), and some more.
   */
  idle: number
  /**
   * Between looks for requests that take too long: a client that sends a byte now and then is gone
   * after about fifteen seconds.
   */
  look: number
  /**
   * Connections at once: twice the most streams of the largest installation, well under what a
   * process may have open on Linux.
   */
  connections: number
  /**
   * Of one address, where no proxies are configured: an office behind one address has some
   * hundreds, and twenty addresses have to come together to take all.
   */
  perAddress: number
}

export const usualConnectionLimits: ConnectionLimits = {
  headers: 10_000,
  request: 30_000,
  silence: 120_000,
  idle: 72_000,
  look: 5_000,
  connections: 20_000,
  perAddress: 1_000
}
