/**
 * The audit log's entries and the chain that joins them. Pure. docs/operations.md describes it for
 * whoever checks it with other tools.
 */
import { createHash } from 'node:crypto'
import { type AuditEntry } from '../../../contract/audit.ts'
import { storableValue } from '../../../contract/text/json-walk.ts'
import { type Act } from '../../acts.ts'
import { canonical } from '../../canonical.ts'

/** A place in the chain: an entry's number and hash. */
export interface Link {
  seq: number
  hash: string
}
/** The link before the first entry. */
export const origin: Link = { seq: 0, hash: '0'.repeat(64) }

/** An entry as it is kept: its canonical text and the hash that covers it and all before it. */
export interface KeptEntry extends Link {
  entry: string
}

/**
 * SHA-256 over the hash before, a line feed and the entry's canonical JSON, in hexadecimal digits.
 */
export function hashOf (previous: string, entry: string): string {
  return createHash('sha256').update(`${previous}\n${entry}`).digest('hex')
}

/**
 * The format of entries that are written now. Format 1, without the field, is what was written
 * before. An entry says its format itself, so that the hash covers the rule that reads it.
 */
const format = 2

/** The entry that follows a link. */
export function follow (previous: Link, act: Act, time: string): KeptEntry {
  const seq = previous.seq + 1
  // Before it is hashed: what is stored has to be what the hash covers.
  const entry = canonical(storableValue({ ...act, seq, time, format } satisfies AuditEntry))
  return { seq, entry, hash: hashOf(previous.hash, entry) }
}

/** An entry that was read, or why it does not follow the link before it. */
export type ReadEntry = { entry: AuditEntry } | { problem: string }

/** Reads the entry that follows a link. */
export function entryAfter (previous: Link, { seq, entry: text, hash }: KeptEntry): ReadEntry {
  if (seq !== previous.seq + 1) {
    return {
      problem: seq > previous.seq + 1
        ? `entries ${previous.seq + 1} to ${seq - 1} are missing`
        : `entry ${seq} comes after entry ${previous.seq}`
    }
  }
  if (hashOf(previous.hash, text) !== hash) {
    return { problem: `entry ${seq} or the hash before it was changed` }
  }
  const entry = JSON.parse(text) as AuditEntry
  return entry.seq === seq
    ? { entry }
    : { problem: `entry ${seq} says that it is entry ${String(entry.seq)}` }
}

/** Parts of an entry that stand beside it, so that queries find it. */
export interface AuditColumns {
  time: Date
  action: string
  outcome: string
  subject: string | null
  federation: string | null
  target: string | null
}

/** The columns of an entry: the rule of formats 1 and 2. */
export function columnsOf ({ time, action, outcome, actor, target }: AuditEntry): AuditColumns {
  return {
    time: new Date(time),
    action,
    outcome,
    subject: actor?.subject ?? null,
    federation: target.federation ?? null,
    target: target.id
  }
}

/**
 * Gives the reason why what queries find is not what an entry says; undefined when it is. The hash
 * covers the entry alone, and a list is filtered by the columns: whoever changes one hides the
 * entry from those who look for it.
 */
export function columnChanged (entry: AuditEntry, columns: AuditColumns): string | undefined {
  const { format: told = 1 } = entry
  if (told !== 1 && told !== format) return `entry ${entry.seq} has the unknown format ${told}`
  const expected = columnsOf(entry)
  for (const name of ['action', 'outcome', 'subject', 'federation', 'target'] as const) {
    if (columns[name] !== expected[name]) return `the column ${name} beside entry ${entry.seq} was changed`
  }
  return columns.time.getTime() === expected.time.getTime()
    ? undefined
    : `the column time beside entry ${entry.seq} was changed`
}

/** The last entry that a removal by retention took, as the entry about the removal says. */
export function removedThrough ({ action, after }: AuditEntry): Link | undefined {
  return action === 'audit.removed' ? (after as { through: Link }).through : undefined
}

/**
 * Gives the reason why the beginning of what is kept is not where retention left it; undefined when
 * it is. `first`: the link before the oldest entry; `removal`: what the latest `audit.removed`
 * says.
 */
export function unaccountedStart (first: Link, removal: Link | undefined): string | undefined {
  const said = removal ?? origin
  if (said.seq === first.seq && said.hash === first.hash) return undefined
  return `entries up to ${first.seq} are gone, and retention noted that it removed those up to ${said.seq}`
}
