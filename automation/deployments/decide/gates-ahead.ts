import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { type Drivers } from '../gates.ts'
import { checkGates } from '../launch/checks.ts'

/**
 * Throws `approval-impossible` when a gate that a deployment still has to pass could not open any
 * more once these people made it go on.
 */
export function checkGatesAhead (
  { gates, approved }: Pick<LockedDeployment, 'gates' | 'approved'>,
  drivers: Drivers
): void {
  checkGates((gates ?? []).filter(({ phase }) => !approved.includes(phase)), drivers)
}
