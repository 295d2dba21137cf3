import { type Actor } from '../../../contract/access.ts'
import { type DeploymentCost } from '../../../contract/cost.ts'
import {
  type Deployment,
  type Failure,
  type PhaseState,
  type ResourceChanges,
  type UnitCounts
} from '../../../contract/deployment.ts'
import { type DriftCounts } from '../../../contract/drift.ts'
import { type Driver, type OpenGate } from '../../../contract/gate.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type LaunchWarning, type WindowOverride, type WindowWait } from '../../../contract/window.ts'
import { type PhaseName, type DeploymentStatus, type Mode, type Operation } from '../../../contract/words.ts'
import { type FittedScenario } from '../../scenarios/fit.ts'
import { shownScenario } from '../../scenarios/outcome.ts'
import { type Queryable } from '../postgres/database.ts'
import { driftSum } from './drift-findings.ts'
import { type PlannedGate } from './planned-gate.ts'
import { type StoredPhaseStatus } from './statuses.ts'

interface PhaseJson extends Omit<PhaseState, 'name' | 'status' | 'startedAt' | 'finishedAt'> {
  name: PhaseName
  status: StoredPhaseStatus
  startedAt: string | null
  finishedAt: string | null
  units: UnitCounts
}
interface Row {
  id: string
  federation: string
  operation: Operation
  mode: Mode
  world: string | null
  status: DeploymentStatus
  position: number | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
  last_event: number
  events_from: number
  outputs_removed: boolean
  error: Failure | null
  request: Launch
  phases: PhaseJson[] | null
  changes: ResourceChanges
  launched_by: Actor | null
  drivers: Driver[]
  gate: number | null
  gates: PlannedGate[] | null
  gate_expires_at: Date | null
  approved_by: OpenGate['approvedBy'] | null
  cost: (DeploymentCost & { units: number }) | null
  drift: DriftCounts | null
  window_wait: WindowWait | null
  window_override: WindowOverride | null
  warnings: LaunchWarning[] | null
  scenario: FittedScenario | null
  scenario_differences: string[] | null
  parallelism: number | null
  virtual_start: Date | null
  virtual_end: Date | null
}

/**
 * One statement, so that what it tells belongs to one moment. Phases are in the order they are
 * taken: destroy goes from high to low.
 */
