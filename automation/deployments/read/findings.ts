import { type DriftCounts } from '../../../contract/drift.ts'
import { type Deployments, type Findings } from '../../ports.ts'
import { listDrift } from '../../store/deployments/drift-findings.ts'
import { readPolicyFindings } from '../../store/deployments/policy-findings.ts'
import { readChanges } from '../../store/deployments/resource-changes.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { eventsRemoved } from '../refusals.ts'
import { pageOf } from './page.ts'

/** Findings and changes as the store has them. */
export function createFindingReads (
  pool: Pool,
  { deployment }: Pick<Deployments, 'deployment'>
): Findings {
  return {
    async policyFindings (id, page) {
      const { eventsFrom = 1, lastEvent } = await deployment(id)
      // They are among the events.
      if (page.after < eventsFrom - 1) throw eventsRemoved(id, { eventsFrom, lastEvent })
      return pageOf(
        await readPolicyFindings(pool, id, { ...page, limit: page.limit + 1 }),
        page.limit,
        ({ seq }) => String(seq)
      )
    },
    async changes (id, page) {
      await deployment(id)
      return pageOf(
        await readChanges(pool, id, { ...page, limit: page.limit + 1 }),
        page.limit,
        ({ seq }) => String(seq)
      )
    },
    async drift (id, page) {
      const { eventsFrom = 1, lastEvent, drift } = await deployment(id)
      const found = await listDrift(pool, id, { ...page, limit: page.limit + 1 })
      // They went with the events. A check that was resumed has those of its later units.
      const none = async () => (await listDrift(pool, id, { after: 0, limit: 1 })).length === 0
      if (found.length === 0 && eventsFrom > 1 && drift && differing(drift) > 0 && await none()) {
        throw eventsRemoved(id, { eventsFrom, lastEvent })
      }
      return pageOf(found, page.limit, ({ number }) => String(number))
    }
  }
}

/** Number of resources that differ, ignored ones too. */
function differing ({ changed, output, missing, ignored }: DriftCounts): number {
  return changed + output + missing + ignored.changed + ignored.output + ignored.missing
}
