import { type By } from '../../acts.ts'
import { setDeploymentStatus } from '../../store/deployments/statuses.ts'
import { keepOverride } from '../../store/deployments/window-override.ts'
import { wrongStatus } from '../refusals.ts'
import { actOn, actorOf, decide, type DecisionParts } from './decision.ts'

/**
 * Has a deployment that waits for a maintenance window, or for the end of a freeze, go on now and,
 * until it is resumed, to its end.
 */
export async function overrideWindow (
  parts: DecisionParts,
  id: string,
  { reason }: { reason: string },
  by: By = {}
): Promise<void> {
  await decide(parts, id, async (client, deployment) => {
    const { status, window } = deployment
    if (status !== 'waiting' || !window) {
      throw wrongStatus(
        deployment,
        'only one that waits for a maintenance window, or for the end of a freeze, can be had to go on'
      )
    }
    await keepOverride(client, id, { ...actorOf(by), reason, time: parts.now().toISOString() })
    await setDeploymentStatus(client, id, { from: ['waiting'], to: 'running' })
    return {
      act: actOn(deployment, 'overridden', by, {
        before: { status, ...window },
        after: { status: 'running' },
        reason
      }),
      events: [{ type: 'deployment.continued', phase: window.phase, comment: reason, ...actorOf(by) }]
    }
  })
}
