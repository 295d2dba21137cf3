import { type PhaseName } from '../../../contract/words.ts'
import { type Queryable } from '../postgres/database.ts'

/** The names of a deployment's phases, by number. */
export async function readPhaseNames (
  client: Queryable,
  deployment: string
): Promise<Map<number, PhaseName>> {
  const { rows } = await client.query<{ number: number, name: PhaseName }>(
    `SELECT number, name
     FROM windlass.phases
     WHERE deployment = $1`,
    [deployment]
  )
  return new Map(rows.map((row) => [row.number, row.name]))
}
