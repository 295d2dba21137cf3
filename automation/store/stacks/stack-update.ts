import { LeaseLostError } from '../../stacks/storage-errors.ts'
import { type StackUpdate } from '../../stacks/types.ts'
import { type Pool, type Queryable, transaction } from '../postgres/database.ts'
import { insertHistory } from './stack-history.ts'
import { appendJournal } from './stack-journal.ts'
import { checkLease, checkLock, setLock } from './stack-lock.ts'
import { type StackKey, writeState } from './stack-rows.ts'

/** An update of a stack under way, by the lock that it holds and the lease that it writes under. */
export function stackUpdate (
  pool: Pool,
  key: StackKey,
  held: { lock: string, fence: number | undefined }
): StackUpdate {
  const guarded = (work: (client: Queryable) => Promise<void>): Promise<void> =>
    transaction(pool, async (client) => {
      await checkLease(client, key, held.fence)
      await checkLock(client, key, held.lock)
      await work(client)
    })
  return {
    async append (entries) {
      if (!await appendJournal(pool, key, entries, held)) {
        throw new LeaseLostError(`the lease or the lock of stack ${key[2]} was taken over`)
      }
    },
    finish: (deployment, history) =>
      guarded(async (client) => {
        await writeState(client, key, deployment)
        if (history) await insertHistory(client, key, history)
      }),
    release: () => guarded((client) => setLock(client, key, undefined))
  }
}
