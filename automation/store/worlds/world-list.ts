import { likePattern } from '../deployments/deployments.ts'
import { type Queryable } from '../postgres/database.ts'

/** A world with what some federations have in it. */
export interface ListedWorld {
  name: string
  federations: string[]
  /** Units that are deployed. */
  units: number
  /** Deployments that have not ended. */
  underWay: number
  lastUsed: Date | null
}

/** Worlds by name, after one, of federations by names in which `*` stands for any characters. */
export async function listWorlds (
  database: Queryable,
  page: {
    after?: string | undefined
    limit: number
    federations?: readonly string[] | undefined
    /** Only the world of this name. */
    name?: string
  }
): Promise<ListedWorld[]> {
  const { rows } = await database.query<ListedWorld>({
    name: 'list-worlds',
    text: `WITH page AS (
        SELECT DISTINCT w.world
        FROM windlass.worlds w
        WHERE ($1::text IS NULL OR w.world > $1)
          AND ($3::text[] IS NULL OR w.federation LIKE ANY ($3))
          AND ($4::text IS NULL OR w.world = $4)
        ORDER BY w.world
        LIMIT $2
      )
      SELECT w.world AS name, array_agg(w.federation ORDER BY w.federation) AS federations,
        sum(deployed.units)::int AS units, sum(used.under_way)::int AS "underWay",
        max(used.last) AS "lastUsed"
      FROM page
      JOIN windlass.worlds w ON w.world = page.world
      CROSS JOIN LATERAL (
        SELECT count(*) AS units
        FROM windlass.deployed_units u
        WHERE u.federation = w.federation
          AND u.place = 'rehearsal:' || w.world
      ) deployed
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE d.finished_at IS NULL) AS under_way,
          max(coalesce(d.finished_at, now())) AS last
        FROM windlass.deployments d
        WHERE d.federation = w.federation
          AND d.place = 'rehearsal:' || w.world
      ) used
      WHERE $3::text[] IS NULL OR w.federation LIKE ANY ($3)
      GROUP BY w.world
      ORDER BY w.world`,
    values: [page.after ?? null, page.limit, page.federations?.map(likePattern) ?? null, page.name ?? null]
  })
  return rows
}

/** Lists the federations that rehearse in a world; none when there is no such world. */
export async function federationsIn (database: Queryable, world: string): Promise<string[]> {
  const { rows } = await database.query<{ federation: string }>(
    `SELECT federation
     FROM windlass.worlds
     WHERE world = $1
     ORDER BY federation`,
    [world]
  )
  return rows.map(({ federation }) => federation)
}
