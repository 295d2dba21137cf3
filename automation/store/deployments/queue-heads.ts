import { type Queryable } from '../postgres/database.ts'

/** A run that can be started: the workflow's id is '<id>:<run>'. */
export interface Run {
  id: string
  run: number
}

/**
 * The queued deployments whose turn it is: first of their lane, and nothing of the lane is under
 * way.
 */
export async function queueHeads (client: Queryable, limit: number): Promise<Run[]> {
  const { rows } = await client.query<Run>({
    name: 'queue-heads',
    text: `SELECT d.id, d.run
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
      ORDER BY d.queue_order
      LIMIT $1`,
    values: [limit]
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
