/**
 * The audit log's entries and the chain that joins them. Pure. docs/operations.md describes it for
 * whoever checks it with other tools.
 */
import { createHash } from 'node:crypto'
import { type AuditEntry } from '../../../contract/audit.ts'
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

/** The entry that follows a link. */
export function follow (previous: Link, act: Act, time: string): KeptEntry {
  const seq = previous.seq + 1
  const entry = canonical({ ...act, seq, time } satisfies AuditEntry)
  return { seq, entry, hash: hashOf(previous.hash, entry) }
}

/** Gives the reason why an entry does not follow a link; undefined when it does. */
export function breakAt (previous: Link, { seq, entry, hash }: KeptEntry): string | undefined {
  if (seq !== previous.seq + 1) {
    return seq > previous.seq + 1
      ? `entries ${previous.seq + 1} to ${seq - 1} are missing`
      : `entry ${seq} comes after entry ${previous.seq}`
  }
  if (hashOf(previous.hash, entry) !== hash) return `entry ${seq} or the hash before it was changed`
  const { seq: told } = JSON.parse(entry) as { seq: unknown }
  return told === seq ? undefined : `entry ${seq} says that it is entry ${String(told)}`
}
