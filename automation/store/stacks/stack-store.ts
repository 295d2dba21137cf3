import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { StackLockedError } from '../../stacks/storage-errors.ts'
import { type StackRef, type StackStore, type StackUpdate } from '../../stacks/types.ts'
import { type Pool, type Queryable, transaction } from '../postgres/database.ts'
import { readHistory } from './stack-history.ts'
import { checkLease, heldLock, setLock, type StackLock } from './stack-lock.ts'
import {
  deleteStack,
  hasStack,
  insertStack,
  readStacks,
  readState,
  renameStack,
  type StackKey,
  stackKey
} from './stack-rows.ts'
import { stackUpdate } from './stack-update.ts'

/** The place of the stacks. */
export interface StackStoreOptions {
  place: string
  /** The lease that a writer writes under. */
  fence?: number
}

/**
 * Stacks and their states in PostgreSQL. With a `fence` every write first checks that the stack's
 * lease still has it and holds the lease's row until it commits, so a writer that was taken over
 * writes nothing (LeaseLostError); and a lock left by an older fence is taken over, since its
 * holder cannot write any more. Without a fence (reads, tests) locks are only what they say.
 */
export function createStackStore (pool: Pool, { place, fence }: StackStoreOptions): StackStore {
  const keyOf = (ref: StackRef): StackKey => stackKey(place, ref)
  const leased = <T>(ref: StackRef, work: (client: Queryable) => Promise<T>): Promise<T> =>
    transaction(pool, async (client) => {
      await checkLease(client, keyOf(ref), fence)
      return await work(client)
    })
  return {
    async list () {
      return (await readStacks(pool, place)).map((row) => ({
        project: row.project,
        stack: row.stack,
        resourceCount: row.resources,
        updateInProgress: row.locked,
        ...(row.updated_at && { lastUpdate: row.updated_at.toISOString() })
      }))
    },
    has: (ref) => hasStack(pool, keyOf(ref)),
    create: (ref) => leased(ref, (client) => insertStack(client, keyOf(ref))),
    remove: (ref) => leased(ref, (client) => deleteStack(client, keyOf(ref))),
    rename: (from, to) => leased(from, (client) => renameStack(client, keyOf(from), to)),
    load: (ref) => readState(pool, keyOf(ref)),
    begin: (ref) => leased(ref, (client) => begin(client, pool, keyOf(ref), fence)),
    unlock: (ref) => setLock(pool, keyOf(ref), undefined),
    history: (ref, page) => readHistory(pool, keyOf(ref), page)
  }
}

async function begin (
  client: Queryable,
  pool: Pool,
  key: StackKey,
  fence: number | undefined
): Promise<StackUpdate> {
  const held = await heldLock(client, key)
  if (held && !(fence !== undefined && held.fence < fence)) throw new StackLockedError(held)
  const lock: StackLock = {
    id: randomUUID(),
    user: userInfo().username,
    host: hostname(),
    pid: process.pid,
    since: new Date().toISOString(),
    fence: fence ?? 0
  }
  await setLock(client, key, lock)
  return stackUpdate(pool, key, { lock: lock.id, fence })
}
