import { type PoolClient } from 'pg'
import { type By } from '../../acts.ts'
import { placeOf } from '../../place.ts'
import { readDeployment } from '../../store/deployments/deployments.ts'
import { lockLane } from '../../store/deployments/lane-lock.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { requeueDeployment } from '../../store/deployments/requeued-deployment.ts'
import { transaction } from '../../store/postgres/database.ts'
import { activeTrace, traceparentOf } from '../../tracing/context.ts'
import { deploymentContext } from '../../tracing/deployment-spans.ts'
import { driversOf } from '../gates.ts'
import { deploymentNotFound, wrongStatus } from '../refusals.ts'
import { checkQueue } from '../room.ts'
import { callerOf } from '../shares.ts'
import { actorOf, type DecisionParts, driversBy, noteAct } from './decision.ts'
import { checkGatesAhead, raiseGates } from './gates-ahead.ts'

/** Queues a failed or canceled deployment for another run of what has not succeeded. */
export async function resume (parts: DecisionParts, id: string, by: By = {}): Promise<void> {
  const { pool, room } = parts
  const shown = await readDeployment(pool, id)
  if (!shown) throw deploymentNotFound(id)
  await transaction(pool, async (client) => {
    await lockLane(client, { federation: shown.federation, place: placeOf(shown.mode, shown.world) })
    const deployment = await lockDeployment(client, id)
    if (!deployment) throw deploymentNotFound(id)
    checkResumable(deployment)
    await checkGatesAfter(client, deployment, by)
    const { federation, launchedBy } = deployment
    await checkQueue(client, room, { federation, caller: callerOf(launchedBy) })
    const [parent, link] = [activeTrace(), deploymentContext(id, deployment.trace)]
    const run = await requeueDeployment(client, id, {
      ...(parent && { parent: traceparentOf(parent) }),
      ...(link && { link: traceparentOf(link) })
    })
    await appendEvents(client, id, [{ type: 'deployment.resumed', run, ...actorOf(by) }])
    await noteAct(parts, client, deployment, {
      what: 'resumed',
      before: { status: deployment.status },
      after: { status: 'queued', run }
    }, by)
  })
}

/**
 * Has the gates ask for more where nobody knows who resumes. Throws `approval-impossible` when one
 * could not open after it.
 */
async function checkGatesAfter (
  client: PoolClient,
  deployment: LockedDeployment,
  by: By
): Promise<void> {
  if (!by.actor) return
  // A resume asks for approvals anew, but of phases that succeeded.
  const { gates, statuses } = await raiseGates(client, deployment, by)
  const approved = deployment.approved.filter((phase) => statuses.get(phase) === 'succeeded')
  checkGatesAhead({ gates, approved }, driversOf(deployment, driversBy('resumed', by)))
}

/** Throws `wrong-status` for a deployment that cannot be resumed. */
function checkResumable (deployment: LockedDeployment): void {
  if (deployment.status !== 'failed' && deployment.status !== 'canceled') {
    throw wrongStatus(deployment, { because: 'not-resumable' })
  }
  if (deployment.fresh) {
    throw wrongStatus(deployment, { because: 'fresh-world' })
  }
  if (deployment.worldDropped) {
    throw wrongStatus(deployment, { because: 'world-removed', world: deployment.world ?? '' })
  }
  if (deployment.outputsRemoved && deployment.operation === 'preview') {
    throw wrongStatus(deployment, { because: 'outputs-removed' })
  }
}
