import { type Client } from 'pg'

/** Notes a service process that holds its lock already. */
export async function registerExecutor (
  client: Client,
  executor: { id: string, lockKey: string, host: string, pid: number }
): Promise<void> {
  await client.query(
    `INSERT INTO windlass.executors (id, lock_key, host, pid)
     VALUES ($1, $2, $3, $4)`,
    [executor.id, executor.lockKey, executor.host, executor.pid]
  )
}

/** Tries to take an executor's lock for the session of `client`. */
export async function lockExecutor (client: Client, lockKey: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'SELECT pg_try_advisory_lock($1::bigint) AS locked',
    [lockKey]
  )
  return rows[0]?.locked === true
}

/** An executor whose process is gone. */
export interface DeadExecutor {
  id: string
  lockKey: string
}

/**
 * Takes the locks of executors whose processes are gone. Their locks are the
 * session's of `client` from here on, so that no peer takes the same ones over.
 */
export async function takeDeadExecutors (
  client: Client,
  self: string
): Promise<DeadExecutor[]> {
  const { rows } = await client.query<{ id: string, lock_key: string }>({
    name: 'take-dead-executors',
    // CASE fixes the order: the own lock is held by this very session and would be had again.
    text: `SELECT id, lock_key
      FROM windlass.executors
      WHERE CASE WHEN id = $1 THEN false ELSE pg_try_advisory_lock(lock_key) END`,
    values: [self]
  })
  return rows.map((row) => ({ id: row.id, lockKey: row.lock_key }))
}

/**
 * Gives a dead executor's lock back; with `forget` its row goes too, since nothing of it is left to
 * take over.
 */
export async function releaseExecutor (
  client: Client,
  executor: DeadExecutor,
  options: { forget: boolean }
): Promise<void> {
  if (options.forget) {
    await client.query(
      `DELETE FROM windlass.executors
       WHERE id = $1`,
      [executor.id]
    )
  }
  await client.query('SELECT pg_advisory_unlock($1::bigint)', [executor.lockKey])
}
