import { type PoolClient } from 'pg'
import { type Actor } from '../../../contract/access.ts'
import { personOf } from '../../access/model.ts'
import { type Act, type By } from '../../acts.ts'
import { AutomationError } from '../../errors.ts'
import { type EventDraft } from '../../event-draft.ts'
import { placeOf } from '../../place.ts'
import { countApprovals, insertDecision } from '../../store/deployments/approvals.ts'
import { announceControl } from '../../store/deployments/control-announcement.ts'
import { gateAt, readDeployment } from '../../store/deployments/deployments.ts'
import { lockLane } from '../../store/deployments/lane-lock.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { approvePhase } from '../../store/deployments/phase-approval.ts'
import { requeueDeployment } from '../../store/deployments/requeued-deployment.ts'
import { setDeploymentStatus } from '../../store/deployments/statuses.ts'
import { keepOverride } from '../../store/deployments/window-override.ts'
import { appendAudit } from '../../store/identity/audit.ts'
import { type Pool, transaction } from '../../store/postgres/database.ts'
import { activeTrace, traceparentOf } from '../../tracing/context.ts'
import { deploymentContext } from '../../tracing/deployment-spans.ts'
import { finishDeployment } from '../finish.ts'
import { audienceOf, type Decider, refusalOf } from '../gates.ts'
import { type DeploymentSpans } from '../spans.ts'
import { deploymentBefore, isEnded } from '../states.ts'

/** A person's decision on the gate of a phase. */
export interface Decision {
  phase: number
  comment?: string
}
/** What decisions work with. `clean` takes secrets out of what is noted in the audit log. */
export interface DecisionParts {
  pool: Pool
  clean: <T>(value: T) => T
  now: () => Date
  spans: DeploymentSpans
}

export function notFound (id: string): AutomationError {
  return new AutomationError('deployment-not-found', `there is no deployment ${id}`, { deployment: id })
}

/** What asks for events that are kept no more. */
export function eventsRemoved (
  id: string,
  { eventsFrom, lastEvent }: { eventsFrom: number, lastEvent: number }
): AutomationError {
  const kept = eventsFrom > lastEvent
    ? `all ${lastEvent} were`
    : `the first ${eventsFrom - 1} were, and ${eventsFrom} to ${lastEvent} are kept`
  return new AutomationError(
    'events-removed',
    `events of deployment ${id} were removed with their age: ${kept}; read on after ${eventsFrom - 1}`,
    { deployment: id, eventsFrom, lastEvent }
  )
}

function wrongStatus (
  deployment: Pick<LockedDeployment, 'id' | 'status'>,
  right: string,
  more: Record<string, unknown> = {}
): AutomationError {
  return new AutomationError(
    'wrong-status',
    `deployment ${deployment.id} is ${deployment.status}; ${right}`,
    { deployment: deployment.id, status: deployment.status, ...more }
  )
}

/** An act on a deployment as the audit log has it. */
function actOn (
  deployment: Pick<LockedDeployment, 'id' | 'federation'>,
  what: string,
  { actor, origin }: By,
  more: Pick<Act, 'before' | 'after' | 'reason'>
): Act {
  return {
    action: `deployment.${what}`,
    outcome: 'done',
    ...(actor ? { actor } : {}),
    ...(origin ? { origin } : {}),
    target: { kind: 'deployment', id: deployment.id, federation: deployment.federation },
    ...more
  }
}
const actorOf = ({ actor }: By): { actor?: Actor } => actor ? { actor } : {}

async function decide (
  { pool, clean, spans }: DecisionParts,
  id: string,
  work: (
    client: PoolClient,
    deployment: LockedDeployment
  ) => Promise<{ events: EventDraft[], act: Act } | undefined>
): Promise<void> {
  const events = await transaction(pool, async (client) => {
    const deployment = await lockDeployment(client, id)
    if (!deployment) throw notFound(id)
    const done = await work(client, deployment)
    if (!done) return []
    await appendEvents(client, id, done.events)
    await announceControl(client, id)
    await appendAudit(client, clean(done.act))
    return done.events
  })
  spans.stored(id, events)
}

/**
 * Cancels: a queued deployment at once; one under way as soon as its running units ended. Canceling
 * again changes nothing.
 */
