/** The audit log as the server sees it. */
import { type AuditEntry } from '../../contract/audit.ts'
import { type Act } from '../acts.ts'
import { type Logger } from '../logger.ts'
import { appendAudit, auditEnds, type AuditFilter, listAudit } from '../store/identity/audit.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { Denials } from './denials.ts'
import { storedChain, type Verification, verifyChain } from './verify.ts'

/** A page, latest first. */
export interface AuditPage {
  items: AuditEntry[]
  /** Passed as `before` for the next page; absent on the last. */
  next?: string
}

/** The audit log as the server works with it. */
export interface AuditLog {
  /** Lists entries, the latest first. */
  page(page: { before?: number, limit: number } & AuditFilter): Promise<AuditPage>
  /**
   * Gives lines of NDJSON in batches: each entry with its hash and the one before, at last the
   * log's head. docs/operations.md says what is in them.
   */
  lines(options: { signal: AbortSignal }): AsyncIterable<string[]>
  /** Goes through all that is stored. */
  verify(options: { signal: AbortSignal }): Promise<Verification>
  /**
   * Notes an act that has no transaction of its own, such as a read. Rejects when it cannot be
   * noted.
   */
  note(act: Act): Promise<void>
  /** Notes that somebody was turned away, within bounds. Never rejects: what fails is logged. */
  denied(act: Omit<Act, 'outcome'>): Promise<void>
}

/** Creates the log over the store. */
export function createAuditLog (
  pool: Pool,
  { logger }: { logger: Logger }
): AuditLog {
  const denials = new Denials()
  const note = async (act: Act): Promise<void> => {
    await transaction(pool, (client) => appendAudit(client, act))
  }
  return {
    async page ({ limit, ...page }) {
      const found = await listAudit(pool, { ...page, limit: limit + 1 })
      const items = found.slice(0, limit).map(({ entry }) => JSON.parse(entry) as AuditEntry)
      return { items, ...(found.length > limit && { next: String(items.at(-1)?.seq) }) }
    },
    lines: ({ signal }) => linesOf(pool, signal),
    verify: ({ signal }) => verifyChain(pool, signal),
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

async function* linesOf (pool: Pool, signal: AbortSignal): AsyncGenerator<string[]> {
  const ends = await auditEnds(pool)
  if (!ends) throw new Error('the head of the audit log is gone')
  // What is appended meanwhile is not in it: the head says where it ends.
  const { head, removed } = ends
  let last = removed
  for await (const kept of storedChain(pool, removed, head)) {
    if (signal.aborted) return
    const lines: string[] = []
    for (const one of kept) {
      lines.push(`{"entry":${one.entry},"hash":"${one.hash}","previous":"${last.hash}"}`)
      last = one
    }
    yield lines
  }
  if (!signal.aborted) yield [JSON.stringify({ first: removed, head })]
}
