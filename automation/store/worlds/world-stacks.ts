import { placeOf } from '../../place.ts'
import { type Queryable } from '../postgres/database.ts'

/** A stack in a world, and the unit that it is of. */
export interface WorldStack {
  stack: string
  unit: string
  phase: number
}

/** Lists the stacks of units that are deployed in a world, by name. */
export async function stacksIn (database: Queryable, world: string): Promise<WorldStack[]> {
  const { rows } = await database.query<WorldStack>(
    `SELECT stack, unit, phase
     FROM windlass.deployed_units
     WHERE place = $1
     ORDER BY stack`,
    [placeOf('rehearsal', world)]
  )
  return rows
}
