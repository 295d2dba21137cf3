/**
 * Units that may have resources: an up began with each, and no destroy of it has succeeded since.
 */
import { type Scope } from '../../../programs/types.ts'
import { type Lane } from '../deployments/lane-lock.ts'
import { type Queryable } from '../postgres/database.ts'

/** A unit that may have resources. */
export interface DeployedUnit {
  /** `{phase name}.{scope}`. */
  id: string
  phase: number
  scope: Scope
  stack: string
  /** Units whose outputs its program read. */
  reads: string[]
  /** The deployment whose federation text declares it. */
  deployment: string
  /** An earlier version deployed it: others may have to take over what it has. */
  moves: boolean
}

const columns = 'unit AS id, phase, scope, stack, reads, deployment, moves'

/** Lists what is deployed of a federation in a place, in the order of phases. */
export async function listDeployedUnits (client: Queryable, lane: Lane): Promise<DeployedUnit[]> {
  const { rows } = await client.query<DeployedUnit>(
    `SELECT ${columns}
     FROM windlass.deployed_units
     WHERE federation = $1
       AND place = $2
     ORDER BY phase, unit`,
    [lane.federation, lane.place]
  )
  return rows
}

/**
 * Lists what is deployed, and what the ups that are ahead in the queue will have deployed, of a
 * federation in a place, in the order of phases. The caller holds the lane.
 */
export async function listUnitsToBe (client: Queryable, lane: Lane): Promise<DeployedUnit[]> {
  const { rows } = await client.query<DeployedUnit>(
    `SELECT DISTINCT ON (phase, id) id, phase, scope, stack, reads, deployment, moves
     FROM (
       SELECT ${columns}, NULL::bigint AS turn
       FROM windlass.deployed_units
       WHERE federation = $1
         AND place = $2
       UNION ALL
       SELECT u.id, u.phase, u.scope, u.stack, u.reads, d.id, false, d.queue_order
       FROM windlass.deployments d
       JOIN windlass.units u ON u.deployment = d.id
       WHERE d.federation = $1
         AND d.place = $2
         AND d.operation = 'up'
         AND d.status IN ('queued', 'running', 'waiting')
         AND u.status IN ('waiting', 'running')
     ) unit
     ORDER BY phase, id, turn DESC NULLS LAST`,
    [lane.federation, lane.place]
  )
  return rows
}
