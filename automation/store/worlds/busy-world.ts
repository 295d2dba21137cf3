import { placeOf } from '../../place.ts'
import { type Queryable } from '../postgres/database.ts'

/**
 * Lists deployments in a world that have not ended, the oldest first. The caller has locked the
 * place, so that none is launched or resumed meanwhile.
 */
export async function busyIn (
  client: Queryable,
  { world, limit }: { world: string, limit: number }
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id
     FROM windlass.deployments
     WHERE place = $1
       AND finished_at IS NULL
     ORDER BY number
     LIMIT $2`,
    [placeOf('rehearsal', world), limit]
  )
  return rows.map(({ id }) => id)
}
