import { type Queryable } from '../postgres/database.ts'
import { callerColumn } from './caller-column.ts'

/** A run that can be started: the workflow's id is '<id>:<run>'. */
export interface Run {
  id: string
  run: number
}

/** Rehearsals under way at once, over all processes. What waits for people or a window is not. */
export interface UnderWayBounds {
  /** Of one caller in one federation. */
  readonly caller: number
  /** Of one federation; each caller's first is begun beyond it. */
  readonly federation: number
}

/**
 * The queued deployments to begin: first of their lane, and nothing of the lane is under way. Live
 * ones first, then by turns: each federation's first before any's second, and in a federation each
 * caller's first before any's second, where what is under way already counts.
 */
export async function queueHeads (client: Queryable, limit: number, bounds: UnderWayBounds): Promise<Run[]> {
  const { rows } = await client.query<Run>({
    name: 'queue-heads',
    text: `WITH under_way AS (
        SELECT d.mode, d.federation, ${callerColumn} AS caller, count(*) AS runs
        FROM windlass.deployments d
        WHERE d.status IN ('running', 'canceling')
        GROUP BY 1, 2, 3
      ), heads AS (
        SELECT d.id, d.run, d.mode, d.federation, ${callerColumn} AS caller, d.queue_order
        FROM windlass.deployments d
        WHERE d.status = 'queued'
          AND NOT EXISTS (
            SELECT 1
            FROM windlass.deployments o
            WHERE o.federation = d.federation
              AND o.place = d.place
              AND (
                o.status IN ('running', 'waiting', 'canceling')
                OR (o.status = 'queued' AND o.queue_order < d.queue_order)
              )
          )
      ), of_callers AS (
        SELECT h.*, row_number() OVER (PARTITION BY h.mode, h.federation, h.caller ORDER BY h.queue_order)
          + coalesce(u.runs, 0) AS turn
        FROM heads h
          LEFT JOIN under_way u USING (mode, federation, caller)
      ), of_federations AS (
        SELECT c.*, row_number() OVER (PARTITION BY c.mode, c.federation ORDER BY c.turn, c.queue_order)
          + coalesce(
            (
              SELECT sum(u.runs)
              FROM under_way u
              WHERE u.mode = c.mode
                AND u.federation = c.federation
            ),
            0
          ) AS federation_turn
        FROM of_callers c
      )
      SELECT id, run
      FROM of_federations
      WHERE mode = 'live'
        OR (turn <= $2 AND (federation_turn <= $3 OR turn = 1))
      ORDER BY mode <> 'live', federation_turn, queue_order
      LIMIT $1`,
    values: [limit, bounds.caller, bounds.federation]
  })
  return rows
}

/** Says whether it is a queued deployment's turn. The caller has locked its lane. */
export async function hasTurn (client: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1
     FROM windlass.deployments d
     WHERE d.id = $1
       AND NOT EXISTS (
         SELECT 1
         FROM windlass.deployments o
         WHERE o.federation = d.federation
           AND o.place = d.place
           AND o.id <> d.id
           AND (
             o.status IN ('running', 'waiting', 'canceling')
             OR (o.status = 'queued' AND o.queue_order < d.queue_order)
           )
       )`,
    [id]
  )
  return rowCount === 1
}

/**
 * Deployments under way whose workflow is neither running nor about to: a workflow that ended in an
 * error, which nothing else would take up.
 */
export async function strandedRuns (client: Queryable): Promise<Run[]> {
  const { rows } = await client.query<Run>(
    `SELECT d.id, d.run
     FROM windlass.deployments d
     WHERE d.status IN ('running', 'waiting', 'canceling')
       AND NOT EXISTS (
         SELECT 1
         FROM dbos.workflow_status w
         WHERE w.workflow_uuid = d.id || ':' || d.run
           AND w.status IN ('PENDING', 'ENQUEUED', 'DELAYED')
       )`
  )
  return rows
}
