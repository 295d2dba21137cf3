import { type PoolClient } from 'pg'
import { type By } from '../../acts.ts'
import { readApprovals } from '../../store/deployments/approvals.ts'
import { gateAt } from '../../store/deployments/deployments.ts'
import { setDeploymentStatus } from '../../store/deployments/statuses.ts'
import { keepOverride } from '../../store/deployments/window-override.ts'
import { driversOf, standing, type Drivers } from '../gates.ts'
import { approvalRefused, wrongStatus } from '../refusals.ts'
import { actorOf, decide, type DecisionParts, driversBy } from './decision.ts'
import { type Ahead, checkGatesAhead, raiseGates } from './gates-ahead.ts'

/**
 * Has a deployment that waits for a maintenance window, or for the end of a freeze, go on now and,
 * until it is resumed, to its end. Whoever does so makes it go on, and counts no more at its gates.
 */
export async function overrideWindow (
  parts: DecisionParts,
  id: string,
  { reason }: { reason: string },
  by: By = {}
): Promise<void> {
  await decide(parts, id, by, async (client, deployment) => {
    const { status, window } = deployment
    if (status !== 'waiting' || !window) {
      throw wrongStatus(deployment, { because: 'no-window' })
    }
    const ahead = await raiseGates(client, deployment, by)
    const drivers = driversOf(deployment, driversBy('overridden', by))
    checkGatesAhead(ahead, drivers)
    await checkGatesPassed(client, ahead, drivers, by)
    await keepOverride(client, id, { ...actorOf(by), reason, time: parts.now().toISOString() })
    await setDeploymentStatus(client, id, { from: ['waiting'], to: 'running' })
    return {
      act: { what: 'overridden', before: { status, ...window }, after: { status: 'running' }, reason },
      events: [{ type: 'deployment.continued', phase: window.phase, comment: reason, ...actorOf(by) }]
    }
  })
}

/**
 * Throws `approval-refused` when a phase that has not begun was let through by an approval that
 * would no longer count: its gate is behind the deployment, so nobody could give another.
 */
async function checkGatesPassed (
  client: PoolClient,
  deployment: Ahead,
  drivers: Drivers,
  { actor, triggeredBy = [] }: By
): Promise<void> {
  const { statuses, unknown } = deployment
  const approvals = await readApprovals(client, deployment.id)
  for (const phase of deployment.approved) {
    const status = statuses.get(phase)
    if (status === 'running' || status === 'succeeded') continue
    const gate = gateAt(deployment.gates, phase)
    const given = approvals.flatMap((one) => one.phase === phase ? [one.actor ?? undefined] : [])
    const left = standing(gate, drivers, given)
    const same = left === standing(gate, driversOf(deployment), given)
    if (left >= gate.needed || (same && (unknown === 0 || gate.launcherMayApprove))) continue
    const who = actor?.name ?? 'the service'
    const persons = triggeredBy.map(({ name }) => name).join(', ') || who
    throw approvalRefused(
      deployment,
      gate,
      same
        ? `it is not known which person is behind ${who}, who may have approved phase ${phase}: name their ` +
          'account under accounts in the access file, or have it go on in a name of your own'
        : `${persons} approved phase ${phase}, and whoever has it go on outside its windows does not count ` +
          'there: somebody else has to'
    )
  }
}
