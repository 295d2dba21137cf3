import { type Queryable } from './database.ts'

/** How many deployments are in each status, and how many units of deployments under way. */
export async function countStatuses (client: Queryable): Promise<{ deployments: Record<string, number>, units: Record<string, number> }> {
  const { rows } = await client.query<{ kind: 'deployments' | 'units', status: string, n: number }>(
    `SELECT 'deployments' AS kind, status, count(*)::int AS n FROM windlass.deployments GROUP BY status
     UNION ALL
     SELECT 'units', u.status, count(*)::int FROM windlass.units u JOIN windlass.deployments d ON d.id = u.deployment
     WHERE d.status IN ('queued', 'running', 'waiting', 'canceling') GROUP BY u.status`)
  const of = (kind: string): Record<string, number> => Object.fromEntries(rows.filter((row) => row.kind === kind).map((row) => [row.status, row.n]))
  return { deployments: of('deployments'), units: of('units') }
}
