import { type Queryable } from '../postgres/database.ts'

/**
 * Events removed in one transaction: some tens of milliseconds, in which the deployment's row is
 * locked.
 */
const batch = 5_000

/**
 * Ended long enough ago, with events left; one whose events were not looked at for notifications
 * yet keeps them. `$1`: days.
 */
const old = `d.finished_at < now() - $1 * interval '1 day'
  AND d.finished_at IS NOT NULL
  AND NOT d.events_removed
  AND d.status IN ('succeeded', 'failed', 'canceled')
  AND NOT EXISTS (SELECT 1 FROM windlass.notices n WHERE n.deployment = d.id)`

/** Counts the kept events of deployments that ended more than `days` ago. */
export async function countOldEvents (client: Queryable, days: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT coalesce(sum(d.last_event - d.events_from + 1), 0)::int AS count
     FROM windlass.deployments d
     WHERE ${old}`,
    [days]
  )
  return rows[0]?.count ?? 0
}

/**
 * Removes a batch of a deployment's events, the oldest first, and what a drift check found: that is
 * as old. A deployment that somebody is about to resume is left alone. Resolves with how many;
 * undefined when there are none.
 */
export async function removeOldEvents (client: Queryable, days: number): Promise<number | undefined> {
  const { rows } = await client.query<{ count: number }>(
    `WITH one AS (
       SELECT d.id, d.events_from, d.last_event
       FROM windlass.deployments d
       WHERE ${old}
       ORDER BY d.finished_at
       LIMIT 1
       FOR UPDATE SKIP LOCKED
     ), gone AS (
       DELETE FROM windlass.events e
       USING one
       WHERE e.deployment = one.id
         AND e.seq >= one.events_from
         AND e.seq < one.events_from + ${batch}
       RETURNING 1
     ), drift AS (
       DELETE FROM windlass.drift_findings f
       USING one
       WHERE f.deployment = one.id
     )
     UPDATE windlass.deployments d
     SET events_from = least(one.events_from + ${batch}, one.last_event + 1),
       events_removed = one.events_from + ${batch} > one.last_event
     FROM one
     WHERE d.id = one.id
     RETURNING (SELECT count(*)::int FROM gone) AS count`,
    [days]
  )
  return rows[0]?.count
}
