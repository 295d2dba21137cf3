import { type Queryable } from '../postgres/database.ts'
import { likePattern } from './deployments.ts'

/**
 * Counts the deployments in each status, and the units of deployments under way. `federations`:
 * only theirs, by names in which `*` stands for any characters.
 */
export async function countStatuses (
  client: Queryable,
  federations?: readonly string[]
): Promise<
  { deployments: Record<string, number>, units: { phase: number, status: string, count: number }[] }
> {
  const { rows } = await client.query<{ phase: number | null, status: string, n: number }>(
    `SELECT NULL::int AS phase, status, count(*)::int AS n
     FROM windlass.deployments
     WHERE $1::text[] IS NULL
       OR federation LIKE ANY ($1)
     GROUP BY status
     UNION ALL
     SELECT u.phase, u.status, count(*)::int
     FROM windlass.units u
     JOIN windlass.deployments d ON d.id = u.deployment
     WHERE d.status IN ('queued', 'running', 'waiting', 'canceling')
       AND ($1::text[] IS NULL OR d.federation LIKE ANY ($1))
     GROUP BY u.phase, u.status`,
    [federations?.map(likePattern) ?? null]
  )
  return {
    deployments: Object.fromEntries(
      rows.filter(({ phase }) => phase === null).map(({ status, n }) => [status, n])
    ),
    units: rows.flatMap(({ phase, status, n }) => phase === null ? [] : [{ phase, status, count: n }])
  }
}
