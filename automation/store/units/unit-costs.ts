import { type CostRecord } from '../../../pricing/change.ts'
import { type CostSummary } from '../../../pricing/summary.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/**
 * Deployments that are looked through for what a unit costs: a federation is rarely rolled out in
 * more pieces than that.
 */
const latest = 20

/**
 * Keeps what an attempt changed. `before` stays that of the deployment's first attempt, so that the
 * difference is the deployment's. The caller holds the unit's lease in this transaction.
 */
export async function recordCost (
  client: Queryable,
  { deployment, unit }: { deployment: string, unit: string },
  cost: CostRecord
): Promise<void> {
  await client.query({
    name: 'record-cost',
    text: `UPDATE windlass.units
      SET cost = $3::jsonb || CASE
        WHEN cost IS NULL THEN '{}'::jsonb
        ELSE jsonb_build_object('before', cost->'before')
      END
      WHERE deployment = $1
        AND id = $2`,
    values: [deployment, unit, jsonText(cost)]
  })
}

/**
 * Reads the costs of a federation's units as their programs registered them last, by unit id: only
 * from the same text of the federation and the same prices.
 */
export async function knownCosts (
  database: Queryable,
  known: { federation: string, source: string, prices: string }
): Promise<Map<string, CostSummary>> {
  const { rows } = await database.query<{ id: string, cost: CostSummary }>(
    `SELECT DISTINCT ON (u.id) u.id, u.cost->'after' AS cost
     FROM (
       SELECT id, number
       FROM windlass.deployments
       WHERE federation = $1
         AND source = $2
         AND operation IN ('up', 'preview')
       ORDER BY number DESC
       LIMIT ${latest}
     ) d
     JOIN windlass.units u ON u.deployment = d.id
     WHERE u.status = 'succeeded'
       AND u.cost->>'prices' = $3
     ORDER BY u.id, d.number DESC`,
    [known.federation, known.source, known.prices]
  )
  return new Map(rows.map((row) => [row.id, row.cost]))
}