export async function cancel (parts: DecisionParts, id: string, by: By = {}): Promise<void> {
  await decide(parts, id, async (client, deployment) => {
    if (deployment.status === 'canceling' || deployment.status === 'canceled') return undefined
    if (isEnded(deployment.status)) {
      throw wrongStatus(deployment, 'only one that has not ended can be canceled')
    }
    // It ends without a deployment.canceling before: its last event says who did it.
    const act = actOn(deployment, 'canceled', by, {
      before: { status: deployment.status },
      after: { status: deployment.status === 'queued' ? 'canceled' : 'canceling' }
    })
    if (deployment.status === 'queued') {
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

/** The service's own decisions are one voice. */
const serviceVoice = 'windlass'
const voiceOf = (actor: Actor | undefined): string => actor ? personOf(actor) : serviceVoice

/**
 * Approves the phase that a deployment waits for: it goes on once as many as its gate needs have.
 * Who approves twice counts once.
 */
export async function approve (
  parts: DecisionParts,
  id: string,
  { phase, comment }: Decision,
  by: By & Decider = {}
): Promise<void> {
  const { actor, groups = [] } = by
  await decide(parts, id, async (client, deployment) => {
    checkGate(deployment, phase)
    const gate = gateAt(deployment.gates, phase)
    if (deployment.gateExpired) {
      throw new AutomationError(
        'approval-expired',
        `phase ${phase} of deployment ${id} waited for its approval for ${gate.expiresMinutes} minutes, ` +
          'which are over: resume the deployment to ask again',
        { deployment: id, phase }
      )
    }
    const refusal = refusalOf(gate, deployment.launchedBy ?? undefined, {
      ...(actor ? { actor } : {}),
      groups
    })
    if (refusal !== undefined) {
      throw new AutomationError(
        'approval-refused',
        `this approval of phase ${phase} does not count: ${refusal}`,
        {
          deployment: id,
          phase,
          people: gate.people,
          groups: gate.groups,
          launcherMayApprove: gate.launcherMayApprove
        }
      )
    }
    const said = { phase, ...(comment === undefined ? {} : { comment }), ...(actor ? { actor } : {}) }
    if (!await insertDecision(client, id, { ...said, decision: 'approved', person: voiceOf(actor) })) {
      return undefined
    }
    const missing = gate.needed - await countApprovals(client, id, phase)
    const act = actOn(deployment, 'approved', by, {
      before: { status: 'waiting', phase },
      after: { status: missing > 0 ? 'waiting' : 'running', phase, missing: Math.max(0, missing) },
      ...(comment === undefined ? {} : { reason: comment })
    })
    if (missing > 0) {
      return { act, events: [{ type: 'deployment.approval', ...said, missing, from: audienceOf(gate) }] }
    }
    await approvePhase(client, id, phase)
    await setDeploymentStatus(client, id, { from: ['waiting'], to: 'running' })
    return { act, events: [{ type: 'deployment.approved', ...said }] }
  })
}

/**
 * Rejects the phase that a deployment waits for: it ends as failed. A resume waits for the same
 * phase again.
 */
export async function reject (
  parts: DecisionParts,
  id: string,
  { phase, comment }: Decision,
  by: By = {}
): Promise<void> {
  await decide(parts, id, async (client, deployment) => {
    checkGate(deployment, phase)
    await insertDecision(client, id, {
      phase,
      decision: 'rejected',
      person: voiceOf(by.actor),
      ...(comment === undefined ? {} : { comment }),
      ...actorOf(by)
    })
    const because = comment === undefined ? '' : `: ${comment}`
    const ended = await finishDeployment(client, deployment, {
      error: { code: 'rejected', message: `phase ${phase} was rejected${because}`, retryable: false }
    })
    return {
      act: actOn(deployment, 'rejected', by, {
        before: { status: 'waiting', phase },
        after: { status: 'failed', phase },
        ...(comment === undefined ? {} : { reason: comment })
      }),
      events: [{
        type: 'deployment.rejected',
        phase,
        ...(comment === undefined ? {} : { comment }),
        ...actorOf(by)
      }, ...ended]
    }
  })
}

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

function checkGate (deployment: LockedDeployment, phase: number): void {
  if (deployment.status === 'waiting' && deployment.window) {
    throw wrongStatus(
      deployment,
      'it waits for ' +
        `${deployment.window.because === 'freeze' ? 'the end of a freeze' : 'a maintenance window'}, which ` +
        'nobody approves: have it go on by overriding that, with a reason'
    )
  }
  if (deployment.status !== 'waiting') {
    throw wrongStatus(deployment, 'only one that waits for an approval can be approved or rejected')
  }
  if (deployment.gate !== phase) {
    throw wrongStatus(deployment, `it waits for the approval of phase ${deployment.gate}, not ${phase}`, {
      phase: deployment.gate
    })
  }
}

/** Queues a failed or canceled deployment for another run of what has not succeeded. */
export async function resume ({ pool, clean }: DecisionParts, id: string, by: By = {}): Promise<void> {
  const shown = await readDeployment(pool, id)
  if (!shown) throw notFound(id)
  await transaction(pool, async (client) => {
    await lockLane(client, { federation: shown.federation, place: placeOf(shown.mode, shown.world) })
    const deployment = await lockDeployment(client, id)
    if (!deployment) throw notFound(id)
    if (deployment.status !== 'failed' && deployment.status !== 'canceled') {
      throw wrongStatus(deployment, 'only a failed or canceled one can be resumed')
    }
    if (deployment.fresh) {
      throw wrongStatus(
        deployment,
        "it can't be resumed, since its fresh world was dropped when it ended: launch it again, in a " +
          'named world if it is to be resumed'
      )
    }
    if (deployment.worldDropped) {
      throw wrongStatus(
        deployment,
        `it can't be resumed, since its world, ${deployment.world ?? ''}, was not used for long and is ` +
          'gone: launch it again'
      )
    }
    if (deployment.outputsRemoved && deployment.operation === 'preview') {
      throw wrongStatus(
        deployment,
        "it can't be resumed, since what its units would put out was removed with its age: launch it again"
      )
    }
    const [parent, link] = [activeTrace(), deploymentContext(id, deployment.trace)]
    const run = await requeueDeployment(client, id, {
      ...(parent && { parent: traceparentOf(parent) }),
      ...(link && { link: traceparentOf(link) })
    })
    await appendEvents(client, id, [{ type: 'deployment.resumed', run, ...actorOf(by) }])
    await appendAudit(
      client,
      clean(
        actOn(deployment, 'resumed', by, {
          before: { status: deployment.status },
          after: { status: 'queued', run }
        })
      )
    )
  })
}
