/** Places in which units of federations are deployed, counted. Fresh worlds go by themselves. */
import { type Mode } from '../../../contract/words.ts'
import { placeParts } from '../../place.ts'
import { likePattern } from '../deployments/deployments.ts'
import { type Queryable } from '../postgres/database.ts'

/** Units of a federation that are deployed in a place. */
export interface DeployedPlace {
  federation: string
  mode: Mode
  /** Only in rehearsals. */
  world?: string
  /** Number of those that are deployed there. */
  units: number
}

/** Units of one federation that are not counted. */
export interface Counted {
  readonly federation: string
  readonly unit: string
}

export interface DeployedPlaceQuery {
  /** Only these federations, by names in which `*` stands for any characters. */
  readonly federations?: readonly string[] | undefined
  /** Federations that are left out. */
  readonly except: readonly string[]
  /** Units that are left out. */
  readonly declared: readonly Counted[]
  readonly limit: number
}

const mayBeSeen = `(v.patterns IS NULL OR u.federation LIKE ANY (v.patterns))
  AND NOT EXISTS (
    SELECT 1
    FROM windlass.deployments d
    WHERE d.id = u.deployment
      AND d.fresh
  )`

/**
 * Lists places with how many units are deployed there: live ones first, then by name. `total`
 * counts those after the limit too.
 */
export async function deployedPlaces (
  database: Queryable,
  { federations, except, declared, limit }: DeployedPlaceQuery
): Promise<{ places: DeployedPlace[], total: number }> {
  const { rows } = await database.query<{ federation: string, place: string, units: number, total: number }>({
    name: 'deployed-places',
    text: `WITH v AS (
        SELECT $1::text[] AS patterns
      ), declared AS (
        SELECT *
        FROM unnest($3::text[], $4::text[]) AS t(federation, unit)
      )
      SELECT u.federation, u.place, count(*)::int AS units, (count(*) OVER ())::int AS total
      FROM windlass.deployed_units u
      CROSS JOIN v
      LEFT JOIN declared o ON o.federation = u.federation AND o.unit = u.unit
      WHERE o.unit IS NULL
        AND u.federation <> ALL ($2)
        AND ${mayBeSeen}
      GROUP BY u.federation, u.place
      ORDER BY u.place <> 'live', u.federation, u.place
      LIMIT $5`,
    values: [
      federations?.map(likePattern) ?? null,
      except,
      declared.map(({ federation }) => federation),
      declared.map(({ unit }) => unit),
      limit
    ]
  })
  return {
    places: rows.map(({ federation, place, units }) => ({ federation, ...placeParts(place), units })),
    total: rows[0]?.total ?? 0
  }
}

/** Counts the places in which anything of some federations is deployed. */
export async function countDeployedPlaces (
  database: Queryable,
  { only, federations }: { only: readonly string[] } & Pick<DeployedPlaceQuery, 'federations'>
): Promise<number> {
  const { rows } = await database.query<{ places: number }>({
    name: 'count-deployed-places',
    text: `SELECT count(DISTINCT (u.federation, u.place))::int AS places
      FROM windlass.deployed_units u
      CROSS JOIN (
        SELECT $1::text[] AS patterns
      ) v
      WHERE u.federation = ANY ($2)
        AND ${mayBeSeen}`,
    values: [federations?.map(likePattern) ?? null, only]
  })
  return rows[0]?.places ?? 0
}
