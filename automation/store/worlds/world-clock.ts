import { type Queryable } from '../postgres/database.ts'

/**
 * Begins a run of a deployment in its world's time, which starts with the world: for one that is
 * made by this deployment, when that was launched. Resolves with the world's time now,
 * milliseconds since the epoch.
 */
export async function beginInWorld (client: Queryable, deployment: string): Promise<number> {
  const { rows } = await client.query<{ now: Date }>(
    `WITH made AS (
       INSERT INTO windlass.world_clocks (world, started_at, now)
       SELECT world, date_trunc('second', created_at), date_trunc('second', created_at)
       FROM windlass.deployments
       WHERE id = $1
         AND world IS NOT NULL
       ON CONFLICT (world) DO NOTHING
       RETURNING world, now
     ), clock AS (
       SELECT world, now
       FROM made
       UNION ALL
       SELECT c.world, c.now
       FROM windlass.world_clocks c
       JOIN windlass.deployments d ON d.id = $1 AND d.world = c.world
     )
     UPDATE windlass.deployments d
     SET virtual_base = clock.now, virtual_start = coalesce(d.virtual_start, clock.now)
     FROM clock
     WHERE d.id = $1
     RETURNING clock.now`,
    [deployment]
  )
  return rows[0]?.now.getTime() ?? 0
}

/** Lets the time of a deployment's world go on to a moment, unless it is later there. */
export async function advanceWorld (client: Queryable, deployment: string, now: number): Promise<void> {
  await client.query({
    name: 'advance-world',
    text: `UPDATE windlass.world_clocks c
      SET now = to_timestamp($2::float8 / 1000)
      FROM windlass.deployments d
      WHERE d.id = $1
        AND c.world = d.world
        AND c.now < to_timestamp($2::float8 / 1000)`,
    values: [deployment, now]
  })
}

/**
 * Reads the time of a world, which starts now for one that has none: it was made before worlds had
 * one.
 */
export async function timeOfWorld (client: Queryable, world: string): Promise<number> {
  const { rows } = await client.query<{ now: Date }>(
    `INSERT INTO windlass.world_clocks (world, started_at, now)
     VALUES ($1, date_trunc('second', clock_timestamp()), date_trunc('second', clock_timestamp()))
     ON CONFLICT (world) DO UPDATE
     SET world = excluded.world
     RETURNING now`,
    [world]
  )
  return rows[0]?.now.getTime() ?? 0
}

/** Puts the time of a world forward to a moment. */
export async function setWorldTime (client: Queryable, world: string, now: number): Promise<void> {
  await client.query(
    `UPDATE windlass.world_clocks
     SET now = to_timestamp($2::float8 / 1000)
     WHERE world = $1`,
    [world, now]
  )
}
