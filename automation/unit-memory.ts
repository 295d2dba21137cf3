/** Units that a machine's memory holds at once. Pure but for reading how much there is. */
import { totalmem } from 'node:os'

const gibibyte = 1024 ** 3
/** Bytes of the service and its database. */
export const serviceMemory = 0.5 * gibibyte
/** Bytes of a unit host at work; it takes half of that while it waits. */
export const hostMemory = 0.5 * gibibyte
/**
 * Bytes of a live unit beside its host: a Pulumi CLI process, measured at 105 MB. What provider
 * plugins take differs with the cloud and is not known without an account: a host that works for
 * two clouds at once has not been seen to need its half gibibyte, which leaves room for them.
 */
const cliMemory = 0.1 * gibibyte

/** Hosts at most: what PostgreSQL's usual hundred connections leave room for. */
const mostHosts = 64

/**
 * Units at once that so many bytes hold. Cores do not count: a live unit waits for its cloud nearly
 * all of its time.
 */
export function unitsInMemory (bytes: number): number {
  return Math.max(1, Math.min(mostHosts, Math.floor((bytes - serviceMemory) / (hostMemory + cliMemory))))
}

/** Units at once that this machine holds. */
export const unitsOfThisMachine = (): number => unitsInMemory(usableMemory())

/** Bytes of memory that this process may use: the machine's, or its container's limit. */
export function usableMemory (): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
