import { type EventDraft } from '../../event-draft.ts'
import { type Observe } from '../../observations.ts'
import { lockLane } from '../../store/deployments/lane-lock.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { hasTurn } from '../../store/deployments/queue-heads.ts'
import { queuedSeconds } from '../../store/deployments/queued-seconds.ts'
import { restartRun } from '../../store/deployments/requeued-deployment.ts'
import { setDeploymentStatus } from '../../store/deployments/statuses.ts'
import { type Pool, type Queryable, transaction } from '../../store/postgres/database.ts'
import { beginOutages } from '../../store/worlds/outages.ts'
import { beginInWorld } from '../../store/worlds/world-clock.ts'
import { deploymentBefore, isEnded } from '../states.ts'

/**
 * Takes a deployment's turn: queued becomes running. Resolves with the deployment, also when this
 * run had begun before; undefined when there is nothing to drive: it ended, it goes under another
 * run, or it is not its turn (then the run's number is given up, since its workflow cannot be
 * started again).
 */
export async function beginRun (
  pool: Pool,
  observe: Observe,
  run: { id: string, run: number, lane: { federation: string, place: string } }
): Promise<LockedDeployment | undefined> {
  let queued: number | undefined
  const begun = await transaction(pool, async (client) => {
    await lockLane(client, run.lane)
    const deployment = await lockDeployment(client, run.id)
    if (!deployment || deployment.run !== run.run || isEnded(deployment.status)) return undefined
    if (deployment.status !== 'queued') return deployment
    if (!await hasTurn(client, run.id)) {
      await restartRun(client, run.id, run.run)
      return undefined
    }
    await setDeploymentStatus(client, run.id, {
      from: deploymentBefore('running').filter((status) => status === 'queued'),
      to: 'running'
    })
    await beginAsked(client, deployment)
    const started: EventDraft = { type: 'deployment.started', run: run.run }
    queued = await queuedSeconds(client, run.id)
    await appendEvents(client, run.id, [started])
    const virtualBase = deployment.world === null ? null : await beginInWorld(client, run.id)
    return { ...deployment, virtualBase, status: 'running' as const }
  })
  if (begun && queued !== undefined) {
    observe({
      kind: 'deployment-started',
      operation: begun.request.operation,
      mode: begun.request.mode,
      queued
    })
  }
  return begun
}

/** Begins the outages that a deployment's launch asks for: they last until somebody ends them. */
async function beginAsked (
  client: Queryable,
  { id, world, request, scenario }: LockedDeployment
): Promise<void> {
  const outages = [...request.rehearsal?.faults ?? [], ...scenario?.faults ?? []].filter(({ kind }) =>
    kind === 'outage'
  )
  if (world !== null && outages.length > 0) await beginOutages(client, world, outages, id)
}
