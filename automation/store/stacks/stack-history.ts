import { type HistoryEntry } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type StackKey } from './stack-rows.ts'

export async function insertHistory (client: Queryable, key: StackKey, entry: HistoryEntry): Promise<void> {
  await client.query(
    `INSERT INTO windlass.stack_history (place, project, stack, entry)
     VALUES ($1, $2, $3, $4)`,
    [...key, JSON.stringify(entry)]
  )
}

/** Reads entries of a stack's history, newest first; `page.number` is 1 for the first page. */
export async function readHistory (
  client: Queryable,
  key: StackKey,
  page: { size: number, number: number } = { size: 1000, number: 1 }
): Promise<HistoryEntry[]> {
  const { rows } = await client.query<{ entry: string }>(
    `SELECT entry
     FROM windlass.stack_history
     WHERE place = $1
       AND project = $2
       AND stack = $3
     ORDER BY number DESC
     LIMIT $4
     OFFSET $5`,
    [...key, page.size, (page.number - 1) * page.size]
  )
  return rows.map((row) => JSON.parse(row.entry) as HistoryEntry)
}
