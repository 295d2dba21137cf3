import { AutomationError } from '../../errors.ts'

// Classes and codes of PostgreSQL's appendix "Error Codes" that say nothing about the statement:
// connection exceptions, the server is shut down or starts, no connection is free.
const states = /^(08...|57P0[1-5]|53300)$/
// What the operating system says of a server that is not there or went away.
const systemCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH'
]
// node-postgres has no codes of its own: a connection that ended under a query, a pool without a
// free one in time.
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/

/**
 * `store-unavailable` when a failure of a query means that the database cannot be reached now, else
 * undefined. The same call may succeed later.
 */
export function storeAway (error: unknown): AutomationError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, syscall } = error as NodeJS.ErrnoException
  // A host of several addresses fails with all their errors in one, which names no call.
  const connecting = error instanceof AggregateError || syscall === 'connect' || syscall === 'read' ||
    syscall === 'write'
  const away = code === undefined
    ? words.test(error.message)
    : states.test(code) || (systemCodes.includes(code) && connecting)
  return away
    ? new AutomationError('store-unavailable', {})
    : undefined
}
