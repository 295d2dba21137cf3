/** The lock of a stack, and the lease under which its writers work. */
import { LeaseLostError } from '../../stacks/storage-errors.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'
import { type StackKey } from './stack-rows.ts'

/** A lock as it is stored. */
export interface StackLock {
  id: string
  user: string
  host: string
  pid: number
  since: string
  /** Of the lease under which it was taken; 0 without one. */
  fence: number
}

/**
 * Throws LeaseLostError unless the stack's lease has this fence, and holds the lease's row until
 * the transaction ends. Without a fence nothing is checked.
 */
export async function checkLease (
  client: Queryable,
  [place, , stack]: StackKey,
  fence: number | undefined
): Promise<void> {
  if (fence === undefined) return
  const { rows } = await client.query<{ fence: string }>(
    `SELECT fence
     FROM windlass.leases
     WHERE place = $1
       AND stack = $2
     FOR SHARE`,
    [place, stack]
  )
  if (Number(rows[0]?.fence) !== fence) {
    throw new LeaseLostError(
      `the lease of stack ${stack} has fence ${rows[0]?.fence ?? 'none'}, not ${fence}`
    )
  }
}

/** Reads a stack's lock and holds the stack's row until the transaction ends. */
export async function heldLock (client: Queryable, key: StackKey): Promise<StackLock | undefined> {
  const { rows } = await client.query<{ lock: StackLock | null }>(
    `SELECT lock
     FROM windlass.stacks
     WHERE place = $1
       AND project = $2
       AND stack = $3
     FOR UPDATE`,
    [...key]
  )
  return rows[0]?.lock ?? undefined
}

/** Throws LeaseLostError unless the stack's lock is this one; holds the stack's row. */
export async function checkLock (client: Queryable, key: StackKey, id: string): Promise<void> {
  const { rows } = await client.query<{ id: string | null }>(
    `SELECT lock->>'id' AS id
     FROM windlass.stacks
     WHERE place = $1
       AND project = $2
       AND stack = $3
     FOR UPDATE`,
    [...key]
  )
  if (rows[0]?.id !== id) throw new LeaseLostError(`the lock of stack ${key[2]} was taken away`)
}

/** Writes a stack's lock; undefined: none. */
export async function setLock (
  client: Queryable,
  key: StackKey,
  lock: StackLock | undefined
): Promise<void> {
  await client.query(
    `UPDATE windlass.stacks
     SET lock = $4
     WHERE place = $1
       AND project = $2
       AND stack = $3`,
    [...key, lock ? jsonText(lock) : null]
  )
}
