import { orphanFigures } from '../deployments/read/orphan-figures.ts'
import { type Hosts } from '../deployments/service.ts'
import { type Topology } from '../deployments/topology.ts'
import { type FederationFigures, type Health } from '../ports.ts'
import { latestDrift } from '../store/deployments/latest-drift.ts'
import { countStatuses } from '../store/deployments/status-counts.ts'
import { type Pool } from '../store/postgres/database.ts'
import { readinessOf, type ReadinessParts } from './readiness.ts'

/** Makes the service's readiness and figures. */
export function createHealth (
  parts: ReadinessParts & {
    readonly service: { readonly pool: Pool, readonly topology: Topology } & Pick<Hosts, 'runner'>
  }
): Health {
  const { pool, runner, topology } = parts.service
  const figuresOf = async (federations?: readonly string[]): Promise<FederationFigures> => {
    const [counts, drift, orphans] = await Promise.all([
      countStatuses(pool, federations),
      latestDrift(pool, federations),
      orphanFigures({ pool, topology }, federations)
    ])
    return { ...counts, drift, orphans }
  }
  return {
    readiness: readinessOf(parts),
    federationFigures: ({ federations }) => figuresOf(federations),
    async figures () {
      return {
        ...await figuresOf(),
        hosts: runner.figures(),
        pool: { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }
      }
    }
  }
}
