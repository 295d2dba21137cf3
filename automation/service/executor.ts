import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import pg from 'pg'
import { type Logger } from '../logger.ts'
import { Rounds } from '../rounds.ts'
import {
  type DeadExecutor,
  lockExecutor,
  registerExecutor,
  releaseExecutor,
  takeDeadExecutors
} from '../store/postgres/executors.ts'
import { passingOf } from '../store/postgres/passing.ts'
import { within } from './within.ts'

/**
 * Milliseconds between looks for peers that died: a deployment stands still no longer than that,
 * beside the time PostgreSQL needs to notice a closed socket, after its process was killed. One
 * statement over a handful of rows, so it costs nothing.
 */
const sweepInterval = 500
/**
 * A lock connection that does not answer for this long, milliseconds, is taken for lost: PostgreSQL
 * answers in one, and a stall of ten seconds is no service.
 */
const lockPatience = 10_000

/**
 * Milliseconds without a look that was done to its end after which no work is taken for certain:
 * the patience for one answer of the database, and one look more.
 */
const longestSilence = lockPatience + 10 * sweepInterval

/** Milliseconds that PostgreSQL gets to end the connection: it takes one, when it is there. */
const endPatience = 2_000

/** Work that is done at each look after peers and queues. */
export interface Watch {
  /** Goes on with what a dead peer left; when it rejects, the peer is tried again. */
  takeOver(dead: string): Promise<void>
  /** Looks for queued deployments. */
  always(): Promise<void>
}

/** Reactions of a process to the loss of its lock. */
export interface ExecutorOptions {
  readonly logger: Logger
  /**
   * Called once when the lock's connection breaks: from then on peers may take over, so whatever
   * runs under this id must stop.
   */
  readonly onLost: (error: Error) => void
}

/**
 * Enters this process under a new random id, proven alive by an advisory lock that its own
 * connection holds: PostgreSQL gives the lock back the moment the process is gone, and nothing that
 * a person would have to unlock stays behind.
 */
export async function enterExecutor (databaseUrl: string, options: ExecutorOptions): Promise<Executor> {
  const id = randomUUID()
  const lockKey = createHash('sha256').update(`windlass executor ${id}`).digest().readBigInt64BE().toString()
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'windlass-lock',
    keepAlive: true,
    query_timeout: lockPatience,
    connectionTimeoutMillis: lockPatience
  })
  const executor = new Executor(id, client, options)
  try {
    await client.connect()
    if (!await lockExecutor(client, lockKey)) throw new Error('the lock of a new executor is held already')
    await registerExecutor(client, { id, lockKey, host: hostname(), pid: process.pid })
    return executor
  } catch (error) {
    await executor.close()
    throw error
  }
}

/** This process among all that work on the database. */
export class Executor {
  readonly id: string
  readonly #client: pg.Client
  readonly #options: ExecutorOptions
  #rounds: Rounds | undefined
  #closing = false
  #lost: string | undefined
  /** Time of the last look that was done to its end. */
  #looked = Date.now()
  /** Reason why none came after it. */
  #failure: string | undefined

  constructor (id: string, client: pg.Client, options: ExecutorOptions) {
    this.id = id
    this.#client = client
    this.#options = options
    client.on('error', (error) => {
      this.#lose(error)
    })
    client.on('end', () => {
      this.#lose(new Error("the connection that holds the process's lock was closed"))
    })
  }

  /**
   * Says why no work is taken: the lock is lost, or looking for work fails or hangs. Undefined:
   * work is taken.
   */
  problem (): string | undefined {
    if (this.#lost !== undefined) return `this process lost its proof of life: ${this.#lost}`
    const silence = Date.now() - this.#looked
    if (silence <= longestSilence) return undefined
    const why = this.#failure === undefined ? '' : `: ${this.#failure}`
    return `queued deployments were last looked for ${Math.round(silence / 1000)} s ago${why}; ` +
      'the database is slow or away, or the process is short of processor'
  }

  /** Starts to look after peers and queues, every half second and once before it resolves. */
  async watch (watch: Watch): Promise<void> {
    await this.#look(watch)
    if (this.#closing || this.#lost !== undefined) return
    this.#rounds = new Rounds(() => this.#look(watch), sweepInterval)
    this.#rounds.start()
  }

  /** Ends the looking and gives the lock back. */
  async close (): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    await this.#rounds?.close()
    // A connection that never came about, or broke, has no end to wait for.
    await within(endPatience, this.#client.end(), () => undefined)
  }

  #lose (error: Error): void {
    if (this.#closing || this.#lost !== undefined) return
    this.#lost = error.message
    void this.#rounds?.close()
    this.#options.onLost(error)
  }

  async #look (watch: Watch): Promise<void> {
    let dead: Awaited<ReturnType<typeof takeDeadExecutors>>
    try {
      dead = await takeDeadExecutors(this.#client, this.id)
    } catch (error) {
      // One that was canceled, say, leaves the session and its lock as they are.
      if (passingOf(error) === 'away') this.#lose(error instanceof Error ? error : new Error(String(error)))
      else this.#fail(error)
      return
    }
    try {
      for (const peer of dead) await this.#takeOver(peer, watch)
      await watch.always()
      this.#looked = Date.now()
      this.#failure = undefined
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail (error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error)
    if (!this.#closing && this.#lost === undefined) {
      this.#options.logger.error({ err: error }, 'looking after peers and queues failed; it is tried again')
    }
  }

  async #takeOver (peer: DeadExecutor, { takeOver }: Watch): Promise<void> {
    let done = false
    try {
      this.#options.logger.info({ executor: peer.id }, 'a peer is gone: its units are taken over')
      await takeOver(peer.id)
      done = true
    } finally {
      await releaseExecutor(this.#client, peer, { forget: done })
    }
  }
}