const select = `SELECT d.id, d.federation, d.operation, d.mode, d.world, d.status, d.created_at, d.started_at,
    d.finished_at, d.last_event, d.events_from, d.outputs_removed, d.error, d.request, d.launched_by, d.gate,
    d.drivers, d.gates, d.gate_expires_at, d.window_wait, d.window_override, d.warnings,
    d.scenario, d.scenario_differences,
    d.parallelism, d.virtual_start,
    CASE WHEN d.finished_at IS NOT NULL THEN (
      SELECT max(u.virtual_end)
      FROM windlass.units u
      WHERE u.deployment = d.id
    ) END AS virtual_end,
    CASE WHEN d.gate IS NOT NULL THEN (
      SELECT json_agg(
        json_strip_nulls(json_build_object('actor', a.actor, 'time', a.decided_at, 'comment', a.comment))
        ORDER BY a.number
      )
      FROM windlass.approvals a
      WHERE a.deployment = d.id
        AND a.phase = d.gate
        AND a.decision = 'approved'
        AND NOT a.past
    ) END AS approved_by,
    CASE WHEN d.status = 'queued' THEN (
      SELECT count(*)::int + 1
      FROM windlass.deployments o
      WHERE o.federation = d.federation
        AND o.place = d.place
        AND o.status = 'queued'
        AND o.queue_order < d.queue_order
    ) END AS position,
    (
      SELECT json_agg(
        json_build_object(
          'number', p.number, 'name', p.name, 'status', p.status, 'startedAt', p.started_at,
          'finishedAt', p.finished_at, 'units', c.counts
        )
        ORDER BY CASE d.operation WHEN 'destroy' THEN -p.number ELSE p.number END
      )
      FROM windlass.phases p,
        LATERAL (
          SELECT json_build_object(
            'total', count(*), 'succeeded', count(*) FILTER (WHERE u.status = 'succeeded'),
            'failed', count(*) FILTER (WHERE u.status = 'failed'),
            'running', count(*) FILTER (WHERE u.status = 'running'),
            'skipped', count(*) FILTER (WHERE u.status = 'skipped'),
            'waiting', count(*) FILTER (WHERE u.status = 'waiting'),
            'canceled', count(*) FILTER (WHERE u.status = 'canceled')
          ) AS counts
          FROM windlass.units u
          WHERE u.deployment = p.deployment
            AND u.phase = p.number
        ) c
      WHERE p.deployment = d.id
    ) AS phases,
    (
      SELECT json_build_object(
        'create', coalesce(sum(u.created), 0), 'update', coalesce(sum(u.updated), 0),
        'delete', coalesce(sum(u.deleted), 0), 'replace', coalesce(sum(u.replaced), 0),
        'same', coalesce(sum(u.same), 0)
      )
      FROM windlass.units u
      WHERE u.deployment = d.id
    ) AS changes,
    (
      SELECT json_build_object(
        'monthly', sum(k.monthly), 'before', sum(k.before), 'difference', sum(k.monthly - k.before),
        'currency', 'USD', 'usage', sum(k.usage), 'fromMemory', sum(k.from_memory),
        'range', json_build_object('min', sum(k.least), 'max', sum(k.most)), 'unpriced', sum(k.unpriced),
        'units', sum(k.units),
        'perPhase', json_agg(
          json_build_object(
            'phase', k.phase, 'monthly', k.monthly, 'before', k.before, 'difference', k.monthly - k.before
          )
          ORDER BY k.phase
        )
      )
      FROM (
        SELECT u.phase, count(*)::int AS units, sum((u.cost->'after'->>'monthly')::numeric) AS monthly,
          sum((u.cost->'before'->>'monthly')::numeric) AS before,
          sum((u.cost->'after'->>'usage')::numeric) AS usage,
          sum((u.cost->'after'->>'fromMemory')::numeric) AS from_memory,
          sum((u.cost->'after'->'range'->>'min')::numeric) AS least,
          sum((u.cost->'after'->'range'->>'max')::numeric) AS most,
          sum(
            (
              SELECT coalesce(sum((line->>'count')::int), 0)::int
              FROM jsonb_array_elements(u.cost->'after'->'unpriced') line
            )
          )::int AS unpriced
        FROM windlass.units u
        WHERE u.deployment = d.id
          AND u.cost IS NOT NULL
        GROUP BY u.phase
      ) k
      HAVING count(*) > 0
    ) AS cost,
    CASE WHEN d.operation = 'drift-check' THEN (
      SELECT ${driftSum('u')}
      FROM windlass.units u
      WHERE u.deployment = d.id
        AND u.drift IS NOT NULL
      HAVING count(*) > 0
    ) END AS drift
  FROM windlass.deployments d`

const iso = (time: string | Date | null): string | null => time === null ? null : new Date(time).toISOString()

function deploymentOf (row: Row): Deployment {
  return {
    id: row.id,
    federation: row.federation,
    operation: row.operation,
    mode: row.mode,
    ...(row.world !== null && { world: row.world }),
    status: row.status,
    ...(row.position !== null && { position: row.position }),
    createdAt: row.created_at.toISOString(),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    ...(row.virtual_start && {
      virtual: { start: row.virtual_start.toISOString(), end: iso(row.virtual_end) }
    }),
    ...(row.parallelism !== null && { parallelism: row.parallelism }),
    phases: (row.phases ?? []).map((phase) => ({
      ...phase,
      status: endedPhase(phase.status, row.status),
      startedAt: iso(phase.startedAt),
      finishedAt: iso(phase.finishedAt)
    })),
    resourceChanges: row.changes,
    ...(row.cost && { cost: row.cost }),
    ...(row.drift && { drift: row.drift }),
    lastEvent: row.last_event,
    ...(row.events_from > 1 && { eventsFrom: row.events_from }),
    ...(row.outputs_removed && { outputsRemoved: true as const }),
    ...(row.error && { error: row.error }),
    ...(row.launched_by && { launchedBy: row.launched_by }),
    ...(row.drivers.length > 0 && { drivenBy: row.drivers }),
    ...(row.gate !== null && { gate: openGateOf(row, row.gate) }),
    ...(row.window_wait && { window: row.window_wait }),
    ...(row.window_override && { windowOverride: row.window_override }),
    ...(row.warnings && { warnings: row.warnings }),
    ...(row.scenario && { scenario: shownScenario(row.scenario, row.scenario_differences) }),
    request: row.request
  }
}

