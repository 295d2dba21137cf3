import { type Hosts } from '../deployments/service.ts'
import { type Health } from '../ports.ts'
import { latestDrift } from '../store/deployments/latest-drift.ts'
import { countStatuses } from '../store/deployments/status-counts.ts'
import { type Pool } from '../store/postgres/database.ts'
import { readinessOf, type ReadinessParts } from './readiness.ts'

/** Makes the service's readiness and figures. */
export function createHealth (
  parts: ReadinessParts & { readonly service: { readonly pool: Pool } & Pick<Hosts, 'runner'> }
): Health {
  const { pool, runner } = parts.service
  return {
    readiness: readinessOf(parts),
    async figures () {
      const [counts, drift] = await Promise.all([countStatuses(pool), latestDrift(pool)])
      return {
        ...counts,
        drift,
        hosts: runner.figures(),
        pool: { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }
      }
    }
  }
}
