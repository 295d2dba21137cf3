import { type DriftCounts, type DriftFinding } from '../../../contract/drift.ts'
import { type DriftKind } from '../../../contract/words.ts'
import { type DriftDraft } from '../../drift/draft.ts'
import { type DriftRecord } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText, toldText } from '../postgres/json.ts'

/** Findings of a drift check that are wanted; absent: all. */
export interface DriftFilter {
  kind?: DriftKind
  unit?: string
  ignored?: boolean
}

/**
 * Keeps what a drift check found in a unit, instead of what an attempt of an earlier run had found.
 * The caller holds the unit's lease in this transaction.
 */
export async function recordDrift (
  client: Queryable,
  { deployment, unit }: { deployment: string, unit: string },
  { counts, findings }: DriftRecord
): Promise<void> {
  await client.query(
    `UPDATE windlass.units
     SET drift = $3
     WHERE deployment = $1
       AND id = $2`,
    [deployment, unit, jsonText(counts)]
  )
  await client.query(
    `DELETE FROM windlass.drift_findings
     WHERE deployment = $1
       AND unit = $2`,
    [deployment, unit]
  )
  if (findings.length === 0) return
  await client.query(
    `INSERT INTO windlass.drift_findings (deployment, unit, kind, ignored, body)
     SELECT $1, $2, f.kind, f.ignored, f.body::json
     FROM unnest($3::text[], $4::boolean[], $5::text[]) WITH ORDINALITY AS f(kind, ignored, body, place)
     ORDER BY f.place`,
    [
      deployment,
      unit,
      findings.map(({ kind }) => kind),
      findings.map(({ ignored }) => ignored !== undefined),
      findings.map((finding) => toldText(finding))
    ]
  )
}

interface Row {
  number: string
  phase: number
  unit: string
  body: DriftDraft
}

/** Findings of a drift check after a number, in their order. */
export async function listDrift (
  database: Queryable,
  deployment: string,
  { after, limit, kind, unit, ignored }: { after: number, limit: number } & DriftFilter
): Promise<DriftFinding[]> {
  const { rows } = await database.query<Row>(
    `SELECT f.number, u.phase, f.unit, f.body
     FROM windlass.drift_findings f
     JOIN windlass.units u ON u.deployment = f.deployment AND u.id = f.unit
     WHERE f.deployment = $1
       AND f.number > $2
       AND ($3::text IS NULL OR f.kind = $3)
       AND ($4::text IS NULL OR f.unit = $4)
       AND ($5::boolean IS NULL OR f.ignored = $5)
     ORDER BY f.number
     LIMIT $6`,
    [deployment, after, kind ?? null, unit ?? null, ignored ?? null, limit]
  )
  return rows.map(({ number, phase, unit, body }) => ({ number: Number(number), phase, unit, ...body }))
}

/**
 * A sum of units' drift as SQL: `units` is the alias of what it is taken over. Null when no unit
 * was compared.
 */
export const driftSum = (units: string): string =>
  `json_build_object(
    'resources', sum((${units}.drift->>'resources')::int),
    'changed', sum((${units}.drift->>'changed')::int),
    'output', sum((${units}.drift->>'output')::int),
    'missing', sum((${units}.drift->>'missing')::int),
    'ignored', json_build_object(
      'changed', sum((${units}.drift->'ignored'->>'changed')::int),
      'output', sum((${units}.drift->'ignored'->>'output')::int),
      'missing', sum((${units}.drift->'ignored'->>'missing')::int)
    )
  )`

/**
 * Sums up what a drift check found, and counts the resources by type that differ in something to do
 * about, the most frequent first; undefined when no unit was compared.
 */
export async function driftSummary (
  database: Queryable,
  deployment: string
): Promise<{ counts: DriftCounts, units: number, types: { type: string, count: number }[] } | undefined> {
  const { rows } = await database.query<
    { counts: DriftCounts | null, units: number, types: { type: string, count: number }[] | null }
  >(
    `SELECT
       (
         SELECT ${driftSum('u')}
         FROM windlass.units u
         WHERE u.deployment = $1
           AND u.drift IS NOT NULL
         HAVING count(*) > 0
       ) AS counts,
       (
         SELECT count(DISTINCT unit)::int
         FROM windlass.drift_findings
         WHERE deployment = $1
           AND NOT ignored
           AND kind <> 'output'
       ) AS units,
       (
         SELECT json_agg(t ORDER BY t.count DESC, t.type)
         FROM (
           SELECT body->'resource'->>'type' AS type, count(*)::int AS count
           FROM windlass.drift_findings
           WHERE deployment = $1
             AND NOT ignored
             AND kind <> 'output'
           GROUP BY 1
         ) t
       ) AS types`,
    [deployment]
  )
  const row = rows[0]
  return row?.counts ? { counts: row.counts, units: row.units, types: row.types ?? [] } : undefined
}
