import type pg from 'pg'
import { createPool, type Pool } from '../store/postgres/database.ts'
import { passingOf } from '../store/postgres/passing.ts'

/** The state under which DBOS tries again for as long as it takes: connection_failure. */
const triedAgain = '08006'
/**
 * Seconds after which PostgreSQL ends a transaction of a workflow in which nothing happens, as DBOS
 * sets it on pools of its own: a process that is frozen keeps no row from its peers for longer.
 */
const idleTransactionSeconds = 60

/** Connections of workflows. */
export interface WorkflowPool {
  readonly pool: Pool
  /**
   * Leaves whoever asks for a connection from here on waiting for ever: workflows of a term that is
   * over must neither write nor end in an error, since somebody else goes on with them.
   */
  park(): void
}

/**
 * Makes the pool that DBOS works with. What passes by our table (read only, say) reaches DBOS under
 * a state that it tries again: otherwise a workflow would end in the error, and nobody goes on with
 * it.
 */
export function createWorkflowPool (url: string, max: number): WorkflowPool {
  const pool = createPool(url, { max, name: 'windlass-workflows', idleTransactionSeconds })
  let parked = false
  pool.on('connect', translateQueries)
  const connect = pool.connect.bind(pool) as (callback?: Callback) => Promise<pg.PoolClient> | undefined
  pool.connect = ((callback?: Callback) => {
    if (parked) return callback ? undefined : new Promise<never>(() => undefined)
    return callback
      ? connect((error, ...rest) => {
        callback(error && translated(error), ...rest)
      })
      : connect()?.catch(rethrow)
  }) as typeof pool.connect
  return {
    pool,
    park () {
      parked = true
    }
  }
}

type Callback = (error: Error | undefined, ...rest: unknown[]) => void

/** Makes the queries of a connection fail under states that DBOS knows. */
function translateQueries (client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  client.query = ((...given: unknown[]) => {
    const last = given.at(-1)
    if (typeof last === 'function') {
      const callback = last as Callback
      return query(...given.slice(0, -1), (error: Error | undefined, ...rest: unknown[]) => {
        callback(error && translated(error), ...rest)
      })
    }
    const result = query(...given)
    return result instanceof Promise ? result.catch(rethrow) : result
  }) as typeof client.query
}

function translated (error: Error): Error {
  if (passingOf(error) !== 'away') return error
  return Object.assign(new Error(error.message, { cause: error }), { code: triedAgain })
}

function rethrow (error: unknown): never {
  throw error instanceof Error ? translated(error) : error
}
