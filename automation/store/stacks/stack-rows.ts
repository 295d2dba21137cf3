/** Stacks and their states, by place, project and name. */
import { type DeploymentV3, type JournalEntry, type StackRef } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'

/** Key of a stack's rows: place, project and name. */
export type StackKey = readonly [place: string, project: string, stack: string]

/** Makes the key of a stack in a place. */
export function stackKey (place: string, { project, stack }: StackRef): StackKey {
  return [place, project, stack]
}

/** A stack as it is listed. */
export interface ListedStack {
  project: string
  stack: string
  resources: number
  updated_at: Date | null
  locked: boolean
}

/** Lists the stacks of a place, oldest first. */
export async function readStacks (client: Queryable, place: string): Promise<ListedStack[]> {
  const { rows } = await client.query<ListedStack>(
    `SELECT project, stack, resources, updated_at, lock IS NOT NULL AS locked
     FROM windlass.stacks
     WHERE place = $1
     ORDER BY created_at, stack`,
    [place]
  )
  return rows
}

export async function hasStack (client: Queryable, key: StackKey): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1
     FROM windlass.stacks
     WHERE place = $1
       AND project = $2
       AND stack = $3`,
    [...key]
  )
  return rowCount === 1
}

/** Makes a stack; false when there is one. */
export async function insertStack (client: Queryable, key: StackKey): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO windlass.stacks (place, project, stack)
     VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [...key]
  )
  return rowCount === 1
}

/** Removes a stack with its journal and history; false when there was none. */
export async function deleteStack (client: Queryable, key: StackKey): Promise<boolean> {
  const { rowCount } = await client.query(
    `DELETE FROM windlass.stacks
     WHERE place = $1
       AND project = $2
       AND stack = $3`,
    [...key]
  )
  return rowCount === 1
}

export async function renameStack (client: Queryable, key: StackKey, to: StackRef): Promise<void> {
  await client.query(
    `UPDATE windlass.stacks
     SET project = $4, stack = $5
     WHERE place = $1
       AND project = $2
       AND stack = $3`,
    [...key, to.project, to.stack]
  )
}

/**
 * Reads a stack's state and what was appended since. One statement, so that the journal belongs to
 * the state it is read with.
 */
export async function readState (
  client: Queryable,
  key: StackKey
): Promise<{ deployment: DeploymentV3 | undefined, journal: JournalEntry[] }> {
  const { rows } = await client.query<{ deployment: string | null, journal: string[] | null }>(
    `SELECT s.deployment,
       (
         SELECT array_agg(j.entry ORDER BY j.seq)
         FROM windlass.stack_journal j
         WHERE (j.place, j.project, j.stack) = (s.place, s.project, s.stack)
       ) AS journal
     FROM windlass.stacks s
     WHERE s.place = $1
       AND s.project = $2
       AND s.stack = $3`,
    [...key]
  )
  const row = rows[0]
  return {
    deployment: row?.deployment ? JSON.parse(row.deployment) as DeploymentV3 : undefined,
    journal: (row?.journal ?? []).map((entry) => JSON.parse(entry) as JournalEntry)
  }
}

/** Writes a stack's state, gives its lock back, and empties its journal. */
export async function writeState (
  client: Queryable,
  key: StackKey,
  deployment: DeploymentV3 | undefined
): Promise<void> {
  await client.query(
    `DELETE FROM windlass.stack_journal
     WHERE place = $1
       AND project = $2
       AND stack = $3`,
    [...key]
  )
  await client.query(
    `UPDATE windlass.stacks
     SET deployment = $4, resources = $5, updated_at = now(), lock = NULL
     WHERE place = $1
       AND project = $2
       AND stack = $3`,
    [...key, deployment ? JSON.stringify(deployment) : null, deployment?.resources?.length ?? 0]
  )
}

/** Says whether this is the stack's state, with nothing in its journal. */
export async function holdsState (
  client: Queryable,
  key: StackKey,
  deployment: DeploymentV3 | undefined
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1
     FROM windlass.stacks s
     WHERE s.place = $1
       AND s.project = $2
       AND s.stack = $3
       AND s.deployment IS NOT DISTINCT FROM $4
       AND NOT EXISTS (
         SELECT 1
         FROM windlass.stack_journal j
         WHERE (j.place, j.project, j.stack) = (s.place, s.project, s.stack)
       )`,
    [...key, deployment ? JSON.stringify(deployment) : null]
  )
  return rowCount === 1
}
