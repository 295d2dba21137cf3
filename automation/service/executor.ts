import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import pg from 'pg'
import { type Logger } from '../logger.ts'
import { Rounds } from '../rounds.ts'
import {
  lockExecutor,
  registerExecutor,
  releaseExecutor,
  takeDeadExecutors
} from '../store/postgres/executors.ts'

/**
 * How often a process looks for peers that died, milliseconds: what a deployment stands still at
 * most, beside the time PostgreSQL needs to notice a closed socket, after its process was killed.
 * One statement over a handful of rows, so it costs nothing.
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

/** This process among all that work on the database. */
export interface Executor {
  readonly id: string
  /**
   * Why no work is taken: the lock is lost, or looking for work fails or hangs. Undefined: it is.
   */
  problem(): string | undefined
  /**
   * Starts to look for dead peers, every half second and once before it resolves. `takeOver` goes
   * on with what one left; if it rejects, the peer is tried again. `always` runs at each look.
   */
  watch(takeOver: (dead: string) => Promise<void>, always: () => Promise<void>): Promise<void>
  /** Ends the looking and gives the lock back. */
  close(): Promise<void>
}

/**
 * Enters this process under a new random id, proven alive by an advisory lock that its own
 * connection holds: PostgreSQL gives the lock back the moment the process is gone, and nothing that
 * a person would have to unlock stays behind. `onLost` is called once when that connection breaks:
 * from then on peers may take over, so the process must stop.
 */
export async function enterExecutor (
  databaseUrl: string,
  options: { logger: Logger, onLost: (error: Error) => void }
): Promise<Executor> {
  const { logger, onLost } = options
  const id = randomUUID()
  const lockKey = createHash('sha256').update(`windlass executor ${id}`).digest().readBigInt64BE().toString()
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'windlass-lock',
    keepAlive: true,
    query_timeout: lockPatience
  })
  let rounds: Rounds | undefined
  let closing = false
  let lost: string | undefined
  /** The last look that was done to its end, and why none came after it. */
  let looked = Date.now()
  let failure: string | undefined
  const lose = (error: Error): void => {
    if (closing || lost !== undefined) return
    lost = error.message
    void rounds?.close()
    onLost(error)
  }
  client.on('error', lose)
  client.on('end', () => {
    lose(new Error("the connection that holds the process's lock was closed"))
  })
  await client.connect()
  if (!await lockExecutor(client, lockKey)) throw new Error('the lock of a new executor is held already')
  await registerExecutor(client, { id, lockKey, host: hostname(), pid: process.pid })

  async function look (
    takeOver: (dead: string) => Promise<void>,
    always: () => Promise<void>
  ): Promise<void> {
    let dead: Awaited<ReturnType<typeof takeDeadExecutors>>
    try {
      dead = await takeDeadExecutors(client, id)
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)))
      return
    }
    try {
      for (const peer of dead) {
        let done = false
        try {
          logger.info({ executor: peer.id }, 'a peer is gone: its units are taken over')
          await takeOver(peer.id)
          done = true
        } finally {
          await releaseExecutor(client, peer, { forget: done })
        }
      }
      await always()
      looked = Date.now()
      failure = undefined
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
      if (!closing && lost === undefined) {
        logger.error({ err: error }, 'looking after peers and queues failed; it is tried again')
      }
    }
  }

  return {
    id,
    problem () {
      if (lost !== undefined) return `this process lost its proof of life, and ends: ${lost}`
      const silence = Date.now() - looked
      if (silence <= longestSilence) return undefined
      return `queued deployments were last looked for ${Math.round(silence / 1000)} s ago${
        failure === undefined ? '' : `: ${failure}`
      }; the database is slow or away, or the process is short of processor`
    },
    async watch (takeOver, always) {
      await look(takeOver, always)
      if (closing || lost !== undefined) return
      rounds = new Rounds(() => look(takeOver, always), sweepInterval)
      rounds.start()
    },
    async close () {
      if (closing) return
      closing = true
      await rounds?.close()
      await client.end()
    }
  }
}
