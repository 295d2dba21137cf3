/** The stored chain of the audit log, read from its oldest entry to its head. */
import { removedThrough, unaccountedStart, type Link } from '../store/identity/audit-chain.ts'
import { auditEnds, entryUpTo, readChain, storedAfter, type StoredEntry } from '../store/identity/audit.ts'
import { type Pool } from '../store/postgres/database.ts'

/** Entries read at once: half a megabyte. */
const batch = 1_000

/** The result of going through the log. */
export interface Verification {
  valid: boolean
  /** Number of entries that were checked. */
  entries: number
  /** The link before the oldest entry that is kept. */
  first: Link
  head: Link
  /** The first place where the log is broken; absent when it is whole. */
  problem?: string
}

/**
 * Reads what is stored after `from` up to `to`, in batches and in order; ends early where nothing
 * more is there.
 */
export async function* storedChain (pool: Pool, from: Link, to: Link): AsyncGenerator<StoredEntry[]> {
  for (let last = from; last.seq < to.seq;) {
    const kept = await readChain(pool, last.seq, Math.min(batch, to.seq - last.seq))
    const end = kept.at(-1)
    if (!end) return
    yield kept
    last = end
  }
}

/** Goes through all that is stored. Rejects when the signal aborts. */
export async function verifyChain (pool: Pool, signal: AbortSignal): Promise<Verification> {
  const ends = await auditEnds(pool)
  if (!ends) {
    const nothing = { seq: 0, hash: '' }
    return { valid: false, entries: 0, first: nothing, head: nothing, problem: 'the head of the log is gone' }
  }
  const { head, removed: first } = ends
  const { entries, last, removal, problem } = await walk(pool, { first, head, signal })
  const found = problem ?? await brokenEnd(pool, last, head) ?? unaccountedStart(first, removal) ??
    await beforeStart(pool, first)
  return {
    valid: found === undefined,
    entries,
    first,
    head,
    ...(found !== undefined && { problem: found })
  }
}

async function walk (
  pool: Pool,
  { first, head, signal }: { first: Link, head: Link, signal: AbortSignal }
): Promise<{ entries: number, last: Link, removal?: Link, problem?: string }> {
  let last = first
  let removal: Link | undefined
  let entries = 0
  for await (const kept of storedChain(pool, first, head)) {
    signal.throwIfAborted()
    for (const one of kept) {
      // Whoever appends meanwhile moves the head on; entries after the one that was read first are
      // not looked at.
      const read = storedAfter(last, one)
      if ('problem' in read) return { entries, last, problem: read.problem }
      removal = removedThrough(read.entry) ?? removal
      last = one
      entries++
    }
  }
  return { entries, last, ...(removal && { removal }) }
}

/** Says what lies before the beginning of the chain: lists would show it, and no hash covers it. */
async function beforeStart (pool: Pool, first: Link): Promise<string | undefined> {
  const seq = await entryUpTo(pool, first.seq)
  return seq === undefined ? undefined : `entry ${seq} comes before the beginning, ${first.seq + 1}`
}

/** Says what is wrong between the last entry and the head. */
async function brokenEnd (pool: Pool, last: Link, head: Link): Promise<string | undefined> {
  if (last.seq < head.seq) return `entries ${last.seq + 1} to ${head.seq} are missing`
  if (last.hash !== head.hash) return `the last entry, ${last.seq}, is not the one that the head names`
  const [beyond] = (await auditEnds(pool))?.head.seq === head.seq ? await readChain(pool, head.seq, 1) : []
  return beyond ? `entry ${beyond.seq} comes after the head` : undefined
}
