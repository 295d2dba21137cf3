import { type Notification } from '../../../contract/notification.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'
import { type Facts, type Receiver } from './facts.ts'

/** A notification that is to be sent now. */
export interface Claimed {
  id: string
  receiver: Receiver
  facts: Facts
  attempts: number
}

/** Stores what is to be told to a receiver; nothing when it is stored already. */
export async function insertNotification (
  client: Queryable,
  { id, receiver, facts }: Omit<Claimed, 'attempts'>
): Promise<void> {
  await client.query(
    `INSERT INTO windlass.notifications (id, federation, deployment, seq, receiver, settings, facts)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (deployment, seq, receiver) DO NOTHING`,
    [
      id,
      facts.federation,
      facts.deployment,
      facts.seq,
      receiver.name,
      jsonText(receiver),
      jsonText(facts)
    ]
  )
}

/**
 * Takes the next notification for `leaseSeconds`, after which its sender counts as dead and another
 * takes it. A receiver hears of a deployment's events in their order.
 */
export async function claimNotification (
  database: Queryable,
  leaseSeconds: number
): Promise<Claimed | undefined> {
  const { rows } = await database.query<{ id: string, settings: Receiver, facts: Facts, attempts: number }>(
    `UPDATE windlass.notifications
     SET attempts = attempts + 1, next_at = now() + make_interval(secs => $1)
     WHERE id = (
       SELECT id
       FROM windlass.notifications n
       WHERE status = 'pending'
         AND next_at <= now()
         AND NOT EXISTS (
           SELECT 1
           FROM windlass.notifications o
           WHERE o.deployment = n.deployment
             AND o.receiver = n.receiver
             AND o.seq < n.seq
             AND o.status = 'pending'
         )
       ORDER BY next_at
       LIMIT 1
       FOR UPDATE SKIP LOCKED
     )
     RETURNING id, settings, facts, attempts`,
    [leaseSeconds]
  )
  return rows[0] &&
    { id: rows[0].id, receiver: rows[0].settings, facts: rows[0].facts, attempts: rows[0].attempts }
}

/**
 * Notes what became of an attempt: `waitSeconds` until the next, or its end. Nothing when another
 * attempt was begun since.
 */
export async function endAttemptOf (
  database: Queryable,
  { id, attempts }: Pick<Claimed, 'id' | 'attempts'>,
  outcome: { status: 'delivered' } | { status: 'dead', error: string } | {
    status: 'pending'
    error: string
    waitSeconds: number
  }
): Promise<void> {
  await database.query(
    `UPDATE windlass.notifications
     SET status = $3, error = $4, next_at = now() + make_interval(secs => $5),
       ended_at = CASE WHEN $3 = 'pending' THEN NULL ELSE now() END
     WHERE id = $1
       AND attempts = $2
       AND status = 'pending'`,
    [
      id,
      attempts,
      outcome.status,
      'error' in outcome ? outcome.error : null,
      'waitSeconds' in outcome ? outcome.waitSeconds : 0
    ]
  )
}

/**
 * Reads the deployment that a notification is about, to decide who may have it sent again.
 * Undefined when there is none.
 */
export async function notificationDeployment (database: Queryable, id: string): Promise<string | undefined> {
  const { rows } = await database.query<{ deployment: string }>(
    `SELECT deployment
     FROM windlass.notifications
     WHERE id = $1`,
    [id]
  )
  return rows[0]?.deployment
}

/**
 * Has one that was given up sent again, with all attempts before it. Resolves with its state
 * before: undefined when there is none, and nothing was changed unless it was dead.
 */
export async function reviveNotification (
  client: Queryable,
  id: string
): Promise<
  { status: Notification['status'], deployment: string, federation: string, receiver: string } | undefined
> {
  const { rows } = await client.query<
    { status: Notification['status'], deployment: string, federation: string, receiver: string }
  >(
    `WITH before AS (
       SELECT id, status, deployment, federation, receiver
       FROM windlass.notifications
       WHERE id = $1
       FOR UPDATE
     ), revived AS (
       UPDATE windlass.notifications n
       SET status = 'pending', attempts = 0, next_at = now(), ended_at = NULL
       FROM before b
       WHERE n.id = b.id
         AND b.status = 'dead'
     )
     SELECT status, deployment, federation, receiver
     FROM before`,
    [id]
  )
  return rows[0]
}

interface Row {
  id: string
  federation: string
  deployment: string
  seq: number
  receiver: string
  kind: Receiver['kind']
  what: string
  type: string | null
  status: Notification['status']
  attempts: number
  error: string | null
  created_at: Date
  ended_at: Date | null
  next_at: Date
}

/**
 * Notifications, the latest first; `after` is the id of the last one had. `federations`: patterns
 * of LIKE; `id`: only that one.
 */
export async function listNotifications (
  database: Queryable,
  page: {
    after?: string
    limit: number
    status?: Notification['status']
    federations?: readonly string[]
    id?: string
  }
): Promise<Notification[]> {
  const { rows } = await database.query<Row>(
    `SELECT id, federation, deployment, seq, receiver, settings->>'kind' AS kind, facts->>'what' AS what,
       facts->>'type' AS type, status, attempts, error, created_at, ended_at, next_at
     FROM windlass.notifications
     WHERE (
       $1::text IS NULL
       OR number < (
         SELECT number
         FROM windlass.notifications
         WHERE id = $1
           AND ($4::text[] IS NULL OR federation LIKE ANY ($4))
       )
     )
       AND ($3::text IS NULL OR status = $3)
       AND ($4::text[] IS NULL OR federation LIKE ANY ($4))
       AND ($5::text IS NULL OR id = $5)
     ORDER BY number DESC
     LIMIT $2`,
    [page.after ?? null, page.limit, page.status ?? null, page.federations ?? null, page.id ?? null]
  )
  return rows.map((
    {
      id,
      federation,
      deployment,
      seq,
      receiver,
      kind,
      what,
      type,
      status,
      attempts,
      error,
      created_at: createdAt,
      ended_at: endedAt,
      next_at: nextAt
    }
  ) => ({
    id,
    federation,
    deployment,
    event: seq,
    type: type ?? `deployment.${what}`,
    receiver,
    kind,
    status,
    attempts,
    ...(error !== null && { error }),
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    ...(status === 'pending' && { nextAt: nextAt.toISOString() })
  }))
}
