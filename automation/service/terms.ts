import { setTimeout as delay } from 'node:timers/promises'
import { type Logger } from '../logger.ts'
import { enterExecutor, type Executor } from './executor.ts'
import { within } from './within.ts'

/**
 * Pauses between tries to enter again, milliseconds: at once for a connection that was cut, every
 * few seconds while the database is away, for as long as that takes.
 */
const firstPause = 250
const longestPause = 4_000
/** Tries between two lines of the log about the same outage: one every minute or so. */
const quietTries = 15
/**
 * Milliseconds that a part of a term gets to end: its connections may be dead without a word, and
 * the database takes ten seconds to be given up (executor.ts).
 */
const endPatience = 10_000

/** Parts that terms work with. */
export interface TermsParts {
  readonly databaseUrl: string
  readonly logger: Logger
  /** Aborted when the process is to end. */
  readonly stopping: AbortSignal
  /**
   * Starts the database again where that is this service's to do; absent: it is somebody else's.
   */
  revive?(signal: AbortSignal): Promise<void>
  /**
   * Works as this executor until `over` is aborted. Resolves, once it has begun, with what releases
   * the parts of that work.
   */
  begin(executor: Executor, over: AbortSignal): Promise<() => Promise<void>>
  /** Kills what runs for a term that is over: others may run the same by now. */
  cutOff(why: string): Promise<void>
}

/** One term: from the moment a process enters among the executors until it is lost or closed. */
interface Term {
  readonly executor: Executor
  readonly over: AbortController
  end?: () => Promise<void>
}

/**
 * Keeps this process among the executors. One whose lock is lost (its connection was cut, the
 * database was away, the process was frozen) ends all that it ran, since peers may take it over,
 * and enters again under another id: then it takes over what its earlier self left, as any peer
 * would.
 */
export class Terms {
  readonly #parts: TermsParts
  #term: Term | undefined
  #returning: Promise<void> | undefined
  /** The reason why the last term ended; undefined while there is one. */
  #lost: string | undefined

  constructor (parts: TermsParts) {
    this.#parts = parts
  }

  /** Begins the first term. */
  async start (): Promise<void> {
    this.#term = await this.#enter()
  }

  /** Says why no work is taken; undefined: it is. */
  problem (): string | undefined {
    if (this.#term && !this.#term.over.signal.aborted) return this.#term.executor.problem()
    return 'this process lost its proof of life, and enters again as soon as the database lets it: ' +
      (this.#lost ?? 'it has not entered yet')
  }

  /** Ends the term, or the tries to begin another. */
  async close (): Promise<void> {
    // Aborted by now: it ends after the try under way.
    if (this.#returning) await within(endPatience, this.#returning, () => undefined)
    if (this.#term) await this.#end(this.#term)
  }

  async #enter (): Promise<Term> {
    const { databaseUrl, logger, stopping, begin } = this.#parts
    const over = new AbortController()
    const executor = await enterExecutor(databaseUrl, {
      logger,
      onLost: (error) => {
        over.abort(error)
        if (this.#term?.over === over) this.#lose(this.#term, error)
      }
    })
    const term: Term = { executor, over }
    try {
      term.end = await begin(executor, AbortSignal.any([stopping, over.signal]))
      over.signal.throwIfAborted()
      return term
    } catch (error) {
      over.abort(error)
      await this.#end(term)
      throw error
    }
  }

  #lose (term: Term, error: Error): void {
    if (this.#parts.stopping.aborted) return
    this.#lost = error.message
    this.#returning ??= this.#return(term).finally(() => {
      this.#returning = undefined
    })
  }

  async #return (lost: Term): Promise<void> {
    const { logger, stopping, revive } = this.#parts
    logger.warn(
      { executor: lost.executor.id, reason: this.#lost },
      'this process lost its place among the executors: what it ran is cut off, and it enters again'
    )
    await this.#end(lost)
    for (let tries = 0; !stopping.aborted; tries++) {
      try {
        await revive?.(stopping)
        const term = await this.#enter()
        this.#term = term
        this.#lost = undefined
        logger.info({ executor: term.executor.id }, 'this process is among the executors again')
        return
      } catch (error) {
        this.#lost = error instanceof Error ? error.message : String(error)
        if (tries % quietTries === 0 && !stopping.aborted) {
          logger.warn({ err: error }, 'this process could not enter again; it is tried until it can')
        }
      }
      await delay(Math.min(longestPause, firstPause * 2 ** Math.min(tries, 5)), undefined, {
        signal: stopping
      }).catch(() => undefined)
    }
  }

  async #end (term: Term): Promise<void> {
    const { logger, cutOff } = this.#parts
    if (this.#term === term) this.#term = undefined
    const failed = (error: unknown): void => {
      logger.warn({ err: error }, 'a part of a term that is over could not be ended')
    }
    if (term.over.signal.aborted) await within(endPatience, cutOff(this.#lost ?? 'it was not begun'), failed)
    if (term.end) await within(endPatience, term.end(), failed)
    await within(endPatience, term.executor.close(), failed)
  }
}
