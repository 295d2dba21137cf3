import { type Queryable } from '../postgres/database.ts'

/**
 * Gives records of a world other tokens, which are URNs: a resource whose stack has become another
 * is found by its URN there.
 */
export async function renameTokens (
  client: Queryable,
  world: string,
  urns: ReadonlyMap<string, string>
): Promise<void> {
  await client.query(
    `UPDATE windlass.cloud_records r
     SET token = renamed.now
     FROM unnest($2::text[], $3::text[]) AS renamed(before, now)
     WHERE r.world = $1
       AND r.token = renamed.before`,
    [world, [...urns.keys()], [...urns.values()]]
  )
}
