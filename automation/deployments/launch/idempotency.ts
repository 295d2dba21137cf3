/** Launches that were made before with the same idempotency key. */
import { type Deployment } from '../../../contract/deployment.ts'
import { AutomationError } from '../../errors.ts'
import { readDeployment } from '../../store/deployments/deployments.ts'
import { findByKey, type OwnKey } from '../../store/deployments/idempotency-key.ts'
import { type Pool } from '../../store/postgres/database.ts'

/**
 * Finds the deployment that a key launched; undefined when there is none. Throws
 * `idempotency-mismatch` when it was another request.
 */
export async function launchedBefore (
  pool: Pool,
  key: OwnKey | undefined,
  bodyHash: string
): Promise<Deployment | undefined> {
  const known = key && await findByKey(pool, key)
  if (!known) return undefined
  if (known.bodyHash !== bodyHash) {
    throw new AutomationError(
      'idempotency-mismatch',
      { key: key.key, deployment: known.id }
    )
  }
  return await readLaunched(pool, known.id)
}

/** Reads a deployment that was stored. */
export async function readLaunched (pool: Pool, id: string): Promise<Deployment> {
  const deployment = await readDeployment(pool, id)
  if (!deployment) {
    throw new AutomationError('internal', { what: `deployment ${id} was stored and is not there` })
  }
  return deployment
}
