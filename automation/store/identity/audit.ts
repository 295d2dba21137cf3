import { type Act } from '../../acts.ts'
import { type Queryable } from '../postgres/database.ts'
import { type KeptEntry, type Link, follow } from './audit-chain.ts'

/**
 * Appends an act to the audit log inside the caller's transaction: it is there when the act is, and
 * else not. The log's end is locked until that transaction ends, so callers do this last.
 */
export async function appendAudit (client: Queryable, act: Act): Promise<Link> {
  const { rows } = await client.query<{ seq: string, hash: string, now: Date }>(
    `SELECT seq, hash, clock_timestamp() AS now
     FROM windlass.audit_head
     FOR UPDATE`
  )
  const head = rows[0]
  if (!head) {
    throw new Error(
      'the head of the audit log is gone: restore windlass.audit_head from a backup or the log of this ' +
        'service, where each head is told'
    )
  }
  const { seq, entry, hash } = follow({ seq: Number(head.seq), hash: head.hash }, act, head.now.toISOString())
  await client.query(
    `WITH appended AS (
       INSERT INTO windlass.audit (seq, entry, hash, time, action, outcome, subject, federation, target)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     )
     UPDATE windlass.audit_head
     SET seq = $1, hash = $3`,
    [
      seq,
      entry,
      hash,
      head.now,
      act.action,
      act.outcome,
      act.actor?.subject ?? null,
      act.target.federation ?? null,
      act.target.id
    ]
  )
  return { seq, hash }
}

/** Both ends of the log: its last entry, and the last that retention removed. */
export async function auditEnds (client: Queryable): Promise<{ head: Link, removed: Link } | undefined> {
  const { rows } = await client.query<
    { seq: string, hash: string, removed_seq: string, removed_hash: string }
  >(
    `SELECT seq, hash, removed_seq, removed_hash
     FROM windlass.audit_head`
  )
  const row = rows[0]
  return row &&
    {
      head: { seq: Number(row.seq), hash: row.hash },
      removed: { seq: Number(row.removed_seq), hash: row.removed_hash }
    }
}

/** Entries after a number, oldest first. */
export async function readChain (client: Queryable, after: number, limit: number): Promise<KeptEntry[]> {
  const { rows } = await client.query<{ seq: string, entry: string, hash: string }>(
    `SELECT seq, entry, hash
     FROM windlass.audit
     WHERE seq > $1
     ORDER BY seq
     LIMIT $2`,
    [after, limit]
  )
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}

/** Entries that a reader looks for. */
export interface AuditFilter {
  /** Names in which `*` stands for any characters; entries about none are left out then. */
  federations?: readonly string[]
  action?: string
  subject?: string
  target?: string
  outcome?: 'done' | 'denied'
}

/** Entries before a number (absent: the latest), latest first. */
export async function listAudit (
  client: Queryable,
  page: { before?: number, limit: number } & AuditFilter
): Promise<KeptEntry[]> {
  const patterns = page.federations?.map((pattern) =>
    pattern.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%')
  )
  const { rows } = await client.query<{ seq: string, entry: string, hash: string }>(
    `SELECT seq, entry, hash
     FROM windlass.audit
     WHERE ($1::bigint IS NULL OR seq < $1)
       AND ($2::text[] IS NULL OR federation LIKE ANY ($2))
       AND ($3::text IS NULL OR action = $3)
       AND ($4::text IS NULL OR subject = $4)
       AND ($5::text IS NULL OR target = $5)
       AND ($6::text IS NULL OR outcome = $6)
     ORDER BY seq DESC
     LIMIT $7`,
    [
      page.before ?? null,
      patterns ?? null,
      page.action ?? null,
      page.subject ?? null,
      page.target ?? null,
      page.outcome ?? null,
      page.limit
    ]
  )
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}

/** Says whether the oldest entry is older than a number of days. */
export async function oldestAudit (client: Queryable, days: number): Promise<boolean> {
  const { rows } = await client.query<{ old: boolean }>(
    `SELECT time < now() - $1 * interval '1 day' AS old
     FROM windlass.audit
     ORDER BY seq
     LIMIT 1`,
    [days]
  )
  return rows[0]?.old === true
}

/** Counts the entries before the first that is not older than a number of days. */
export async function countOldAudit (client: Queryable, days: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count
     FROM windlass.audit
     WHERE seq < coalesce(
       (
         SELECT seq
         FROM windlass.audit
         WHERE time >= now() - $1 * interval '1 day'
         ORDER BY seq
         LIMIT 1
       ),
       9223372036854775807
     )`,
    [days]
  )
  return rows[0]?.count ?? 0
}

/**
 * Removes the oldest entries, at most `limit`, that are older than a number of days. Resolves with
 * the last one removed and how many; undefined when there was none. The caller notes it in the log,
 * in the same transaction.
 */
export async function removeOldAudit (
  client: Queryable,
  days: number,
  limit: number
): Promise<{ last: Link, entries: number } | undefined> {
  await client.query(
    `SELECT 1
     FROM windlass.audit_head
     FOR UPDATE`
  )
  await client.query("SELECT set_config('windlass.audit_retention', 'on', true)")
  // In the order of the chain, and never past the first that stays: times may go back when clocks
  // do.
  const { rows } = await client.query<{ seq: string, hash: string, entries: number }>(
    `WITH oldest AS (
       SELECT seq, time
       FROM windlass.audit
       ORDER BY seq
       LIMIT $2
     ), kept AS (
       SELECT min(seq) AS seq
       FROM oldest
       WHERE time >= now() - $1 * interval '1 day'
     ), gone AS (
       DELETE FROM windlass.audit a
       USING oldest o, kept k
       WHERE a.seq = o.seq
         AND (k.seq IS NULL OR a.seq < k.seq)
       RETURNING a.seq, a.hash
     )
     SELECT seq, hash, count(*) OVER ()::int AS entries
     FROM gone
     ORDER BY seq DESC
     LIMIT 1`,
    [days, limit]
  )
  await client.query("SELECT set_config('windlass.audit_retention', 'off', true)")
  const row = rows[0]
  if (!row) return undefined
  await client.query(
    `UPDATE windlass.audit_head
     SET removed_seq = $1, removed_hash = $2`,
    [row.seq, row.hash]
  )
  return { last: { seq: Number(row.seq), hash: row.hash }, entries: row.entries }
}
