import { type AuditEntry } from '../../../contract/audit.ts'
import { type Act } from '../../acts.ts'
import { clean } from '../../redaction/gate.ts'
import { type Queryable } from '../postgres/database.ts'
import {
  type AuditColumns,
  type KeptEntry,
  type Link,
  type ReadEntry,
  columnChanged,
  columnsOf,
  entryAfter,
  follow
} from './audit-chain.ts'

/**
 * Appends an act to the audit log inside the caller's transaction: it is there when the act is, and
 * else not. Secrets are taken out of it. The log's end is locked until that transaction ends, so
 * callers do this last.
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
  const { seq, entry, hash } = follow(
    { seq: Number(head.seq), hash: head.hash },
    clean(act),
    head.now.toISOString()
  )
  const columns = columnsOf(JSON.parse(entry) as AuditEntry)
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
      columns.time,
      columns.action,
      columns.outcome,
      columns.subject,
      columns.federation,
      columns.target
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

/** An entry as it is stored, with the columns beside it. */
export interface StoredEntry extends KeptEntry {
  columns: AuditColumns
}

/** Entries after a number, oldest first. */
export async function readChain (client: Queryable, after: number, limit: number): Promise<StoredEntry[]> {
  const { rows } = await client.query<{ seq: string, entry: string, hash: string } & AuditColumns>(
    `SELECT seq, entry, hash, time, action, outcome, subject, federation, target
     FROM windlass.audit
     WHERE seq > $1
     ORDER BY seq
     LIMIT $2`,
    [after, limit]
  )
  return rows.map(({ seq, entry, hash, ...columns }) => ({ seq: Number(seq), entry, hash, columns }))
}

/** Finds an entry where none is kept any more: at or before a number. */
export async function entryUpTo (client: Queryable, seq: number): Promise<number | undefined> {
  const { rows } = await client.query<{ seq: string }>(
    `SELECT seq
     FROM windlass.audit
     WHERE seq <= $1
     ORDER BY seq DESC
     LIMIT 1`,
    [seq]
  )
  return rows[0] && Number(rows[0].seq)
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

/** Reads a stored entry: that it follows a link, and is what its columns say. */
export function storedAfter (previous: Link, { columns, ...kept }: StoredEntry): ReadEntry {
  const read = entryAfter(previous, kept)
  const problem = 'entry' in read ? columnChanged(read.entry, columns) : undefined
  return problem === undefined ? read : { problem }
}

/**
 * Removes the oldest entries, at most `limit`, that are older than a number of days. Resolves with
 * the last one removed and how many; undefined when there was none. The caller notes it in the log,
 * in the same transaction. Rejects, with nothing removed, where the log is broken: what somebody
 * changed is evidence, and a removal would take it away.
 */
export async function removeOldAudit (
  client: Queryable,
  days: number,
  limit: number
): Promise<{ last: Link, entries: number } | undefined> {
  const { rows: [head] } = await client.query<{ seq: string, hash: string, before: Date }>(
    `SELECT removed_seq AS seq, removed_hash AS hash, now() - $1 * interval '1 day' AS before
     FROM windlass.audit_head
     FOR UPDATE`,
    [days]
  )
  if (!head) throw new Error('the head of the audit log is gone')
  let last: Link = { seq: Number(head.seq), hash: head.hash }
  let entries = 0
  // In the order of the chain, and never past the first that stays: times may go back when clocks
  // do.
  for (const stored of await readChain(client, last.seq, limit)) {
    if (stored.columns.time >= head.before) break
    const read = storedAfter(last, stored)
    if ('problem' in read) throw new Error(`nothing is removed from a broken audit log: ${read.problem}`)
    last = { seq: stored.seq, hash: stored.hash }
    entries++
  }
  if (entries === 0) return undefined
  await client.query("SELECT set_config('windlass.audit_retention', 'on', true)")
  await client.query(
    `DELETE FROM windlass.audit
     WHERE seq <= $1`,
    [last.seq]
  )
  await client.query("SELECT set_config('windlass.audit_retention', 'off', true)")
  await client.query(
    `UPDATE windlass.audit_head
     SET removed_seq = $1, removed_hash = $2`,
    [last.seq, last.hash]
  )
  return { last, entries }
}
