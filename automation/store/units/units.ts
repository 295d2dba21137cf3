import { type Failure, type JudgedCalls, type Leftover, type Unit } from '../../../contract/deployment.ts'
import { type DriftCounts } from '../../../contract/drift.ts'
import { type Predicted } from '../../../contract/virtual-time.ts'
import { type CloudName, type UnitStatus } from '../../../contract/words.ts'
import { type CostRecord, unitCost } from '../../../pricing/change.ts'
import { type Scope } from '../../../programs/types.ts'
import { type OutputValues, unknownValue } from '../../stacks/types.ts'
import { type Queryable } from '../postgres/database.ts'
import { type Sealer } from '../postgres/sealer.ts'

/** A unit as its driver keeps it. */
export interface UnitState {
  id: string
  phase: number
  scope: Scope
  stack: string
  dependsOn: string[]
  reads: string[]
  /** Units whose room it takes in the plan's schedule. */
  follows: string[]
  status: UnitStatus
  attempt: number
  failures: number
  losses: number
  /** Milliseconds since the epoch. */
  retryAt: number | null
  executor: string | null
  /** Fence of its last attempt. */
  fence: number
  leftovers: Leftover[] | null
  /** The deployment whose federation text declares it; null: its own deployment's. */
  declaredBy: string | null
  /**
   * The world's time when its last attempt ended or, while it waits, from which the next may begin,
   * milliseconds since the epoch; null: nothing was attempted, or it is live.
   */
  virtualEnd: number | null
}
interface StateRow extends Omit<UnitState, 'dependsOn' | 'retryAt' | 'fence' | 'virtualEnd'> {
  depends_on: string[]
  retry_at: Date | null
  fence: string
  virtual_end: Date | null
}

/** All units of a deployment in the plan's order, as its driver needs them. */
export async function readUnitStates (database: Queryable, deployment: string): Promise<UnitState[]> {
  const { rows } = await database.query<StateRow>(
    `SELECT id, phase, scope, stack, depends_on, reads, follows, status, attempt, failures, losses, retry_at,
       executor, fence, leftovers, declared_by AS "declaredBy", virtual_end
     FROM windlass.units
     WHERE deployment = $1
     ORDER BY position`,
    [deployment]
  )
  return rows.map(({ depends_on: dependsOn, retry_at: retryAt, virtual_end: virtualEnd, fence, ...row }) => ({
    ...row,
    dependsOn,
    retryAt: retryAt?.getTime() ?? null,
    virtualEnd: virtualEnd?.getTime() ?? null,
    fence: Number(fence)
  }))
}

interface Row {
  id: string
  phase: number
  scope: Scope
  stack: string
  status: UnitStatus
  attempt: number
  reason: string | null
  started_at: Date | null
  finished_at: Date | null
  depends_on: string[]
  created: number
  updated: number
  deleted: number
  replaced: number
  same: number
  outputs: string | null
  cost: CostRecord | null
  drift: DriftCounts | null
  judged: JudgedCalls | null
  error: Failure | null
  leftovers: Leftover[] | null
  position: number
  outputs_removed: boolean
  orphaned: boolean
  predicted: Predicted | null
  virtual_start: Date | null
  virtual_end: Date | null
}
const columns =
  `id, phase, scope, stack, status, attempt, reason, started_at, finished_at, depends_on, created,
  updated, deleted, replaced, same, outputs, cost, drift, judged, error, leftovers, position,
  outputs_removed, declared_by IS NOT NULL AS orphaned, predicted, virtual_start, virtual_end`

/**
 * Outputs as they are shown: a secret one without its value, and `{unknown: true}` for whatever a
 * preview cannot know, also inside an output.
 */
export function shownOutputs (outputs: OutputValues): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map((
      [name, output]
    ) => [name, output.secret ? { secret: true } : shown(output.value)])
  )
}

function shown (value: unknown): unknown {
  if (value === unknownValue) return { unknown: true }
  if (Array.isArray(value)) return value.map(shown)
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]))
    : value
}

function unitOf (row: Row, sealer: Sealer): Unit {
  const cloud: CloudName | undefined = row.scope.cloud
  return {
    id: row.id,
    phase: row.phase,
    scope: row.scope.name,
    clusters: [...row.scope.clusters],
    ...(cloud && { cloud }),
    ...(row.orphaned && { orphaned: true as const }),
    stack: row.stack,
    status: row.status,
    attempt: row.attempt,
    ...(row.reason !== null && { reason: row.reason }),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    ...(row.virtual_start && {
      virtual: { start: row.virtual_start.toISOString(), end: row.virtual_end?.toISOString() ?? null }
    }),
    ...(row.predicted && { predicted: row.predicted }),
    dependsOn: row.depends_on,
    resourceChanges: {
      create: row.created,
      update: row.updated,
      delete: row.deleted,
      replace: row.replaced,
      same: row.same
    },
    outputs: row.outputs === null ? {} : shownOutputs(sealer.open(row.outputs) as OutputValues),
    ...(row.outputs_removed && { outputsRemoved: true as const }),
    ...(row.cost && { cost: unitCost(row.cost) }),
    ...(row.drift && { drift: row.drift }),
    ...(row.judged && { judged: row.judged }),
    ...(row.leftovers && { leftovers: row.leftovers }),
    ...(row.error && { error: row.error })
  }
}

/** A unit as the API shows it. */
export async function readUnit (
  database: Queryable,
  sealer: Sealer,
  deployment: string,
  id: string
): Promise<Unit | undefined> {
  const { rows } = await database.query<Row>(
    `SELECT ${columns}
     FROM windlass.units
     WHERE deployment = $1
       AND id = $2`,
    [deployment, id]
  )
  return rows[0] && unitOf(rows[0], sealer)
}

/**
 * Units of a deployment in the plan's order, of one phase where it is given; `after` is the id of
 * the last one had.
 */
export async function listUnits (
  database: Queryable,
  sealer: Sealer,
  deployment: string,
  page: { after?: string, phase?: number, limit: number }
): Promise<Unit[]> {
  const { rows } = await database.query<Row>(
    `SELECT ${columns}
     FROM windlass.units
     WHERE deployment = $1
       AND (
         $2::text IS NULL
         OR position > (SELECT position FROM windlass.units WHERE deployment = $1 AND id = $2)
       )
       AND ($4::int IS NULL OR phase = $4)
     ORDER BY position
     LIMIT $3`,
    [deployment, page.after ?? null, page.limit, page.phase ?? null]
  )
  return rows.map((row) => unitOf(row, sealer))
}
