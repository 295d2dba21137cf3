import { type Queryable } from '../postgres/database.ts'

/**
 * Worlds in which nothing is under way, nothing ended lately, and that were not dropped after it.
 * Fresh worlds go with their deployments. `$1`: days.
 */
const unused = `SELECT d.world
  FROM windlass.deployments d
  WHERE d.mode = 'rehearsal'
    AND NOT d.fresh
  GROUP BY d.world
  HAVING bool_and(d.finished_at IS NOT NULL)
    AND max(d.finished_at) < now() - $1 * interval '1 day'
    AND NOT bool_and(d.world_dropped)`

export async function unusedWorlds (client: Queryable, days: number): Promise<string[]> {
  const { rows } = await client.query<{ world: string }>(
    `${unused}
     ORDER BY max(d.finished_at)`,
    [days]
  )
  return rows.map(({ world }) => world)
}

/** Notes that a world was dropped: its deployments cannot be resumed. */
export async function noteDroppedWorld (client: Queryable, world: string): Promise<void> {
  await client.query(
    `UPDATE windlass.deployments
     SET world_dropped = true
     WHERE mode = 'rehearsal'
       AND world = $1
       AND NOT world_dropped`,
    [world]
  )
}
