import { type PoolClient } from 'pg'
import { type By } from '../../acts.ts'
import { type EventDraft } from '../../event-draft.ts'
import { cancelQueued } from '../../store/deployments/canceled-queue.ts'
import { setDeploymentStatus } from '../../store/deployments/statuses.ts'
import { finishDeployment } from '../finish.ts'
import { wrongStatus } from '../refusals.ts'
import { deploymentBefore, isEnded } from '../states.ts'
import { actorOf, decide, type DecisionParts } from './decision.ts'

/**
 * Cancels: a queued deployment at once; one under way as soon as its running units ended. Canceling
 * again changes nothing.
 */
export async function cancel (parts: DecisionParts, id: string, by: By = {}): Promise<void> {
  await decide(parts, id, by, async (client, deployment) => {
    if (deployment.status === 'canceling' || deployment.status === 'canceled') return undefined
    if (isEnded(deployment.status)) {
      throw wrongStatus(deployment, { because: 'ended' })
    }
    // It ends without a deployment.canceling before: its last event says who did it.
    const act = {
      what: 'canceled',
      before: { status: deployment.status },
      after: { status: deployment.status === 'queued' ? 'canceled' : 'canceling' }
    } as const
    if (deployment.status === 'queued') {
      if (deployment.run === 1) return { act, events: await cancelUnbegun(client, id, by) }
      return {
        act,
        events: (await finishDeployment(client, deployment)).map((event) =>
          event.type === 'deployment.canceled' ? { ...event, ...actorOf(by) } : event
        )
      }
    }
    await setDeploymentStatus(client, id, { from: deploymentBefore('canceling'), to: 'canceling' })
    return { act, events: [{ type: 'deployment.canceling', ...actorOf(by) }] }
  })
}

/** Cancels what never began: it has made nothing that its end would tell of. */
async function cancelUnbegun (client: PoolClient, id: string, by: By): Promise<EventDraft[]> {
  const units = await cancelQueued(client, id, 'the deployment was canceled before it started')
  return [
    ...units.map((unit): EventDraft => ({ type: 'unit.canceled', ...unit })),
    { type: 'deployment.canceled', ...actorOf(by) }
  ]
}
