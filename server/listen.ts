/** The address that the service listens on, and closing what listens there. */
import { isIPv4 } from 'node:net'
import { type FastifyInstance } from 'fastify'
import { type Config } from './config.ts'
import { AddressError } from './start-errors.ts'

/** Tells whether an address that the service listens on is reached from this machine only. */
export function isLoopback (host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

/** Listens, and returns the URL. Rejects with an AddressError that says what to change. */
export async function listen (app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    // Others wait for a line of the process that says "listening": this one must read differently.
    return await app.listen({ host, port, listenTextResolver: (address) => `accepting at ${address}` })
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
        throw new AddressError('address-unavailable', { host, port, wrong: 'taken' })
      case 'EACCES':
        throw new AddressError('address-unavailable', { host, port, wrong: 'not-permitted' })
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        throw new AddressError('address-unavailable', { host, port, wrong: 'not-here' })
      default:
        throw error
    }
  }
}

/**
 * Seconds that answers under way get once the service stops accepting. Streams end at once and all
 * others take well under one second; only a client that does not read keeps its connection longer,
 * and that one is cut.
 */
const drainSeconds = 5

/** Stops accepting and lets answers under way end. */
export async function closeApp (app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => {
    app.server.closeAllConnections()
  }, drainSeconds * 1000)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}
