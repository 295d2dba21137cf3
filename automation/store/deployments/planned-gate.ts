import { type OpenGate } from '../../../contract/gate.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/** A gate as it is planned at launch and stored, before anybody decided at it. */
export type PlannedGate = Omit<OpenGate, 'missing' | 'approvedBy' | 'expiresAt'>

/** Stores the gates of a deployment as they are from now on. */
export async function keepGates (
  client: Queryable,
  deployment: string,
  gates: readonly PlannedGate[]
): Promise<void> {
  await client.query(
    `UPDATE windlass.deployments
     SET gates = $2
     WHERE id = $1`,
    [deployment, jsonText(gates)]
  )
}
