import { type Aging } from '../../../contract/aging.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/** Agings that are kept of a world: the latest, each of a thousand findings at most. */
const kept = 20

/** Lists the agings of a world, the latest first. */
export async function agingsOf (database: Queryable, world: string): Promise<Aging[]> {
  const { rows } = await database.query<{ aging: Aging }>(
    `SELECT aging
     FROM windlass.world_agings
     WHERE world = $1
     ORDER BY number DESC
     LIMIT $2`,
    [world, kept]
  )
  return rows.map(({ aging }) => aging)
}

/** Keeps an aging of a world, and lets go of what is older than the latest few. */
export async function keepAging (client: Queryable, world: string, aging: Aging): Promise<void> {
  await client.query(
    `INSERT INTO windlass.world_agings (world, aging)
     VALUES ($1, $2::jsonb)`,
    [world, jsonText(aging)]
  )
  await client.query(
    `DELETE FROM windlass.world_agings
     WHERE world = $1
       AND number NOT IN (
         SELECT number
         FROM windlass.world_agings
         WHERE world = $1
         ORDER BY number DESC
         LIMIT $2
       )`,
    [world, kept]
  )
}
