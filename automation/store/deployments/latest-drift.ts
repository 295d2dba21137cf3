import { type DriftCounts } from '../../../contract/drift.ts'
import { type Mode } from '../../../contract/words.ts'
import { type Queryable } from '../postgres/database.ts'
import { likePattern } from './deployments.ts'
import { driftSum } from './drift-findings.ts'

/** Findings of a federation's latest drift check that succeeded: live, or in a world. */
export interface DriftFigure {
  federation: string
  mode: Mode
  world?: string
  checkedAt: string
  counts: DriftCounts
}

/** Federations and places that are told: each is a line of metrics, so their number is bounded. */
const most = 200

/**
 * Reads what the latest successful drift check of each federation and place found. `federations`:
 * only theirs, by names in which `*` stands for any characters.
 */
export async function latestDrift (
  database: Queryable,
  federations?: readonly string[]
): Promise<DriftFigure[]> {
  const { rows } = await database.query<
    { federation: string, mode: Mode, world: string | null, finished_at: Date, counts: DriftCounts | null }
  >({
    name: 'latest-drift',
    text: `SELECT d.federation, d.mode, d.world, d.finished_at,
        (
          SELECT ${driftSum('u')}
          FROM windlass.units u
          WHERE u.deployment = d.id
            AND u.drift IS NOT NULL
          HAVING count(*) > 0
        ) AS counts
      FROM (
        SELECT DISTINCT ON (federation, place) id, federation, mode, world, finished_at
        FROM windlass.deployments
        WHERE operation = 'drift-check'
          AND status = 'succeeded'
          AND NOT fresh
          AND ($1::text[] IS NULL OR federation LIKE ANY ($1))
        ORDER BY federation, place, number DESC
        LIMIT ${most}
      ) d`,
    values: [federations?.map(likePattern) ?? null]
  })
  return rows.flatMap(({ federation, mode, world, finished_at: checked, counts }) =>
    counts
      ? [{ federation, mode, ...(world !== null && { world }), checkedAt: checked.toISOString(), counts }]
      : []
  )
}
