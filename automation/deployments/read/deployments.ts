import { type Deployment } from '../../../contract/deployment.ts'
import { AutomationError } from '../../errors.ts'
import { type Deployments } from '../../ports.ts'
import { readDecisions, readGates } from '../../store/deployments/approvals.ts'
import { isVisible, listDeployments, readDeploymentScope } from '../../store/deployments/deployments.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { gateStates } from '../gates.ts'
import { deploymentNotFound } from '../refusals.ts'
import { pageOf } from './page.ts'
import { PolledDeployments } from './polled.ts'

/**
 * Deployments that are read at once: each is put together from its phases and units, and a thousand
 * in one answer of the database would be parsed without a pause.
 */
const rowsAtOnce = 100

/** Reads a page, with one deployment more where there is one. */
async function readMany (pool: Pool, page: Parameters<Deployments['deployments']>[0]): Promise<Deployment[]> {
  const found: Deployment[] = []
  for (;;) {
    const limit = Math.min(rowsAtOnce, page.limit + 1 - found.length)
    const after = found.at(-1)?.id ?? page.after
    const some = await listDeployments(pool, { ...page, ...(after !== undefined && { after }), limit })
    found.push(...some)
    if (some.length < limit || found.length > page.limit) return found
  }
}

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
      const found = await readMany(pool, page)
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
