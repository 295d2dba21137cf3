import { randomUUID } from 'node:crypto'
import { type Federation } from '../../programs/types.ts'
import { type Hook } from '../hooks/file.ts'
import { type Logger } from '../logger.ts'
import { Rounds } from '../rounds.ts'
import { takeNotices, type Notice } from '../store/messages/notices.ts'
import {
  claimNotification,
  endAttemptOf,
  insertNotification,
  type Claimed
} from '../store/messages/notifications.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { waitAfter } from './backoff.ts'
import { factsOf } from './facts.ts'
import { receiversOf } from './receivers.ts'
import { send, type SenderOptions } from './send.ts'

/**
 * Milliseconds between looks: two statements over indexes that are nearly always empty, and a
 * second is soon enough to be told.
 */
const interval = 1_000
/**
 * Notices taken in one transaction, and notifications sent side by side: neither a burst of
 * deployments nor a slow receiver fills memory or holds up the rest.
 */
const noticesAtOnce = 100
const sendsAtOnce = 4
/** Seconds after which a sender counts as dead: six times what an answer may take. */
const lease = 60

/** Parts that the notifier works with. */
export interface NotifierParts extends SenderOptions {
  pool: Pool
  hooks: readonly Hook[]
  logger: Logger
  parse(source: string, name: string): Federation
  random(): number
  /** Milliseconds between looks, unless a second. */
  interval?: number
}

/**
 * Tells receivers of deployments' events: each at least once, in order, also when processes die in
 * between.
 */
export class Notifier {
  readonly #parts: NotifierParts
  readonly #stop = new AbortController()
  readonly #sending = new Set<Promise<void>>()
  readonly #rounds: Rounds

  constructor (parts: NotifierParts) {
    this.#parts = parts
    this.#rounds = new Rounds(async () => {
      await this.look().catch((error: unknown) => {
        if (!this.#stop.signal.aborted) {
          parts.logger.warn({ err: error }, 'notifications could not be looked after; it is tried again')
        }
      })
    }, parts.interval ?? interval)
  }

  start (): void {
    this.#rounds.start()
  }

  /**
   * Ends looking; what is being sent is cut off, and sent again by the next process once its lease
   * is over.
   */
  async close (): Promise<void> {
    this.#stop.abort()
    await this.#rounds.close()
    await Promise.all(this.#sending)
  }

  /** One look: finds out whom to tell of what was noted, and begins to send what is due. */
  async look (): Promise<void> {
    while (await this.expand() === noticesAtOnce) this.#stop.signal.throwIfAborted()
    while (this.#sending.size < sendsAtOnce && !this.#stop.signal.aborted) {
      const claimed = await claimNotification(this.#parts.pool, lease)
      if (!claimed) return
      const sending = this.#send(claimed)
        .catch((error: unknown) => {
          this.#parts.logger.warn(
            { err: error, notification: claimed.id },
            'what became of a notification could not be noted; it is sent again'
          )
        })
        .finally(() => this.#sending.delete(sending))
      this.#sending.add(sending)
    }
  }

  /**
   * Turns noted events into notifications, in one transaction. Resolves with how many were noted.
   */
  async expand (): Promise<number> {
    const { pool, hooks } = this.#parts
    return await transaction(pool, async (client) => {
      const notices = await takeNotices(client, noticesAtOnce)
      for (const notice of notices) {
        const facts = factsOf(notice)
        for (const receiver of receiversOf(facts, this.#parse(notice), hooks)) {
          await insertNotification(client, { id: randomUUID(), receiver, facts })
        }
      }
      return notices.length
    })
  }

  /**
   * The federation as it was launched. A text that this version no longer takes has nobody to tell;
   * it must not keep others from being told.
   */
  #parse ({ source, federation, event: { deployment } }: Notice): Federation | undefined {
    try {
      return this.#parts.parse(source, federation)
    } catch (error) {
      this.#parts.logger.warn(
        { err: error, deployment },
        'nobody is told of a deployment whose federation file cannot be read any more'
      )
      return undefined
    }
  }

  async #send (claimed: Claimed): Promise<void> {
    const { pool, logger, random } = this.#parts
    const { id, receiver, facts, attempts } = claimed
    const sent = await send(receiver, facts, id, this.#parts, this.#stop.signal)
    if (this.#stop.signal.aborted && !sent.delivered) return
    if (sent.delivered) return await endAttemptOf(pool, claimed, { status: 'delivered' })
    const wait = sent.again ? waitAfter(attempts, random(), sent.afterSeconds) : undefined
    if (wait !== undefined) {
      return await endAttemptOf(pool, claimed, { status: 'pending', error: sent.error, waitSeconds: wait })
    }
    logger.warn({
      notification: id,
      receiver: receiver.name,
      deployment: facts.deployment,
      attempts,
      reason: sent.error
    }, 'a notification was given up')
    await endAttemptOf(pool, claimed, { status: 'dead', error: sent.error })
  }
}
