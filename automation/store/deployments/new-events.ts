import { type EventDraft } from '../../event-draft.ts'
import { clean } from '../../redaction/gate.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/**
 * The channel on which stored events are announced; the payload is the deployment's id and the last
 * number, with a space between.
 */
export const eventsChannel = 'windlass_events'

/** Fields that the engine or the service makes, which are most of the event of a resource. */
const isMade: ReadonlySet<string> = new Set(['urn', 'op', 'resource', 'emittedAt', 'attempt'])

/**
 * The columns of an event, without secrets: what it is about is looked for, the rest is kept as
 * JSON.
 */
function rowOf (
  draft: EventDraft
): { type: string, phase: number | null, unit: string | null, body: string } {
  const { type, phase, unit, ...body }: { type: string, phase?: number, unit?: string } = draft
  const texts = Object.entries(body).map(([name, value]) => [name, isMade.has(name) ? value : clean(value)])
  return { type, phase: phase ?? null, unit: unit ?? null, body: jsonText(Object.fromEntries(texts)) }
}

/**
 * Numbers and stores events, and announces them at commit. The deployment's row is locked from here
 * to the end of the transaction, so numbers have no gaps and rise with time. Once a transaction:
 * callers collect their drafts. Resolves with the last number.
 */
export async function appendEvents (
  client: Queryable,
  deployment: string,
  drafts: readonly EventDraft[]
): Promise<number> {
  const rows = drafts.map(rowOf)
  const { rows: stored } = await client.query<{ last_event: number }>(
    `WITH numbered AS (
       UPDATE windlass.deployments
       SET last_event = last_event + cardinality($2::text[])
       WHERE id = $1
       RETURNING last_event
     ), stored AS (
       INSERT INTO windlass.events (deployment, seq, time, type, phase, unit, body)
       SELECT $1, numbered.last_event - cardinality($2::text[]) + draft.number, clock_timestamp(), draft.type,
         draft.phase, draft.unit, draft.body::json
       FROM numbered,
         unnest(
           $2::text[], $3::int[], $4::text[], $5::text[]
         ) WITH ORDINALITY AS draft(type, phase, unit, body, number)
     )
     SELECT last_event, pg_notify('${eventsChannel}', $1 || ' ' || last_event)
     FROM numbered`,
    [
      deployment,
      rows.map(({ type }) => type),
      rows.map(({ phase }) => phase),
      rows.map(({ unit }) => unit),
      rows.map(({ body }) => body)
    ]
  )
  const row = stored[0]
  if (!row) throw new RangeError(`there is no deployment ${deployment} to append events to`)
  return row.last_event
}
