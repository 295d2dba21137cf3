import { type ResourceChange } from '../../../contract/change.ts'
import { type Queryable } from '../postgres/database.ts'

interface Row {
  seq: number
  phase: number
  unit: string
  body: Omit<ResourceChange, 'seq' | 'phase' | 'unit'>
}

/**
 * Reads which resources a deployment changed, in the order of its events, after an event's number;
 * of one unit where it is given.
 */
export async function readChanges (
  database: Queryable,
  deployment: string,
  page: { after: number, limit: number, unit?: string }
): Promise<ResourceChange[]> {
  const { rows } = await database.query<Row>({
    text: `SELECT seq, phase, unit, body
      FROM windlass.events
      WHERE deployment = $1
        AND type = 'resource.succeeded'
        AND seq > $2
        AND ($4::text IS NULL OR unit = $4)
      ORDER BY seq
      LIMIT $3`,
    values: [deployment, page.after, page.limit, page.unit ?? null]
  })
  return rows.map(({ seq, phase, unit, body: { urn, resource, op, diff, diffsCut } }) => ({
    seq,
    phase,
    unit,
    urn,
    resource,
    op,
    ...(diff && { diff }),
    ...(diffsCut !== undefined && { diffsCut })
  }))
}
