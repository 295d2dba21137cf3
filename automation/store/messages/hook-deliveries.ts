import { type Pool, transaction, type Queryable } from '../postgres/database.ts'
import { toldText } from '../postgres/json.ts'

/** The outcome of a delivery. */
export type HookOutcome = { deployment: string } | { ignored: string }
/** A delivery by its hook, its id and the hash of its body. */
export interface HookDelivery {
  hook: string
  delivery: string
  bodyHash: string
}

/**
 * Days that deliveries are remembered: senders redeliver for three days at most (GitHub), and
 * people look at a month.
 */
const keptDays = 30
/**
 * Deliveries of one hook that are remembered: a hundred thousand rows of 300 bytes are 30 MB, and
 * no repository sees as many pushes a month.
 */
const keptDeliveries = 100_000

/**
 * Finds the outcome of a delivery that was received before: by its id, and with `byBody` by its
 * body under whatever id. `bodyHash` is that of the delivery that was remembered.
 */
export async function findDelivery (
  database: Queryable,
  { hook, delivery, bodyHash }: HookDelivery,
  options: { byBody: boolean }
): Promise<{ outcome: HookOutcome, bodyHash: string } | undefined> {
  const { rows } = await database.query<{ outcome: HookOutcome, body_hash: string }>(
    `SELECT outcome, body_hash
     FROM windlass.hook_deliveries
     WHERE hook = $1
       AND (delivery = $2 OR ($4 AND body_hash = $3))
     ORDER BY delivery = $2 DESC
     LIMIT 1`,
    [hook, delivery, bodyHash, options.byBody]
  )
  return rows[0] && { outcome: rows[0].outcome, bodyHash: rows[0].body_hash }
}

/**
 * Remembers a delivery and forgets old ones of its hook. Resolves with what became of it: what
 * another process remembered first, if one did.
 */
export async function rememberDelivery (
  pool: Pool,
  { hook, delivery, bodyHash }: HookDelivery,
  outcome: HookOutcome
): Promise<HookOutcome> {
  return await transaction(pool, async (client) => {
    await client.query(
      `DELETE FROM windlass.hook_deliveries
       WHERE hook = $1
         AND (
           received_at < now() - make_interval(days => $2)
           OR received_at < (
             SELECT received_at
             FROM windlass.hook_deliveries
             WHERE hook = $1
             ORDER BY received_at DESC
             OFFSET $3
             LIMIT 1
           )
         )`,
      [hook, keptDays, keptDeliveries]
    )
    await client.query(
      `INSERT INTO windlass.hook_deliveries (hook, delivery, body_hash, outcome)
       VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [hook, delivery, bodyHash, toldText(outcome)]
    )
    const { rows } = await client.query<{ outcome: HookOutcome }>(
      `SELECT outcome
       FROM windlass.hook_deliveries
       WHERE hook = $1
         AND delivery = $2`,
      [hook, delivery]
    )
    return rows[0]?.outcome ?? outcome
  })
}

/**
 * Deliveries of a hook, the latest first, up to `before` (milliseconds since the epoch) where it is
 * given.
 */
export async function listDeliveries (
  database: Queryable,
  hook: string,
  page: { before?: number, limit: number }
): Promise<{ delivery: string, outcome: HookOutcome, receivedAt: string }[]> {
  const { rows } = await database.query<{ delivery: string, outcome: HookOutcome, received_at: Date }>(
    `SELECT delivery, outcome, received_at
     FROM windlass.hook_deliveries
     WHERE hook = $1
       AND ($2::float8 IS NULL OR received_at < to_timestamp($2::float8 / 1000))
     ORDER BY received_at DESC, delivery
     LIMIT $3`,
    [hook, page.before ?? null, page.limit]
  )
  return rows.map(({ delivery, outcome, received_at: receivedAt }) => ({
    delivery,
    outcome,
    receivedAt: receivedAt.toISOString()
  }))
}
