import { type Queryable } from '../postgres/database.ts'

/** A federation's use of a named world, and who began it. */
export interface WorldUse {
  federation: string
  world: string
  caller: string
}

/** Notes that a federation rehearses in a world. False when that was known. */
export async function noteWorld (
  client: Queryable,
  { federation, world, caller }: WorldUse
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO windlass.worlds (federation, world, caller)
     VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [federation, world, caller]
  )
  return rowCount === 1
}

/** Counts the worlds of a federation, and those that a caller was the first in. */
export async function worldCounts (
  client: Queryable,
  { federation, caller }: Omit<WorldUse, 'world'>
): Promise<{ federation: number, caller: number }> {
  const { rows } = await client.query<{ federation: number, caller: number }>(
    `SELECT (
         SELECT count(*)::int
         FROM windlass.worlds
         WHERE federation = $1
       ) AS federation,
       (
         SELECT count(*)::int
         FROM windlass.worlds
         WHERE caller = $2
       ) AS caller`,
    [federation, caller]
  )
  return rows[0] ?? { federation: 0, caller: 0 }
}
