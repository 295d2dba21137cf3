import { type OutputValues } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type Sealer } from '../postgres/sealer.ts'

/**
 * Reads the outputs that the units of a preview that succeeded so far would hand on, by unit id,
 * with secret values. They are kept with the deployment only: nothing but its own later units reads
 * them.
 */
export async function previewedOutputs (
  client: Queryable,
  sealer: Sealer,
  deployment: string
): Promise<Map<string, OutputValues>> {
  const { rows } = await client.query<{ id: string, outputs: string }>(
    `SELECT id, outputs
     FROM windlass.units
     WHERE deployment = $1
       AND status = 'succeeded'
       AND outputs IS NOT NULL`,
    [deployment]
  )
  return new Map(rows.map((row) => [row.id, sealer.open(row.outputs) as OutputValues]))
}
