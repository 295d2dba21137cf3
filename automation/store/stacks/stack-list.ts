import { type Queryable } from '../postgres/database.ts'

/** A stack that exists. */
export interface ListedStack {
  stack: string
  /** Present when an up began with it. */
  unit?: string
  resources: number
  updatedAt: string
}

/**
 * The stacks of a federation in a place, oldest first; `after` is the name of the last one had. A
 * stack's name starts with its federation's and a dot.
 */
export async function listStacks (
  client: Queryable,
  lane: { federation: string, place: string },
  page: { after?: string, limit: number }
): Promise<ListedStack[]> {
  const { rows } = await client.query<
    { stack: string, unit: string | null, resources: number, updated: Date }
  >(
    `SELECT s.stack, d.unit, s.resources, coalesce(s.updated_at, s.created_at) AS updated
     FROM windlass.stacks s
     LEFT JOIN windlass.deployed_units d ON d.place = s.place AND d.stack = s.stack
     WHERE s.place = $1
       AND starts_with(s.stack, $2 || '.')
       AND (
         $3::text IS NULL
         OR (s.created_at, s.stack) > (
           SELECT a.created_at, a.stack
           FROM windlass.stacks a
           WHERE a.place = $1
             AND a.stack = $3
           LIMIT 1
         )
       )
     ORDER BY s.created_at, s.stack
     LIMIT $4`,
    [lane.place, lane.federation, page.after ?? null, page.limit]
  )
  return rows.map((row) => ({
    stack: row.stack,
    ...(row.unit !== null && { unit: row.unit }),
    resources: row.resources,
    updatedAt: row.updated.toISOString()
  }))
}

/** The deployed units of a lane, by stack. */
export async function stackUnits (
  client: Queryable,
  lane: { federation: string, place: string }
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ stack: string, unit: string }>(
    `SELECT stack, unit
     FROM windlass.deployed_units
     WHERE place = $1
       AND federation = $2`,
    [lane.place, lane.federation]
  )
  return new Map(rows.map(({ stack, unit }) => [stack, unit]))
}
