import { type JournalEntry } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type StackKey } from './stack-rows.ts'

const lease = `, lease AS (
       SELECT 1
       FROM windlass.leases
       WHERE place = $1
         AND stack = $3
         AND fence = $7
       FOR SHARE
     )`

/**
 * Appends entries while the lock, and the lease where a fence is given, are held. One statement,
 * since it runs before and after every resource operation; it keeps both until it commits. False
 * when one of them was lost: then nothing is written. Entries whose answer was lost may be appended
 * again: only the lock's holder numbers them.
 */
export async function appendJournal (
  client: Queryable,
  key: StackKey,
  entries: readonly JournalEntry[],
  { lock, fence }: { lock: string, fence: number | undefined }
): Promise<boolean> {
  const fenced = fence !== undefined
  const { rowCount } = await client.query(
    `WITH held AS (
       SELECT 1
       FROM windlass.stacks
       WHERE place = $1
         AND project = $2
         AND stack = $3
         AND lock->>'id' = $6
       FOR SHARE
     )${fenced ? lease : ''}
     INSERT INTO windlass.stack_journal (place, project, stack, seq, entry)
     SELECT $1, $2, $3, entry.seq, entry.body
     FROM unnest($4::int[], $5::text[]) AS entry(seq, body), held${fenced ? ', lease' : ''}
     ON CONFLICT (place, project, stack, seq) DO UPDATE
     SET entry = excluded.entry`,
    [
      ...key,
      entries.map((entry) => entry.seq),
      entries.map((entry) => JSON.stringify(entry)),
      lock,
      ...(fenced ? [fence] : [])
    ]
  )
  return rowCount === entries.length
}
