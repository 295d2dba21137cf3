import { type Event, type EventType } from '../../../contract/event.ts'
import { type DeploymentStatus } from '../../../contract/words.ts'
import { type Queryable } from '../postgres/database.ts'

/**
 * Events after a number, and where the deployment stood at that moment: one statement, so the two
 * belong together.
 */
export interface EventsRead {
  events: Event[]
  status: DeploymentStatus
  lastEvent: number
  /** The first event that is kept; one after the last when none are. */
  eventsFrom: number
}
/** An event's columns. */
export interface EventRow {
  seq: number
  time: Date
  type: EventType
  phase: number | null
  unit: string | null
  body: Record<string, unknown>
}
interface Row extends Omit<EventRow, 'seq'> {
  status: DeploymentStatus
  last_event: number
  events_from: number
  /** Null where a deployment has no event in the page. */
  seq: number | null
}

/**
 * Puts an event together as it was handed to the store. Events are stored by what was then the
 * contract, whose fields are never taken back, so that its type is believed.
 */
export function eventOf (deployment: string, { seq, time, type, phase, unit, body }: EventRow): Event {
  return {
    seq,
    time: time.toISOString(),
    type,
    deployment,
    ...(phase !== null && { phase }),
    ...(unit !== null && { unit }),
    ...body
  } as Event
}

/** Reads a page of events in order. Undefined when there is no such deployment. */
export async function readEvents (
  database: Queryable,
  deployment: string,
  page: { after: number, limit: number }
): Promise<EventsRead | undefined> {
  const { rows } = await database.query<Row>({
    // Prepared once per connection: it is the statement that followers wait for.
    name: 'read-events',
    text: `SELECT d.status, d.last_event, d.events_from, e.seq, e.time, e.type, e.phase, e.unit, e.body
      FROM windlass.deployments d
      LEFT JOIN LATERAL (
        SELECT *
        FROM windlass.events
        WHERE deployment = d.id
          AND seq > $2
        ORDER BY seq
        LIMIT $3
      ) e ON true
      WHERE d.id = $1
      ORDER BY e.seq`,
    values: [deployment, page.after, page.limit]
  })
  const first = rows[0]
  if (!first) return undefined
  const events = rows.flatMap((row): Event[] =>
    row.seq === null ? [] : [eventOf(deployment, { ...row, seq: row.seq })]
  )
  return { events, status: first.status, lastEvent: first.last_event, eventsFrom: first.events_from }
}
