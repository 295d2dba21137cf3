import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { StackLockedError } from '../../stacks/storage-errors.ts'
import { type StackRef, type StackStore } from '../../stacks/types.ts'
import { type Pool, type Queryable, transaction } from '../postgres/database.ts'
import { type Attempting, once } from '../postgres/patience.ts'
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
  /**
   * The way in which failures that pass are met.
   * @default once
   */
  attempting?: Attempting
}

/**
 * Stacks and their states in PostgreSQL. With a `fence` every write first checks that the stack's
 * lease still has it and holds the lease's row until it commits, so a writer that was taken over
 * writes nothing (LeaseLostError); and a lock left by an older fence is taken over, since its
 * holder cannot write any more. Without a fence (reads, tests) locks are only what they say.
 */
export function createStackStore (
  pool: Pool,
  { place, fence, attempting = once }: StackStoreOptions
): StackStore {
  const keyOf = (ref: StackRef): StackKey => stackKey(place, ref)
  const leased = <T>(
    ref: StackRef,
    work: (client: Queryable, repeated: boolean) => Promise<T>
  ): Promise<T> =>
    attempting((repeated) =>
      transaction(pool, async (client) => {
        await checkLease(client, keyOf(ref), fence)
        return await work(client, repeated)
      })
    )
  return {
    async list () {
      return (await attempting(() => readStacks(pool, place))).map((row) => ({
        project: row.project,
        stack: row.stack,
        resourceCount: row.resources,
        updateInProgress: row.locked,
        ...(row.updated_at && { lastUpdate: row.updated_at.toISOString() })
      }))
    },
    has: (ref) => attempting(() => hasStack(pool, keyOf(ref))),
    // A try before may have made or removed it, and its answer was lost.
    create: (ref) =>
      leased(ref, async (client, repeated) => await insertStack(client, keyOf(ref)) || repeated),
    remove: (ref) =>
      leased(ref, async (client, repeated) => await deleteStack(client, keyOf(ref)) || repeated),
    rename: (from, to) => leased(from, (client) => renameStack(client, keyOf(from), to)),
    load: (ref) => attempting(() => readState(pool, keyOf(ref))),
    async begin (ref) {
      const lock = ownLock(fence)
      await leased(ref, (client) => takeLock(client, keyOf(ref), lock, fence))
      return stackUpdate(pool, keyOf(ref), { lock: lock.id, fence }, attempting)
    },
    unlock: (ref) => attempting(() => setLock(pool, keyOf(ref), undefined)),
    history: (ref, page) => attempting(() => readHistory(pool, keyOf(ref), page))
  }
}

function ownLock (fence: number | undefined): StackLock {
  return {
    id: randomUUID(),
    user: userInfo().username,
    host: hostname(),
    pid: process.pid,
    since: new Date().toISOString(),
    fence: fence ?? 0
  }
}

async function takeLock (
  client: Queryable,
  key: StackKey,
  lock: StackLock,
  fence: number | undefined
): Promise<void> {
  const held = await heldLock(client, key)
  // A try before may have taken it, and its answer was lost.
  if (held && held.id !== lock.id && !(fence !== undefined && held.fence < fence)) {
    throw new StackLockedError(held)
  }
  await setLock(client, key, lock)
}