/**
 * A phase that never began is kept as pending, for a resume: once the deployment has ended it is
 * over.
 */
function endedPhase (phase: StoredPhaseStatus, deployment: DeploymentStatus): PhaseState['status'] {
  if (phase !== 'pending') return phase
  return deployment === 'canceled' ? 'canceled' : deployment === 'failed' ? 'skipped' : phase
}

function openGateOf ({ gates, gate_expires_at: expires, approved_by: given }: Row, phase: number): OpenGate {
  const gate = gateAt(gates, phase)
  const approvedBy = (given ?? []).map((approval) => ({
    ...approval,
    time: new Date(approval.time).toISOString()
  }))
  return {
    ...gate,
    missing: Math.max(0, gate.needed - approvedBy.length),
    approvedBy,
    ...(expires && { expiresAt: expires.toISOString() })
  }
}

/**
 * The gate of a phase. One of a deployment from before gates were kept is what its launch asked
 * for.
 */
export function gateAt (gates: readonly PlannedGate[] | null, phase: number): PlannedGate {
  return gates?.find((gate) => gate.phase === phase) ??
    { phase, because: 'requested', needed: 1, people: [], groups: [], launcherMayApprove: true }
}

/** A deployment as the API shows it. */
export async function readDeployment (database: Queryable, id: string): Promise<Deployment | undefined> {
  const { rows } = await database.query<Row>(
    `${select}
     WHERE d.id = $1`,
    [id]
  )
  return rows[0] && deploymentOf(rows[0])
}

/**
 * Deployments, the latest launch first; `after` is the id of the last one had. `federations`: only
 * theirs, by names in which `*` stands for any characters; `gated`: only those that wait for an
 * approval.
 */
export async function listDeployments (
  database: Queryable,
  page: { after?: string, limit: number, federations?: readonly string[], gated?: boolean }
): Promise<Deployment[]> {
  const { rows } = await database.query<Row>(
    `${select}
     WHERE (
       $1::text IS NULL
       OR d.number < (
         SELECT number
         FROM windlass.deployments
         WHERE id = $1
           AND ($3::text[] IS NULL OR federation LIKE ANY ($3))
       )
     )
       AND ($3::text[] IS NULL OR d.federation LIKE ANY ($3))
       AND ($4::boolean IS NOT TRUE OR d.gate IS NOT NULL)
     ORDER BY d.number DESC
     LIMIT $2`,
    [page.after ?? null, page.limit, page.federations?.map(likePattern) ?? null, page.gated ?? false]
  )
  return rows.map(deploymentOf)
}

/** Says whether there is a deployment of these federations. */
export async function isVisible (
  database: Queryable,
  id: string,
  federations: readonly string[] | undefined
): Promise<boolean> {
  const { rowCount } = await database.query(
    `SELECT
     FROM windlass.deployments
     WHERE id = $1
       AND ($2::text[] IS NULL OR federation LIKE ANY ($2))`,
    [id, federations?.map(likePattern) ?? null]
  )
  return rowCount === 1
}

/** A pattern of names as LIKE reads it. */
export function likePattern (pattern: string): string {
  return pattern.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%')
}

/** Reads the scope of a deployment, which is asked for before anyone sees it. It never changes. */
export async function readDeploymentScope (
  database: Queryable,
  id: string
): Promise<
  { federation: string, operation: Operation, mode: Mode, phases: { from: number, to: number } } | undefined
> {
  const { rows } = await database.query<
    { federation: string, operation: Operation, mode: Mode, phases: { from: number, to: number } }
  >(
    `SELECT federation, operation, mode, request->'phases' AS phases
     FROM windlass.deployments
     WHERE id = $1`,
    [id]
  )
  return rows[0]
}
