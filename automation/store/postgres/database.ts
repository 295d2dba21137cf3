import pg from 'pg'
import { OutcomeUnknownError, passingOf } from './passing.ts'
import { StorableClient } from './storable-client.ts'

export type Pool = pg.Pool
/** A connection that a query runs on: the pool, or a client inside a transaction. */
export type Queryable = pg.Pool | pg.PoolClient

/**
 * A connection pool. `max` bounds its connections; a caller that finds none free waits 10 s (longer
 * than any transaction here takes, short enough that a request fails before its client gives up).
 * `relaxed` turns off waiting for the disk at commit: what such a session wrote is only lost, in
 * order, when the database's machine goes down, never when a process of ours or PostgreSQL itself
 * is killed. It is for states of rehearsals; events and results are always waited for, and as they
 * flush everything before them, a stored event never outlives what it tells of.
 * `idleTransactionSeconds` has PostgreSQL end a transaction in which nothing happens for so long.
 */
export function createPool (
  url: string,
  options: { max: number, name: string, relaxed?: boolean, idleTransactionSeconds?: number }
): Pool {
  const { idleTransactionSeconds: idle } = options
  const pool = new pg.Pool({
    connectionString: url,
    Client: StorableClient,
    max: options.max,
    application_name: options.name,
    connectionTimeoutMillis: 10_000,
    // A server that went away without a word is noticed by the system within its own time.
    keepAlive: true,
    ...(options.relaxed && { options: '-c synchronous_commit=off' }),
    ...(idle !== undefined && { idle_in_transaction_session_timeout: idle * 1_000 })
  })
  // An idle client whose server went away emits here; the next query gets a fresh one and reports
  // its own error.
  pool.on('error', () => undefined)
  // So does one that a transaction holds between two of its queries; unheard, it ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * Runs `work` in one transaction on one connection: committed when it resolves, rolled back when it
 * rejects. Rejects with OutcomeUnknownError when the connection broke at the commit.
 */
export async function transaction<T> (pool: Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await commit(client)
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: Error) => {
      broken = rollback
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function commit (client: pg.PoolClient): Promise<void> {
  try {
    await client.query('COMMIT')
  } catch (error) {
    if (passingOf(error) !== 'away') throw error
    throw new OutcomeUnknownError('the connection broke at a commit', { cause: error })
  }
}
