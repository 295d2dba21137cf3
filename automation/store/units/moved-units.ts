/** Units whose resources were moved from one to another. */
import { type Scope } from '../../../programs/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/** A unit that has resources from now on. */
export interface ReceivingUnit {
  readonly unit: string
  readonly phase: number
  readonly scope: Scope
  readonly stack: string
  readonly reads: readonly string[]
}

/** Counts a unit among what is deployed, unless it is. */
export async function insertDeployedUnit (
  client: Queryable,
  { federation, place, deployment }: { federation: string, place: string, deployment: string },
  { unit, phase, scope, stack, reads }: ReceivingUnit
): Promise<void> {
  await client.query(
    `INSERT INTO windlass.deployed_units (place, stack, federation, unit, phase, scope, reads, deployment)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (place, stack) DO NOTHING`,
    [place, stack, federation, unit, phase, jsonText(scope), reads, deployment]
  )
}

/** Forgets a unit that has nothing any more, with its outputs. */
export async function deleteDeployedUnit (
  client: Queryable,
  { place, stack }: { place: string, stack: string }
): Promise<void> {
  await client.query(
    `DELETE FROM windlass.deployed_units
     WHERE place = $1
       AND stack = $2`,
    [place, stack]
  )
  await client.query(
    `DELETE FROM windlass.unit_outputs
     WHERE place = $1
       AND stack = $2`,
    [place, stack]
  )
}

/**
 * Gives the leases of stacks to nobody: whatever an attempt that was taken over still writes about
 * them is refused.
 */
export async function fenceStacks (
  client: Queryable,
  place: string,
  stacks: readonly string[]
): Promise<void> {
  await client.query(
    `UPDATE windlass.leases
     SET fence = fence + 1
     WHERE place = $1
       AND stack = ANY ($2)`,
    [place, stacks]
  )
}

/** Notes that nothing is to be moved any more out of these stacks. */
export async function endMoves (client: Queryable, place: string, stacks: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE windlass.deployed_units
     SET moves = false
     WHERE place = $1
       AND moves
       AND stack = ANY ($2)`,
    [place, stacks]
  )
}
