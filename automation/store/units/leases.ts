import { type Queryable } from '../postgres/database.ts'

/**
 * Picks those of the attempts that are still the running ones. The caller has locked the
 * deployment, so the answer holds until its transaction ends.
 */
export async function holdsLeases (
  client: Queryable,
  deployment: string,
  attempts: ReadonlyMap<string, number>
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: 'holds-leases',
    text: `SELECT u.id
       FROM windlass.units u
       JOIN unnest($2::text[], $3::bigint[]) AS held(id, fence) ON held.id = u.id AND held.fence = u.fence
       WHERE u.deployment = $1
         AND u.status = 'running'`,
    values: [deployment, [...attempts.keys()], [...attempts.values()]]
  })
  return new Set(rows.map((row) => row.id))
}
