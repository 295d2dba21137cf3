/** Limits of one connection, and of all together. docs/access.md has the figures. */

/** Times are milliseconds. */
export interface ConnectionLimits {
  /** For the headers of a request, from its first byte. */
  headers: number
  /** For a whole request: no body here is large. */
  request: number
  /**
   * Silence in both directions: of a client that does not read its answer, or never sends a
   * request. Streams decide for themselves when silence is acceptable (routes/events.ts).
   */
  silence: number
  /**
   * For the next request on a connection that had one: a little longer than proxies keep idle
   * connections (AWS and nginx: 60 s).
   */
  idle: number
  /**
   * Between checks for requests that take too long: a client that sends a byte now and then is cut
   * off after about fifteen seconds.
   */
  look: number
  /**
   * Connections at once: twice the streams of the largest installation, well under what a process
   * may have open on Linux.
   */
  connections: number
  /**
   * Connections of one address, where no proxies are configured: an office behind one address has
   * some hundreds, and only twenty addresses together could take all.
   */
  perAddress: number
  /**
   * Bytes of bodies without credentials that are held together: six webhooks of the largest size at
   * once, or some thousands of the usual 10 KB.
   */
  strangersBodies: number
  /** For one of them: GitHub and GitLab give up a delivery after 10 s themselves. */
  strangersBody: number
}

export const usualConnectionLimits: ConnectionLimits = {
  headers: 10_000,
  request: 30_000,
  silence: 120_000,
  idle: 72_000,
  look: 5_000,
  connections: 20_000,
  perAddress: 1_000,
  strangersBodies: 32 * 1024 * 1024,
  strangersBody: 10_000
}
