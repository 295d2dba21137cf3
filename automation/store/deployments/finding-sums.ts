import { type PolicyFinding } from '../../../contract/policy-finding.ts'
import { type Queryable } from '../postgres/database.ts'

/**
 * Counts the resources of a deployment that violate each policy, mandatory ones first, then the
 * most frequent. A unit that was tried again says the same again, which counts once.
 */
export async function findingSums (
  database: Queryable,
  deployment: string
): Promise<{ policy: string, enforcement: PolicyFinding['enforcement'], count: number }[]> {
  const { rows } = await database.query<
    { policy: string, enforcement: PolicyFinding['enforcement'], count: number }
  >(
    `SELECT body->>'policy' AS policy, body->>'enforcement' AS enforcement,
       count(DISTINCT (unit, body->>'urn', body->>'message'))::int AS count
     FROM windlass.events
     WHERE deployment = $1
       AND type = 'policy.violated'
     GROUP BY 1, 2
     ORDER BY 2 DESC, 3 DESC, 1`,
    [deployment]
  )
  return rows
}
