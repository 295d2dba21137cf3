/** Turns of schedules: which of their deployments are not over, and which times were left out. */
import { type ScheduleTurn } from '../../launcher.ts'
import { type Pool, transaction, type Queryable } from '../postgres/database.ts'
import { findByKey, type OwnKey } from './idempotency-key.ts'

// Any constant that this database's other advisory locks do not start with.
const namespace = 0x74757273

/** A schedule by its name. */
type Named = Pick<ScheduleTurn, 'federation' | 'schedule'>

/** The subject on whose behalf a schedule launches. */
export function scheduleSubject ({ federation, schedule }: Named): string {
  return `schedule:${federation}:${schedule}`
}

/**
 * Holds a schedule until the transaction ends, so that its turns are given one at a time. Taken
 * after the lane, where both are.
 */
export async function lockSchedule (client: Queryable, schedule: Named): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [namespace, scheduleSubject(schedule)])
}

/**
 * The deployment that keeps a schedule from launching: the first of those that are not over, when
 * there are more than it may overtake; or the one for which this time, or a later one, was left out
 * before.
 */
export async function inTheWay (client: Queryable, turn: ScheduleTurn): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT deployment AS id
     FROM windlass.left_out_times
     WHERE federation = $1
       AND schedule = $2
       AND due >= $3`,
    [turn.federation, turn.schedule, turn.due]
  )
  if (rows[0]) return rows[0].id
  const open = await client.query<{ id: string }>(
    `SELECT id
     FROM windlass.deployments
     WHERE launched_by->>'subject' = $1
       AND launched_by->>'kind' = 'schedule'
       AND status IN ('queued', 'running', 'waiting', 'canceling')
     ORDER BY queue_order
     LIMIT $2`,
    [scheduleSubject(turn), turn.mostBefore + 1]
  )
  return open.rows.length > turn.mostBefore ? open.rows[0]?.id : undefined
}

/**
 * Days after which it is forgotten that a time was left out: a year shows the last one of every
 * schedule that is still there, and does not keep names for ever.
 */
const keptDays = 366

/**
 * Notes that a time was left out. False when it was noted before, or when another process launched
 * it meanwhile.
 */
export async function noteLeftOut (
  pool: Pool,
  turn: ScheduleTurn,
  { deployment, key }: { deployment: string, key: OwnKey }
): Promise<boolean> {
  return await transaction(pool, async (client) => {
    await lockSchedule(client, turn)
    if (await findByKey(client, key)) return false
    await client.query(
      `DELETE FROM windlass.left_out_times
       WHERE federation = $1
         AND due < now() - make_interval(days => $2)`,
      [turn.federation, keptDays]
    )
    const { rowCount } = await client.query(
      `INSERT INTO windlass.left_out_times AS known (federation, schedule, due, deployment)
       VALUES ($1, $2, $3, $4)
       ON CONFLICT (federation, schedule) DO UPDATE
       SET due = excluded.due,
         deployment = excluded.deployment,
         times = known.times + 1
       WHERE known.due < excluded.due`,
      [turn.federation, turn.schedule, turn.due, deployment]
    )
    return rowCount === 1
  })
}

/** The latest time that a schedule left out, and how many it did. */
export interface LeftOut {
  due: string
  deployment: string
  times: number
}

/** Reads what schedules of a federation left out, by their names. */
export async function leftOutTimes (client: Queryable, federation: string): Promise<Map<string, LeftOut>> {
  const { rows } = await client.query<{ schedule: string, due: Date, deployment: string, times: number }>(
    `SELECT schedule, due, deployment, times
     FROM windlass.left_out_times
     WHERE federation = $1`,
    [federation]
  )
  return new Map(
    rows.map(({ schedule, due, deployment, times }) => [schedule, {
      due: due.toISOString(),
      deployment,
      times
    }])
  )
}
