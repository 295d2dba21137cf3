/** Outputs that a deployment's units read. */
import { type OutputValues } from '../../stacks/types.ts'
import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { previewedOutputs } from '../../store/units/previewed-outputs.ts'
import { readOutputs } from '../../store/units/unit-outputs.ts'
import { type Storage } from '../service.ts'

/**
 * The outputs of what is deployed, by unit id, and, in a preview, over them what its own units
 * would hand on.
 */
export async function readUpstream (
  { pool, sealer }: Storage,
  { id, federation, place, request }: Pick<LockedDeployment, 'id' | 'federation' | 'place' | 'request'>
): Promise<Map<string, OutputValues>> {
  const deployed = await readOutputs(pool, sealer, { federation, place })
  return request.operation === 'preview'
    ? new Map([...deployed, ...await previewedOutputs(pool, sealer, id)])
    : deployed
}
