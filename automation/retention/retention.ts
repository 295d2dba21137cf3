import { setTimeout as delay } from 'node:timers/promises'
import { type Logger } from '../logger.ts'
import { type Observe, type Removed } from '../observations.ts'
import { Rounds } from '../rounds.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { lockRetention } from '../store/retention/retention-lock.ts'
import { type RetentionPeriods } from './periods.ts'
import { type RemovalTools, type RetentionRule, rules } from './rules.ts'

/** Milliseconds between rounds: periods are days, and what ten minutes bring is gone in moments. */
const interval = 10 * 60_000
/** Milliseconds between batches: others get at the rows and the disk in between. */
const batchPause = 50
/**
 * Batches of one rule in a round: five million events. What is more is the next round's, so that no
 * rule keeps the others waiting.
 */
const mostBatches = 1_000

/** Parts that retention works with. */
export interface RetentionParts extends RemovalTools {
  pool: Pool
  logger: Logger
  observe: Observe
  periods: RetentionPeriods
}

/** Removes what is older than it is to be kept, in small batches, by one process at a time. */
export class Retention {
  readonly #parts: RetentionParts
  readonly #stop = new AbortController()
  readonly #rounds: Rounds

  constructor (parts: RetentionParts) {
    this.#parts = parts
    this.#rounds = new Rounds(() => this.look(), interval)
  }

  start (): void {
    this.#rounds.start()
  }

  /** Ends with the batch under way. */
  async close (): Promise<void> {
    this.#stop.abort()
    await this.#rounds.close()
  }

  /**
   * One round over all rules. A rule that fails is logged and counted, tried again in the next
   * round, and keeps no other from its work.
   */
  async look (): Promise<void> {
    const { logger, observe } = this.#parts
    for (const rule of rules) {
      if (this.#stop.signal.aborted) return
      try {
        await this.#apply(rule)
      } catch (error) {
        if (this.#stop.signal.aborted) return
        observe({ kind: 'removal-failed', what: rule.what })
        logger.warn(
          { err: error, what: rule.what },
          'what is too old could not be removed; it is tried again'
        )
      }
    }
  }

  async #apply (rule: RetentionRule): Promise<void> {
    const { pool, logger, observe, periods } = this.#parts
    const days = rule.days(periods)
    if (days === 0) return
    let count = 0
    try {
      for (let batch = 0; batch < mostBatches && !this.#stop.signal.aborted; batch++) {
        const removed = await transaction(
          pool,
          async (client) =>
            await lockRetention(client)
              ? await rule.remove(client, days, this.#parts, batch === 0)
              : undefined
        )
        if (removed === undefined) break
        count += removed
        observe({ kind: 'removed', what: rule.what, count: removed })
        await delay(batchPause)
      }
    } finally {
      if (count > 0) logger.info({ what: rule.what, count, days }, 'what was too old was removed')
    }
  }
}

/**
 * Lists what a round would remove now, by these periods: things of each kind of which there are
 * any.
 */
export async function wouldRemove (
  pool: Pool,
  periods: RetentionPeriods
): Promise<{ what: Removed, days: number, count: number }[]> {
  const found: { what: Removed, days: number, count: number }[] = []
  for (const rule of rules) {
    const days = rule.days(periods)
    found.push({ what: rule.what, days, count: days === 0 ? 0 : await rule.count(pool, days) })
  }
  return found
}
