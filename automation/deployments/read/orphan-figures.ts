/** Orphaned units in all places, counted for the metrics. */
import { type OrphanFigures } from '../../ports.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { countDeployedPlaces, deployedPlaces } from '../../store/units/deployed-places.ts'
import { type Topology } from '../topology.ts'

/** Federations and places that are told: each is a line of metrics, so their number is bounded. */
const mostPlaces = 200

/**
 * Counts the deployed units that their federation's file does not have: all of them, when there is
 * none. `federations`: only theirs, by names in which `*` stands for any characters.
 */
export async function orphanFigures (
  { pool, topology }: { pool: Pool, topology: Pick<Topology, 'declared'> },
  federations?: readonly string[]
): Promise<OrphanFigures> {
  const files = await topology.declared()
  if (!files) {
    const { total } = await deployedPlaces(pool, { federations, except: [], declared: [], limit: 1 })
    return { places: [], unknown: { 'file-invalid': total, 'too-many': 0 } }
  }
  const unreadable = [...files].flatMap(([name, units]) => units ? [] : [name])
  const declared = [...files].flatMap(([federation, units]) =>
    [...units ?? []].map((unit) => ({ federation, unit }))
  )
  const { places, total } = await deployedPlaces(pool, {
    federations,
    except: unreadable,
    declared,
    limit: mostPlaces
  })
  return {
    places,
    unknown: {
      'file-invalid': await countDeployedPlaces(pool, { only: unreadable, federations }),
      'too-many': total - places.length
    }
  }
}
