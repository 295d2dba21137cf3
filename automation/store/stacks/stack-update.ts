import { LeaseLostError } from '../../stacks/storage-errors.ts'
import { type StackUpdate } from '../../stacks/types.ts'
import { type Pool, type Queryable, transaction } from '../postgres/database.ts'
import { type Attempting } from '../postgres/patience.ts'
import { insertHistory } from './stack-history.ts'
import { appendJournal } from './stack-journal.ts'
import { checkLease, checkLock, heldLock, setLock } from './stack-lock.ts'
import { holdsState, type StackKey, writeState } from './stack-rows.ts'

/** An update of a stack under way, by the lock that it holds and the lease that it writes under. */
export function stackUpdate (
  pool: Pool,
  key: StackKey,
  held: { lock: string, fence: number | undefined },
  attempting: Attempting
): StackUpdate {
  /**
   * `done` says, of a repeated try, whether the one before it took effect: its answer was lost, and
   * the lock is given back.
   */
  const guarded = (
    work: (client: Queryable) => Promise<void>,
    done: (client: Queryable) => Promise<boolean>
  ): Promise<void> =>
    attempting((repeated) =>
      transaction(pool, async (client) => {
        await checkLease(client, key, held.fence)
        if (repeated && await heldLock(client, key) === undefined && await done(client)) return
        await checkLock(client, key, held.lock)
        await work(client)
      })
    )
  return {
    async append (entries) {
      if (!await attempting(() => appendJournal(pool, key, entries, held))) {
        throw new LeaseLostError(`the lease or the lock of stack ${key[2]} was taken over`)
      }
    },
    finish: (deployment, history) =>
      guarded(async (client) => {
        await writeState(client, key, deployment)
        if (history) await insertHistory(client, key, history)
      }, (client) => holdsState(client, key, deployment)),
    release: () => guarded((client) => setLock(client, key, undefined), () => Promise.resolve(true))
  }
}
