import { type Queryable } from '../postgres/database.ts'

/** Deployments in one transaction: some thousand units. */
const batch = 20

/**
 * Previews and refreshes that still show outputs of their units: the outputs of what is deployed
 * are kept with the stacks. `$1`: days.
 */
const old = `d.operation IN ('preview', 'refresh')
  AND d.finished_at < now() - $1 * interval '1 day'
  AND d.finished_at IS NOT NULL
  AND d.status IN ('succeeded', 'failed', 'canceled')
  AND NOT d.outputs_removed`

/**
 * Counts the previews and refreshes that ended more than `days` ago and keep their units' outputs.
 */
export async function countOldOutputs (client: Queryable, days: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count
     FROM windlass.deployments d
     WHERE ${old}`,
    [days]
  )
  return rows[0]?.count ?? 0
}

/**
 * Removes the units' outputs of some of them. Resolves with of how many; undefined when there are
 * none.
 */
export async function removeOldOutputs (client: Queryable, days: number): Promise<number | undefined> {
  const { rowCount } = await client.query(
    `WITH old AS (
       SELECT d.id
       FROM windlass.deployments d
       WHERE ${old}
       ORDER BY d.finished_at
       LIMIT ${batch}
       FOR UPDATE SKIP LOCKED
     ), gone AS (
       UPDATE windlass.units u
       SET outputs = NULL, outputs_removed = true
       FROM old
       WHERE u.deployment = old.id
         AND u.outputs IS NOT NULL
     )
     UPDATE windlass.deployments d
     SET outputs_removed = true
     FROM old
     WHERE d.id = old.id`,
    [days]
  )
  return rowCount || undefined
}
