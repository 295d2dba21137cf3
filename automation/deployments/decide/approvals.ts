/** Approvals and rejections of phases. */
import { type Actor } from '../../../contract/access.ts'
import { type By } from '../../acts.ts'
import { AutomationError } from '../../errors.ts'
import { failure } from '../../failures.ts'
import { voiceOf } from '../../person.ts'
import { insertDecision, readApprovals } from '../../store/deployments/approvals.ts'
import { gateAt } from '../../store/deployments/deployments.ts'
import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { approvePhase } from '../../store/deployments/phase-approval.ts'
import { setDeploymentStatus } from '../../store/deployments/statuses.ts'
import { finishDeployment } from '../finish.ts'
import { audienceOf, type Decider, driversOf, refusalOf, standing } from '../gates.ts'
import { approvalRefused, wrongStatus } from '../refusals.ts'
import { actorOf, decide, type DecisionParts } from './decision.ts'

/** A person's decision on the gate of a phase. */
export interface Decision {
  phase: number
  comment?: string
}

/** Counts all of the service's own decisions as one person's. */
const serviceVoice = 'windlass'
const deciderOf = (actor: Actor | undefined): string => actor ? voiceOf(actor) : serviceVoice

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
  await decide(parts, id, by, async (client, deployment) => {
    checkGate(deployment, phase)
    const gate = gateAt(deployment.gates, phase)
    if (deployment.gateExpired) {
      throw new AutomationError(
        'approval-expired',
        { deployment: id, phase, minutes: gate.expiresMinutes ?? 0 }
      )
    }
    const drivers = driversOf(deployment)
    const refusal = refusalOf(gate, drivers, { ...(actor && { actor }), groups })
    if (refusal !== undefined) throw approvalRefused(deployment, gate, refusal)
    const said = { phase, ...(comment !== undefined && { comment }), ...(actor && { actor }) }
    if (!await insertDecision(client, id, { ...said, decision: 'approved', person: deciderOf(actor) })) {
      return undefined
    }
    const given = (await readApprovals(client, id)).flatMap((one) =>
      one.phase === phase ? [one.actor ?? undefined] : []
    )
    const missing = gate.needed - standing(gate, drivers, given)
    const act = {
      what: 'approved',
      before: { status: 'waiting', phase },
      after: { status: missing > 0 ? 'waiting' : 'running', phase, missing: Math.max(0, missing) },
      ...(comment !== undefined && { reason: comment })
    } as const
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
  await decide(parts, id, by, async (client, deployment) => {
    checkGate(deployment, phase)
    await insertDecision(client, id, {
      phase,
      decision: 'rejected',
      person: deciderOf(by.actor),
      ...(comment !== undefined && { comment }),
      ...actorOf(by)
    })
    const ended = await finishDeployment(client, deployment, {
      error: failure('rejected', { phase, ...(comment !== undefined && { comment }) })
    })
    return {
      act: {
        what: 'rejected',
        before: { status: 'waiting', phase },
        after: { status: 'failed', phase },
        ...(comment !== undefined && { reason: comment })
      },
      events: [{
        type: 'deployment.rejected',
        phase,
        ...(comment !== undefined && { comment }),
        ...actorOf(by)
      }, ...ended]
    }
  })
}

/** Throws `wrong-status` unless a deployment waits at the gate of a phase. */
function checkGate (deployment: LockedDeployment, phase: number): void {
  if (deployment.status === 'waiting' && deployment.window) {
    throw wrongStatus(deployment, { because: deployment.window.because === 'freeze' ? 'freeze' : 'window' })
  }
  if (deployment.status !== 'waiting') {
    throw wrongStatus(deployment, { because: 'not-waiting' })
  }
  if (deployment.gate !== phase) {
    throw wrongStatus(deployment, { because: 'other-phase', phase: deployment.gate ?? phase, decided: phase })
  }
}
