import {
  type Failure,
  type JudgedCalls,
  type Leftover,
  type ResourceChanges
} from '../../../contract/deployment.ts'
import { type CostRecord } from '../../../pricing/change.ts'
import { type DriftRecord, type OutputValues } from '../../stacks/types.ts'
import { recordDrift } from '../deployments/drift-findings.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText, toldText } from '../postgres/json.ts'
import { type Sealer } from '../postgres/sealer.ts'
import { advanceWorld } from '../worlds/world-clock.ts'
import { recordCost } from './unit-costs.ts'

/** The attempt that ends, and under which lease. */
export interface Attempt {
  deployment: string
  unit: string
  fence: number
}

interface EndOfAny {
  changes: ResourceChanges
  cost?: CostRecord
  drift?: DriftRecord
  judged?: JudgedCalls
  /** What becomes of the outputs that later units read. */
  stored: 'replace' | 'remove' | 'keep'
  /** Its host was lost on the way out: what it had begun is looked for if it runs again. */
  settle: boolean
  /** The world's time then, milliseconds since the epoch; absent: live. */
  virtualEnd?: number | undefined
}
interface EndOfSucceeded extends EndOfAny {
  status: 'succeeded'
  outputs?: OutputValues
  /** Replaced resources that could not be deleted yet; absent: none. */
  leftovers?: Leftover[]
  error?: never
  reason?: never
}
interface EndOfFailed extends EndOfAny {
  status: 'failed'
  error: Failure
  outputs?: never
  leftovers?: never
  reason?: never
}
interface EndOfCanceled extends EndOfAny {
  status: 'canceled'
  reason: string
  outputs?: never
  leftovers?: never
  error?: never
}
/** The end of an attempt whose unit leaves `running` for good. */
export type AttemptEnd = EndOfSucceeded | EndOfFailed | EndOfCanceled

/** The return of a unit to `waiting`. */
export interface AttemptReturn {
  changes: ResourceChanges
  cost?: CostRecord
  /** Time of the next try, milliseconds since the epoch. */
  retryAt: number
  reason: string
  error?: Failure
  failures: number
  losses: number
  settle: boolean
  /** The world's time of the next try, milliseconds since the epoch; absent: live, or as it was. */
  virtualEnd?: number | undefined
}

const where = `deployment = $1
  AND id = $2
  AND fence = $3
  AND status = 'running'`
const sums = `created = created + $4, updated = updated + $5, deleted = deleted + $6,
  replaced = replaced + $7, same = same + $8`

function summands (changes: ResourceChanges): number[] {
  return [changes.create, changes.update, changes.delete, changes.replace, changes.same]
}

/**
 * Writes a unit's result and its outputs. False when the lease was lost: then nothing is written.
 */
export async function endAttempt (
  client: Queryable,
  sealer: Sealer,
  attempt: Attempt,
  end: AttemptEnd
): Promise<boolean> {
  const sealed = end.outputs ? sealer.seal(end.outputs) : null
  const { rowCount } = await client.query({
    name: `end-attempt-${end.stored}`,
    text: `WITH ended AS (
        UPDATE windlass.units
        SET ${sums}, status = $9, outputs = $10, error = $11, reason = $12, settle = $13, leftovers = $14,
          judged = $15, executor = NULL, finished_at = clock_timestamp(),
          virtual_end = coalesce(to_timestamp($16::float8 / 1000), virtual_end)
        WHERE ${where}
        RETURNING *
      )${stored[end.stored]}
      SELECT 1
      FROM ended`,
    values: [
      attempt.deployment,
      attempt.unit,
      attempt.fence,
      ...summands(end.changes),
      end.status,
      sealed,
      end.error ? toldText(end.error) : null,
      end.reason ?? null,
      end.settle,
      end.leftovers ? toldText(end.leftovers) : null,
      end.judged ? jsonText(end.judged) : null,
      end.virtualEnd ?? null
    ]
  })
  if (rowCount === 1 && end.virtualEnd) await advanceWorld(client, attempt.deployment, end.virtualEnd)
  if (rowCount === 1 && end.cost) await recordCost(client, attempt, end.cost)
  if (rowCount === 1 && end.drift) await recordDrift(client, attempt, end.drift)
  return rowCount === 1
}

/** Fate of the outputs that later units read, after the CTE of the ended unit. */
const stored = {
  keep: '',
  remove: `, gone AS (
        DELETE FROM windlass.unit_outputs o
        USING ended
        WHERE o.place = ended.place
          AND o.stack = ended.stack
      ), destroyed AS (
        DELETE FROM windlass.deployed_units o
        USING ended
        WHERE o.place = ended.place
          AND o.stack = ended.stack
      )`,
  replace: `, kept AS (
        INSERT INTO windlass.unit_outputs (place, stack, federation, phase, unit, reads, outputs, deployment)
        SELECT ended.place, ended.stack, d.federation, ended.phase, ended.id, ended.reads, ended.outputs, d.id
        FROM ended
        JOIN windlass.deployments d ON d.id = ended.deployment
        ON CONFLICT (place, stack) DO UPDATE
        SET phase = excluded.phase, unit = excluded.unit,
          reads = excluded.reads, outputs = excluded.outputs, deployment = excluded.deployment,
          updated_at = now()
      )`
}

/**
 * Puts a unit back among those that wait. False when the lease was lost: then nothing is written.
 */
export async function returnAttempt (
  client: Queryable,
  attempt: Attempt,
  back: AttemptReturn
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE windlass.units
     SET ${sums}, status = 'waiting', retry_at = to_timestamp($9::float8 / 1000), reason = $10, error = $11,
       failures = $12, losses = $13, settle = $14, executor = NULL,
       virtual_end = coalesce(to_timestamp($15::float8 / 1000), virtual_end)
     WHERE ${where}`,
    [
      attempt.deployment,
      attempt.unit,
      attempt.fence,
      ...summands(back.changes),
      back.retryAt,
      back.reason,
      back.error ? toldText(back.error) : null,
      back.failures,
      back.losses,
      back.settle,
      back.virtualEnd ?? null
    ]
  )
  if (rowCount === 1 && back.virtualEnd) await advanceWorld(client, attempt.deployment, back.virtualEnd)
  if (rowCount === 1 && back.cost) await recordCost(client, attempt, back.cost)
  return rowCount === 1
}
