import { startRun } from '../deployments/run/workflow.ts'
import { type Logger } from '../logger.ts'
import { queueHeads, strandedRuns, type UnderWayBounds } from '../store/deployments/queue-heads.ts'
import { restartRun } from '../store/deployments/requeued-deployment.ts'
import { type Pool } from '../store/postgres/database.ts'

/** Runs that are started by one look; the next look takes the next. */
const runsAtOnce = 100
/**
 * Rehearsals of one caller under way at once: eight fill a small machine although some wait for
 * their clouds, and one for each host fills a large one. More would only wait for hosts, and cost
 * each process a look every two seconds.
 */
const leastUnderWay = 8
/** Callers of one federation who can have that many under way at once. */
const callersAtOnce = 4

function underWayBounds (hosts: number): UnderWayBounds {
  const caller = Math.max(leastUnderWay, hosts)
  return { caller, federation: callersAtOnce * caller }
}

/**
 * Milliseconds between looks for runs whose workflow broke. That takes a defect or a store that
 * failed at the worst moment, so seconds do not matter.
 */
const strandedInterval = 10_000

/**
 * Starts queued deployments whose turn it is. Looks are never side by side; one that is asked for
 * during another follows it.
 */
export class Dispatcher {
  readonly #pool: Pool
  readonly #logger: Logger
  readonly #stopping: AbortSignal
  /** Aborted when this process takes no work; undefined before it does. */
  #term: AbortSignal | undefined
  readonly #bounds: UnderWayBounds
  #working: Promise<void> | undefined
  #again = false
  #lastStranded = 0

  constructor (
    parts: { pool: Pool, logger: Logger, stopping: AbortSignal, hosts: number }
  ) {
    this.#pool = parts.pool
    this.#logger = parts.logger
    this.#stopping = parts.stopping
    this.#bounds = underWayBounds(parts.hosts)
  }

  /** Starts what is queued until `over` is aborted. */
  open (over: AbortSignal): void {
    this.#term = over
  }

  /** Looks soon. A failure is logged; the next look comes within half a second. */
  wake (): void {
    this.look().catch((error: unknown) => {
      if (!this.#stopping.aborted) {
        this.#logger.warn({ err: error }, 'queued deployments could not be started; it is tried again')
      }
    })
  }

  async look (): Promise<void> {
    if (this.#working) {
      this.#again = true
      return await this.#working
    }
    this.#working = this.#look().finally(() => {
      this.#working = undefined
    })
    await this.#working
  }

  async #look (): Promise<void> {
    do {
      this.#again = false
      if (this.#stopping.aborted || this.#term?.aborted !== false) return
      for (const { id, run } of await queueHeads(this.#pool, runsAtOnce, this.#bounds)) {
        await startRun(id, run)
      }
      if (Date.now() - this.#lastStranded > strandedInterval) {
        this.#lastStranded = Date.now()
        await this.#restartStranded()
      }
    } while (this.#again)
  }

  async #restartStranded (): Promise<void> {
    for (const { id, run } of await strandedRuns(this.#pool)) {
      const next = await restartRun(this.#pool, id, run)
      if (next === undefined) continue
      this.#logger.warn(
        { deployment: id, run, next },
        'a deployment under way had lost its workflow: it goes on under another'
      )
      await startRun(id, next)
    }
  }
}
