import { type Failure } from '../../../contract/deployment.ts'
import { failure } from '../../failures.ts'
import { type Queryable } from '../postgres/database.ts'

/** The units of a deployment that failed, the first failure first. */
export async function failedUnits (
  client: Queryable,
  deployment: string
): Promise<{ unit: string, error: Failure }[]> {
  const { rows } = await client.query<{ unit: string, error: Failure | null }>(
    `SELECT id AS unit, error
     FROM windlass.units
     WHERE deployment = $1
       AND status = 'failed'
     ORDER BY finished_at, position`,
    [deployment]
  )
  return rows.map(({ unit, error }) => ({
    unit,
    error: error ?? failure('unknown', {}, { unit })
  }))
}
