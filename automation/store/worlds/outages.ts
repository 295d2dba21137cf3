import { type Fault } from '../../../contract/launch.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/** An outage that has not ended. */
export interface StoredOutage {
  outage: Fault
  begunAt: Date
}

/** Lists the outages of a world that have not ended, the oldest first. */
export async function outagesOf (database: Queryable, world: string): Promise<StoredOutage[]> {
  const { rows } = await database.query<StoredOutage>({
    name: 'outages-of',
    text: `SELECT outage, begun_at AS "begunAt"
      FROM windlass.world_outages
      WHERE world = $1
        AND ended_at IS NULL
      ORDER BY number`,
    values: [world]
  })
  return rows
}

/**
 * Begins outages in a world. Those of a deployment begin once: its resume finds them as somebody
 * left them.
 */
export async function beginOutages (
  client: Queryable,
  world: string,
  outages: readonly Fault[],
  deployment?: string
): Promise<void> {
  await client.query(
    `INSERT INTO windlass.world_outages (world, deployment, place, outage)
     SELECT $1, $2::uuid, CASE WHEN $2 IS NULL THEN NULL ELSE o.place::int END, o.outage
     FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS o(outage, place)
     ON CONFLICT (deployment, place) DO NOTHING`,
    [world, deployment ?? null, jsonText(outages)]
  )
}

/** Ends all outages of a world. Resolves with their number. */
export async function endOutages (client: Queryable, world: string): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE windlass.world_outages
     SET ended_at = clock_timestamp()
     WHERE world = $1
       AND ended_at IS NULL`,
    [world]
  )
  return rowCount ?? 0
}
