import { type Logger } from '../logger.ts'
import { Rounds } from '../rounds.ts'
import { auditEnds } from '../store/identity/audit.ts'
import { type Pool } from '../store/postgres/database.ts'

/**
 * Milliseconds: what was cut off from the end of the log is at most a day old when it cannot be
 * told from elsewhere.
 */
const interval = 24 * 3_600_000

/**
 * Tells the head of the audit log to the service's log at its start and daily. That is kept
 * elsewhere: an audit log that was cut short does not have this entry any more.
 */
export class HeadLog {
  readonly #pool: Pool
  readonly #logger: Logger
  readonly #rounds: Rounds

  constructor (pool: Pool, logger: Logger) {
    this.#pool = pool
    this.#logger = logger
    this.#rounds = new Rounds(() =>
      this.tell().catch((error: unknown) => {
        logger.warn({ err: error }, 'the head of the audit log could not be read; it is tried again tomorrow')
      }), interval)
  }

  async tell (): Promise<void> {
    const ends = await auditEnds(this.#pool)
    if (ends) {
      this.#logger.info(
        { ...ends.head, ...(ends.removed.seq > 0 && { removed: ends.removed }) },
        'audit head'
      )
    } else this.#logger.error({}, 'the head of the audit log is gone: windlass audit verify says more')
  }

  start (): void {
    this.#rounds.start()
  }

  async close (): Promise<void> {
    await this.#rounds.close()
  }
}
