/** Parts that all decisions on a deployment share. */
import { type PoolClient } from 'pg'
import { type Actor } from '../../../contract/access.ts'
import { type Act, type By } from '../../acts.ts'
import { type EventDraft } from '../../event-draft.ts'
import { announceControl } from '../../store/deployments/control-announcement.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { appendAudit } from '../../store/identity/audit.ts'
import { type Pool, transaction } from '../../store/postgres/database.ts'
import { deploymentNotFound } from '../refusals.ts'
import { type DeploymentSpans } from '../spans.ts'

/** Parts that decisions work with. */
export interface DecisionParts {
  pool: Pool
  /** Takes secrets out of what is noted in the audit log. */
  clean: <T>(value: T) => T
  now: () => Date
  spans: DeploymentSpans
}

/** The events and the act of a decision. */
export interface Decided {
  events: EventDraft[]
  act: Act
}

/** An act on a deployment as the audit log has it. */
export function actOn (
  deployment: Pick<LockedDeployment, 'id' | 'federation'>,
  what: string,
  { actor, origin }: By,
  more: Pick<Act, 'before' | 'after' | 'reason'>
): Act {
  return {
    action: `deployment.${what}`,
    outcome: 'done',
    ...(actor && { actor }),
    ...(origin && { origin }),
    target: { kind: 'deployment', id: deployment.id, federation: deployment.federation },
    ...more
  }
}

/** The actor as a field of events, where there is one. */
export const actorOf = ({ actor }: By): { actor?: Actor } => actor ? { actor } : {}

/**
 * Decides on a deployment in one transaction: `work` changes it, and what it gives is stored, told
 * and noted. Nothing is when it gives nothing.
 */
export async function decide (
  { pool, clean, spans }: DecisionParts,
  id: string,
  work: (
    client: PoolClient,
    deployment: LockedDeployment
  ) => Promise<Decided | undefined>
): Promise<void> {
  const events = await transaction(pool, async (client) => {
    const deployment = await lockDeployment(client, id)
    if (!deployment) throw deploymentNotFound(id)
    const done = await work(client, deployment)
    if (!done) return []
    await appendEvents(client, id, done.events)
    await announceControl(client, id)
    await appendAudit(client, clean(done.act))
    return done.events
  })
  spans.stored(id, events)
}
