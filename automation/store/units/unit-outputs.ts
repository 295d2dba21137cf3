import { type OutputValues } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type Sealer } from '../postgres/sealer.ts'

/** Outputs of the deployed units of a federation in a place, by unit id, with secret values. */
export async function readOutputs (
  client: Queryable,
  sealer: Sealer,
  lane: { federation: string, place: string }
): Promise<Map<string, OutputValues>> {
  const { rows } = await client.query<{ unit: string, outputs: string }>(
    `SELECT unit, outputs
     FROM windlass.unit_outputs
     WHERE place = $1
       AND federation = $2
     ORDER BY phase, unit`,
    [lane.place, lane.federation]
  )
  return new Map(rows.map((row) => [row.unit, sealer.open(row.outputs) as OutputValues]))
}

/** The deployed units of a federation in a place, and the units that each reads. */
export async function deployedUnits (
  client: Queryable,
  lane: { federation: string, place: string }
): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ unit: string, reads: string[] }>(
    `SELECT unit, reads
     FROM windlass.unit_outputs
     WHERE place = $1
       AND federation = $2
     ORDER BY phase, unit`,
    [lane.place, lane.federation]
  )
  return new Map(rows.map((row) => [row.unit, row.reads]))
}
