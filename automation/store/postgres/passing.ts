import { type Passing, passingSockets, passingStates, passingWords } from './passing-states.ts'

/** System calls by which a socket reaches a server. Another call's ENOENT is about a file. */
const socketCalls: readonly unknown[] = ['connect', 'read', 'write', 'getaddrinfo']
/**
 * Errors in errors that are looked at: libraries wrap once or twice, a host has a few addresses.
 */
const mostErrors = 32

/** A transaction whose commit was not answered: nobody knows whether it took effect. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError'
}

/**
 * Says in which way an error of a query passes: the only place that decides it, for the service,
 * its unit hosts and their stores alike. Undefined: it does not pass, and the same statement fails
 * again. Looks into what wraps errors of the driver: `cause`, `errors` and DBOS' `error`.
 */
export function passingOf (error: unknown): Passing | undefined {
  const waiting: unknown[] = [error]
  let grouped = false
  for (let looked = 0; waiting.length > 0 && looked < mostErrors; looked++) {
    const one = waiting.shift()
    if (!(one instanceof Error)) continue
    const passing = ownPassing(one, grouped)
    if (passing) return passing
    // A request of ours to a web server that is away: no word of the store.
    if (one.message === 'fetch failed') continue
    const { cause, errors, error: wrapped } = one as { cause?: unknown, errors?: unknown, error?: unknown }
    // A host of several addresses fails with all their errors in one, which name no call.
    grouped ||= one instanceof AggregateError
    waiting.push(cause, wrapped, ...(Array.isArray(errors) ? errors as unknown[] : []))
  }
  return undefined
}

/** States of PostgreSQL: two of their class, three of their own. */
const sqlstate = /^[0-9A-Z]{5}$/

/**
 * Why the store refused a statement that it will refuse again; undefined for an error that passes
 * or is no answer of PostgreSQL.
 */
export function refusalOf (error: unknown): string | undefined {
  if (!(error instanceof Error) || passingOf(error) !== undefined) return undefined
  const { code, severity } = error as { code?: unknown, severity?: unknown }
  return typeof code === 'string' && sqlstate.test(code) && typeof severity === 'string'
    ? `${error.message} (PostgreSQL ${code})`
    : undefined
}

function ownPassing (error: Error, grouped: boolean): Passing | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined) return passingWords.find(({ begins }) => error.message.startsWith(begins))?.passing
  if (typeof code !== 'string') return undefined
  if (Object.hasOwn(passingStates, code)) return passingStates[code]?.passing
  const reaches = grouped || error instanceof AggregateError || socketCalls.includes(syscall)
  return reaches && Object.hasOwn(passingSockets, code) ? passingSockets[code]?.passing : undefined
}
