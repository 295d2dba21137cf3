// The only way that DBOS 5.3 has to hand on another process's workflows; the version is pinned for
// it.
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import { type EventDraft } from '../model.ts'
import { announceControl } from '../store/announce-control.ts'
import { appendEvents } from '../store/append-events.ts'
import { type Pool, transaction } from '../store/database.ts'
import { deploymentsOfExecutor, interruptUnits } from '../store/interrupt-units.ts'
import { lockDeployment } from '../store/lock-deployment.ts'
import { type DeploymentSpans } from './spans.ts'

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
