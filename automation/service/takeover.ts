// The only way that DBOS 5.3 has to hand on another process's workflows; the version is pinned for
// it.
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import { type DeploymentSpans } from '../deployments/spans.ts'
import { type EventDraft } from '../event-draft.ts'
import { announceControl } from '../store/deployments/control-announcement.ts'
import { lockDeployment } from '../store/deployments/locked-deployment.ts'
import { appendEvents } from '../store/deployments/new-events.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { deploymentsOfExecutor, interruptUnits } from '../store/units/interrupted-units.ts'

/**
 * Goes on with what a dead process left: first its running units are interrupted, their leases
 * taken away, then its workflows are handed to those that live. In this order, since a workflow
 * that finds a unit running would wait for it. May be cut off anywhere and done again.
 */
export async function takeOver (pool: Pool, dead: string, spans: DeploymentSpans): Promise<void> {
  for (const id of await deploymentsOfExecutor(pool, dead)) {
    const interrupted = await transaction(pool, async (client): Promise<EventDraft[]> => {
      if (!await lockDeployment(client, id)) return []
      const detail = 'the process that ran it is gone'
      const taken = await interruptUnits(client, id, dead, `it was interrupted: ${detail}`)
      if (taken.length === 0) return []
      const events = taken.map(({ unit, phase, attempt }): EventDraft => ({
        type: 'unit.interrupted',
        phase,
        unit,
        attempt,
        reason: 'service-died',
        detail
      }))
      await appendEvents(client, id, events)
      // A driver elsewhere may wait for these units.
      await announceControl(client, id)
      return events
    })
    spans.stored(id, interrupted)
  }
  const { globalInstance } = DBOSExecutor
  if (!globalInstance) throw new Error('DBOS must be launched before anything is taken over')
  await globalInstance.recoverPendingWorkflows([dead])
}
