import { type PoolClient } from 'pg'
import { type Actor } from '../../../contract/access.ts'
import { type EventOf, type EventType } from '../../../contract/event.ts'
import { type Mode, type Operation } from '../../../contract/words.ts'
import { eventOf, type EventRow } from '../deployments/events.ts'

/** An event that is noted when it is stored: a trigger of the database selects them. */
export type NotedEvent = EventOf<Extract<EventType, `deployment.${string}` | 'unit.failed'>>

/** An event that somebody may want to hear of. */
export interface Notice {
  event: NotedEvent
  federation: string
  operation: Operation
  mode: Mode
  world: string | null
  /** Text of the federation file as it was launched, which says who wants to hear of it. */
  source: string
  launchedBy: Actor | null
  trace: string | null
}

interface Row extends EventRow, Omit<Notice, 'event' | 'launchedBy'> {
  deployment: string
  launched_by: Actor | null
}

// Any constant that nothing else in the database uses: the first eight digits of sha256('windlass
// notices').
const lock = 0x2d71c0be

/**
 * Takes noted events, the oldest of each deployment first, and forgets that they were noted: the
 * caller stores whom to tell in the same transaction. None while another process does it, so that a
 * deployment's events keep their order.
 */
export async function takeNotices (client: PoolClient, limit: number): Promise<Notice[]> {
  const { rows: [turn] } = await client.query<{ mine: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1) AS mine',
    [lock]
  )
  if (turn?.mine !== true) return []
  const { rows } = await client.query<Row>(
    `WITH taken AS (
       DELETE FROM windlass.notices
       WHERE (deployment, seq) IN (
         SELECT deployment, seq
         FROM windlass.notices
         ORDER BY deployment, seq
         LIMIT $1
       )
       RETURNING deployment, seq
     )
     SELECT t.deployment, t.seq, e.type, e.time, e.phase, e.unit, e.body, d.federation, d.operation, d.mode,
       d.world, d.source, d.launched_by, d.trace
     FROM taken t
     JOIN windlass.events e ON e.deployment = t.deployment AND e.seq = t.seq
     JOIN windlass.deployments d ON d.id = t.deployment
     ORDER BY t.deployment, t.seq`,
    [limit]
  )
  return rows.map(({ deployment, launched_by: launchedBy, ...row }) => ({
    event: eventOf(deployment, row) as NotedEvent,
    federation: row.federation,
    operation: row.operation,
    mode: row.mode,
    world: row.world,
    source: row.source,
    launchedBy,
    trace: row.trace
  }))
}
