import { type Actor } from '../../../contract/access.ts'
import { type PlannedUnit } from '../../../contract/federation.ts'
import { type Driver } from '../../../contract/gate.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type LaunchWarning } from '../../../contract/window.ts'
import { type PhaseName } from '../../../contract/words.ts'
import { type Scope } from '../../../programs/types.ts'
import { type FittedScenario } from '../../scenarios/fit.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'
import { type OwnKey } from './idempotency-key.ts'
import { type PlannedGate } from './planned-gate.ts'

/** A unit as it is launched: in the plan's order, with what its program reads. */
export interface LaunchedUnit extends Omit<PlannedUnit, 'scope' | 'orphaned'> {
  scope: Scope
  phaseName: PhaseName
  reads: string[]
  /** Units whose room it takes. */
  follows: string[]
  /** The deployment whose federation text declares an orphaned unit. */
  declaredBy?: string
}

/** A deployment that is to be stored. */
export interface LaunchedDeployment {
  id: string
  request: Launch
  source: string
  world: string | null
  fresh: boolean
  place: string
  units: LaunchedUnit[]
  gates: PlannedGate[]
  /** Units at once, as decided at the launch. */
  parallelism: number
  warnings: LaunchWarning[]
  idempotency?: OwnKey
  bodyHash: string
  requestId?: string
  actor?: Actor
  /** Who made it go on: whoever launches, and whoever caused that. */
  drivers?: readonly Driver[]
  /** The span that launched it, as a traceparent. */
  trace?: string
  scenario?: FittedScenario
}

/**
 * Stores a queued deployment with its phases and units. False when its idempotency key is taken.
 */
export async function insertDeployment (client: Queryable, launched: LaunchedDeployment): Promise<boolean> {
  const { id, request, units, place } = launched
  const { rowCount } = await client.query(
    `INSERT INTO windlass.deployments (
       id, federation, operation, mode, world, fresh, place, status, request, source, idempotency_key,
       body_hash, request_id, launched_by, gates, trace, traced_at, idempotency_scope, warnings,
       drivers, scenario, parallelism
     )
     VALUES (
       $1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9, $10, $11, $12, $13, $14, $15, clock_timestamp(), $16,
       $17, $18, $19, $20
     )
     ON CONFLICT (idempotency_key, idempotency_scope) DO NOTHING`,
    [
      id,
      request.federation,
      request.operation,
      request.mode,
      launched.world,
      launched.fresh,
      place,
      jsonText(request),
      launched.source,
      launched.idempotency?.key ?? null,
      launched.bodyHash,
      launched.requestId ?? null,
      launched.actor ? jsonText(launched.actor) : null,
      jsonText(launched.gates),
      launched.trace ?? null,
      launched.idempotency?.subject ?? null,
      launched.warnings.length > 0 ? jsonText(launched.warnings) : null,
      jsonText(launched.drivers ?? []),
      launched.scenario ? jsonText(launched.scenario) : null,
      launched.parallelism
    ]
  )
  if (rowCount !== 1) return false
  const phases = new Map(units.map((unit) => [unit.phase, unit.phaseName]))
  await client.query(
    `INSERT INTO windlass.phases (deployment, number, name)
     SELECT $1, phase.number, phase.name
     FROM unnest($2::int[], $3::text[]) AS phase(number, name)`,
    [id, [...phases.keys()], [...phases.values()]]
  )
  await client.query(
    `INSERT INTO windlass.units (
       deployment, id, position, phase, scope, place, stack, declared_by, predicted, depends_on, reads,
       follows
     )
     SELECT $1, u->>'id', (u->>'position')::int, (u->>'phase')::int, u->'scope', $2, u->>'stack',
       u->>'declaredBy', u->'predicted',
       ARRAY(SELECT jsonb_array_elements_text(u->'dependsOn')),
       ARRAY(SELECT jsonb_array_elements_text(u->'reads')),
       ARRAY(SELECT jsonb_array_elements_text(u->'follows'))
     FROM jsonb_array_elements($3::jsonb) AS u`,
    [id, place, jsonText(units.map((unit, position) => ({ ...unit, position })))]
  )
  return true
}
