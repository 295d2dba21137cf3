/** The audit log as the server sees it. */
import { type AuditEntry } from '../../contract/audit.ts'
import { type Act } from '../acts.ts'
import { type Logger } from '../logger.ts'
import { breakAt, type Link } from '../store/identity/audit-chain.ts'
import { appendAudit, auditEnds, type AuditFilter, listAudit, readChain } from '../store/identity/audit.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { Denials } from './denials.ts'

/**
 * Whether the log is whole. `problem` says where it is not. `first` is the link before the oldest
 * entry that is kept.
 */
export interface Verification {
  valid: boolean
  entries: number
  first: Link
  head: Link
  problem?: string
}
/** A page, latest first: `next` is what to pass as `before`. */
export interface AuditPage {
  items: AuditEntry[]
  next?: string
}

export interface AuditLog {
  page(page: { before?: number, limit: number } & AuditFilter): Promise<AuditPage>
  /**
   * Lines of NDJSON in batches: each entry with its hash and the one before, at last the log's
   * head. docs/operations.md says what is in them.
   */
  lines(options: { signal: AbortSignal }): AsyncIterable<string[]>
  /** Goes through all that is stored. */
  verify(options: { signal: AbortSignal }): Promise<Verification>
  /**
   * Notes an act that has no transaction of its own, such as a read. Rejects when it can't be
   * noted.
   */
  note(act: Act): Promise<void>
  /** Notes that somebody was turned away, within bounds. Never rejects: what fails is logged. */
  denied(act: Omit<Act, 'outcome'>): Promise<void>
}

/** Entries read at once: half a megabyte. */
const batch = 1_000

/** Opens it. `clean` takes secrets out of what is noted. */
export function openAuditLog (
  pool: Pool,
  { logger, clean }: { logger: Logger, clean: <T>(value: T) => T }
): AuditLog {
  const denials = new Denials()
  const note = async (act: Act): Promise<void> => {
    await transaction(pool, (client) => appendAudit(client, clean(act)))
  }
  const endsOf = async (): Promise<{ head: Link, removed: Link }> => {
    const ends = await auditEnds(pool)
    if (!ends) throw new Error('the head of the audit log is gone')
    return ends
  }

  /**
   * What is stored after `from` up to `to`, in batches and in order; ends early where nothing more
   * is there.
   */
  async function* stored (from: Link, to: Link): AsyncGenerator<Awaited<ReturnType<typeof readChain>>> {
    for (let last = from; last.seq < to.seq;) {
      const kept = await readChain(pool, last.seq, Math.min(batch, to.seq - last.seq))
      const end = kept.at(-1)
      if (!end) return
      yield kept
      last = end
    }
  }

  return {
    async page ({ limit, ...page }) {
      const found = await listAudit(pool, { ...page, limit: limit + 1 })
      const items = found.slice(0, limit).map(({ entry }) => JSON.parse(entry) as AuditEntry)
      return { items, ...(found.length > limit ? { next: String(items.at(-1)?.seq) } : {}) }
    },
    async *lines ({ signal }) {
      // What is appended meanwhile is not in it: the head says where it ends.
      const { head, removed } = await endsOf()
      let last = removed
      for await (const kept of stored(removed, head)) {
        if (signal.aborted) return
        const lines: string[] = []
        for (const one of kept) {
          lines.push(`{"entry":${one.entry},"hash":"${one.hash}","previous":"${last.hash}"}`)
          last = one
        }
        yield lines
      }
      if (!signal.aborted) yield [JSON.stringify({ first: removed, head })]
    },
    async verify ({ signal }) {
      const ends = await auditEnds(pool)
      if (!ends) {
        return {
          valid: false,
          entries: 0,
          first: { seq: 0, hash: '' },
          head: { seq: 0, hash: '' },
          problem: 'the head of the log is gone'
        }
      }
      const { head, removed } = ends
      let last = removed
      let entries = 0
      const result = (problem?: string): Verification => ({
        valid: problem === undefined,
        entries,
        first: removed,
        head,
        ...(problem === undefined ? {} : { problem })
      })
      for await (const kept of stored(removed, head)) {
        signal.throwIfAborted()
        for (const one of kept) {
          // Whoever appends meanwhile moves the head on; entries after the one that was read first
          // are not looked at.
          const problem = breakAt(last, one)
          if (problem !== undefined) return result(problem)
          last = one
          entries++
        }
      }
      if (last.seq < head.seq) return result(`entries ${last.seq + 1} to ${head.seq} are missing`)
      if (last.hash !== head.hash) {
        return result(`the last entry, ${last.seq}, is not the one that the head names`)
      }
      const [beyond] = (await auditEnds(pool))?.head.seq === head.seq
        ? await readChain(pool, head.seq, 1)
        : []
      return result(beyond ? `entry ${beyond.seq} comes after the head` : undefined)
    },
    note,
    async denied (act) {
      const { noted, left } = denials.admit(act.actor?.subject ?? act.origin?.address ?? 'unknown')
      try {
        if (left > 0) {
          await note({
            action: 'access.denied',
            outcome: 'denied',
            target: { kind: 'service', id: 'windlass' },
            reason: `${left} more attempts were denied in the minutes before`
          })
        }
        if (noted) await note({ ...act, outcome: 'denied' })
      } catch (error) {
        logger.error(
          { err: error, action: act.action },
          'a denied attempt could not be noted in the audit log'
        )
      }
    }
  }
}
