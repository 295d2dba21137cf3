import { AutomationError } from '../../errors.ts'
import { type Deployments } from '../../ports.ts'
import { readDecisions, readGates } from '../../store/deployments/approvals.ts'
import { isVisible, listDeployments, readDeploymentScope } from '../../store/deployments/deployments.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { gateStates } from '../gates.ts'
import { deploymentNotFound } from '../refusals.ts'
import { pageOf } from './page.ts'
import { PolledDeployments } from './polled.ts'

/** Deployments as the store has them. */
export function createDeploymentReads (pool: Pool): Deployments {
  const polled = new PolledDeployments(pool)
  return {
    async deployment (id) {
      const found = await polled.get(id)
      if (!found) throw deploymentNotFound(id)
      return found
    },
    async deploymentScope (id) {
      const scope = await readDeploymentScope(pool, id)
      if (!scope) throw deploymentNotFound(id)
      return scope
    },
    async deployments (page) {
      const found = await listDeployments(pool, { ...page, limit: page.limit + 1 })
      // After the oldest there is nothing, and so there is after what never was.
      if (
        found.length === 0 && page.after !== undefined && !await isVisible(pool, page.after, page.federations)
      ) {
        throw new AutomationError(
          'request-invalid',
          {
            field: 'after',
            wrong:
              `after: there is no deployment ${page.after}; pass the next of the page before, or leave it ` +
              'out for the first page'
          }
        )
      }
      return pageOf(found, page.limit, (one) => one.id)
    },
    async gates (id) {
      const kept = await readGates(pool, id)
      if (!kept) throw deploymentNotFound(id)
      return gateStates(kept, await readDecisions(pool, id))
    }
  }
}
