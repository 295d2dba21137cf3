import { type Queryable } from '../postgres/database.ts'

/**
 * The channel that wakes a deployment's driver, wherever it runs; the payload is the deployment's
 * id.
 */
export const controlChannel = 'windlass_control'

/**
 * At commit, has the driver of a deployment look at it again: it was canceled, approved, rejected
 * or resumed.
 */
export async function announceControl (client: Queryable, deployment: string): Promise<void> {
  await client.query('SELECT pg_notify($1, $2)', [controlChannel, deployment])
}
