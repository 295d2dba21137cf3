/** Parts that all decisions on a deployment share. */
import { type PoolClient } from 'pg'
import { type Actor } from '../../../contract/access.ts'
import { type DeploymentAct, type DrivingAct, isDriving } from '../../access/driving.ts'
import { type Act, type By } from '../../acts.ts'
import { type EventDraft } from '../../event-draft.ts'
import { announceControl } from '../../store/deployments/control-announcement.ts'
import { keepDriver } from '../../store/deployments/drivers.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { appendAudit } from '../../store/identity/audit.ts'
import { type Pool, transaction } from '../../store/postgres/database.ts'
import { type Drivers } from '../gates.ts'
import { deploymentNotFound } from '../refusals.ts'
import { type RoomBounds } from '../room.ts'
import { type DeploymentSpans } from '../spans.ts'

/** Parts that decisions work with. */
export interface DecisionParts {
  pool: Pool
  now: () => Date
  room: RoomBounds
  spans: DeploymentSpans
}

/** The events and the act of a decision. */
export interface Decided {
  events: EventDraft[]
  act: ActOn
}

/** An act on a deployment, with what the audit log tells of it. */
export interface ActOn extends Pick<Act, 'before' | 'after' | 'reason'> {
  what: DeploymentAct
}

/** Those who make a deployment go on by an act. */
export function driversBy (act: DrivingAct, { actor, triggeredBy = [] }: By): Drivers {
  return [
    ...actor ? [{ act, actor }] : [],
    ...triggeredBy.map((starter) => ({ act: 'triggered', actor: starter }) as const)
  ]
}

/**
 * Notes an act on a deployment: in the audit log and, when it makes the run go on, as one of those
 * whose persons do not count at its gates. Every act comes through here. The caller has locked the
 * deployment.
 */
export async function noteAct (
  { now }: Pick<DecisionParts, 'now'>,
  client: PoolClient,
  deployment: LockedDeployment,
  { what, ...more }: ActOn,
  by: By
): Promise<void> {
  const { actor, origin } = by
  if (isDriving(what)) {
    const time = now().toISOString()
    for (const driver of driversBy(what, by)) await keepDriver(client, deployment, { ...driver, time })
  }
  await appendAudit(
    client,
    {
      action: `deployment.${what}`,
      outcome: 'done',
      ...(actor && { actor }),
      ...(origin && { origin }),
      target: { kind: 'deployment', id: deployment.id, federation: deployment.federation },
      ...more
    }
  )
}

/** The actor as a field of events, where there is one. */
export const actorOf = ({ actor }: By): { actor?: Actor } => actor ? { actor } : {}

/**
 * Decides on a deployment in one transaction: `work` changes it, and what it gives is stored, told
 * and noted. Nothing is when it gives nothing.
 */
export async function decide (
  parts: DecisionParts,
  id: string,
  by: By,
  work: (
    client: PoolClient,
    deployment: LockedDeployment
  ) => Promise<Decided | undefined>
): Promise<void> {
  const events = await transaction(parts.pool, async (client) => {
    const deployment = await lockDeployment(client, id)
    if (!deployment) throw deploymentNotFound(id)
    const done = await work(client, deployment)
    if (!done) return []
    await appendEvents(client, id, done.events)
    await announceControl(client, id)
    await noteAct(parts, client, deployment, done.act, by)
    return done.events
  })
  parts.spans.stored(id, events)
}
