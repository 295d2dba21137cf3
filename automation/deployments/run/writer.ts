import { type PoolClient } from 'pg'
import { type DeploymentStatus } from '../../../contract/words.ts'
import { type EventDraft } from '../../event-draft.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { type Pool, transaction } from '../../store/postgres/database.ts'
import { OutcomeUnknownError } from '../../store/postgres/passing.ts'
import { patiently, type Patience } from '../../store/postgres/patience.ts'
import { holdsLeases } from '../../store/units/leases.ts'

/**
 * A change of state with the events that tell of it. Applied inside a transaction that holds the
 * deployment's row.
 */
export type Change<T> = (
  client: PoolClient,
  deployment: LockedDeployment
) => Promise<{ value: T, events: readonly EventDraft[] }>

interface Job {
  /** Number of event drafts it brings along, for the bounds. */
  size: number
  /** An attempt whose lease must hold for `apply` to be asked at all. */
  attempt?: { unit: string, fence: number }
  apply: (
    client: PoolClient,
    deployment: LockedDeployment,
    holds: boolean
  ) => Promise<{ settle: () => void, events: readonly EventDraft[] }>
  reject: (error: unknown) => void
}

/**
 * Events that one transaction stores at most: a few milliseconds' worth, so that a follower never
 * waits for a flood to pass.
 */
const batchEvents = 1_000
/** Changes in one transaction at most, for the same reason. */
const batchJobs = 64
/**
 * Event drafts that may wait in memory per deployment. PostgreSQL takes tens of thousands a second,
 * so only a program that floods the log gets here; see `events`.
 */
export const maxWaitingEvents = 20_000

/** Thrown at `events` when the bound is reached. */
export class EventFloodError extends Error {
  override readonly name = 'EventFloodError'
}

/**
 * The run that a writer was made for is over: the deployment ended, or was resumed under another
 * run.
 */
export class RunOverError extends Error {
  override readonly name = 'RunOverError'
}

/**
 * The one way in which a driver writes to its deployment: changes and events in the order they were
 * handed in. It waits while the store is away, and everything behind it with it. What arrives while
 * a transaction runs goes into the next one together (a commit waits for the disk, and all of a
 * deployment's commits wait for each other, so this is what keeps many short units quick).
 */
export class DeploymentWriter {
  readonly #pool: Pool
  readonly #id: string
  readonly #run: number
  readonly #onStatus: (status: DeploymentStatus) => void
  readonly #onStored: (events: readonly EventDraft[]) => void
  readonly #patience: Patience
  #jobs: Job[] = []
  #waitingEvents = 0
  #working: Promise<void> | undefined

  /**
   * `onStatus` hears the deployment's status at each write, `onStored` what was stored. What waits
   * for a store that is away rejects once the signal of `patience` is aborted.
   */
  constructor (
    pool: Pool,
    deployment: { id: string, run: number },
    onStatus: (status: DeploymentStatus) => void,
    onStored: (events: readonly EventDraft[]) => void = () => undefined,
    patience: Patience = {}
  ) {
    this.#pool = pool
    this.#id = deployment.id
    this.#run = deployment.run
    this.#onStatus = onStatus
    this.#onStored = onStored
    this.#patience = patience
  }

  /**
   * Applies a change. Rejects with RunOverError when the run is over, or with what `change` throws
   * or the store refuses; then nothing of it is written. One whose answer was lost is applied
   * again: what it did the first time is noticed by its statements, which name the state that they
   * start from.
   */
  async change<T> (change: Change<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#change(change)
      } catch (error) {
        if (!(error instanceof OutcomeUnknownError) || this.#patience.signal?.aborted) throw error
      }
    }
  }

  #change<T> (change: Change<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#push({
        size: 0,
        reject,
        apply: async (client, deployment) => {
          const { value, events } = await change(client, deployment)
          return {
            events,
            settle: () => {
              resolve(value)
            }
          }
        }
      })
    })
  }

  /**
   * Stores events of a running attempt. Resolves with false when its lease was lost: then they are
   * not stored. Throws EventFloodError, storing nothing, when too many wait already: the attempt
   * must be stopped then, since its log would have a hole. Rejects when the store refuses them, and
   * with OutcomeUnknownError when its answer was lost: they are not stored twice.
   */
  events (attempt: { unit: string, fence: number }, drafts: readonly EventDraft[]): Promise<boolean> {
    if (this.#waitingEvents + drafts.length > maxWaitingEvents) {
      throw new EventFloodError(
        `more than ${maxWaitingEvents} events of deployment ${this.#id} wait to be stored`
      )
    }
    const pieces: (readonly EventDraft[])[] = []
    for (let start = 0; start < drafts.length; start += batchEvents) {
      pieces.push(drafts.slice(start, start + batchEvents))
    }
    return Promise.all(pieces.map((piece) =>
      new Promise<boolean>((resolve, reject) => {
        this.#push({
          size: piece.length,
          attempt,
          reject,
          apply: (_client, _deployment, holds) =>
            Promise.resolve({
              events: holds ? piece : [],
              settle: () => {
                resolve(holds)
              }
            })
        })
      })
    )).then((stored) => stored.every(Boolean))
  }

  /** Resolves when nothing waits to be written. */
  async flush (): Promise<void> {
    while (this.#working) await this.#working
  }

  #push (job: Job): void {
    this.#jobs.push(job)
    this.#waitingEvents += job.size
    this.#working ??= this.#work()
  }

  async #work (): Promise<void> {
    // Jobs handed in at the same moment (a phase's first units) go together.
    await Promise.resolve()
    while (this.#jobs.length > 0) {
      const batch = this.#take()
      try {
        await this.#write(batch)
      } catch (error) {
        if (batch.length === 1 || error instanceof OutcomeUnknownError) {
          for (const job of batch) job.reject(error)
        } else await this.#oneByOne(batch)
      } finally {
        for (const job of batch) this.#waitingEvents -= job.size
      }
    }
    // In the same turn as the look above: a job that comes later must find nobody at work.
    this.#working = undefined
  }

  #take (): Job[] {
    let events = 0
    let count = 0
    for (const job of this.#jobs) {
      if (count > 0 && (count >= batchJobs || events + job.size > batchEvents)) break
      events += job.size
      count++
    }
    return this.#jobs.splice(0, count)
  }

  /**
   * One job's failure undid the transaction of all: each has its own now, so that the others do not
   * suffer for it.
   */
  async #oneByOne (batch: readonly Job[]): Promise<void> {
    for (const job of batch) {
      try {
        await this.#write([job])
      } catch (error) {
        job.reject(error)
      }
    }
  }

  /** Writes once the store takes it, but not again what may be written. */
  async #write (batch: readonly Job[]): Promise<void> {
    let unknown: OutcomeUnknownError | undefined
    await patiently(async () => {
      try {
        await this.#transact(batch)
      } catch (error) {
        if (!(error instanceof OutcomeUnknownError)) throw error
        unknown = error
      }
    }, this.#patience)
    if (unknown) throw unknown
  }

  async #transact (batch: readonly Job[]): Promise<void> {
    const settles: (() => void)[] = []
    let status: DeploymentStatus | undefined
    const events: EventDraft[] = []
    await transaction(this.#pool, async (client) => {
      const deployment = await lockDeployment(client, this.#id)
      if (!deployment || deployment.run !== this.#run) {
        throw new RunOverError(`run ${this.#run} of deployment ${this.#id} is over`)
      }
      status = deployment.status
      const attempts = new Map(
        batch.flatMap(({ attempt }) => attempt ? [[attempt.unit, attempt.fence] as const] : [])
      )
      const held = attempts.size > 0 ? await holdsLeases(client, this.#id, attempts) : undefined
      for (const job of batch) {
        const applied = await job.apply(
          client,
          deployment,
          job.attempt === undefined || held?.has(job.attempt.unit) === true
        )
        settles.push(applied.settle)
        events.push(...applied.events)
      }
      if (events.length > 0) await appendEvents(client, this.#id, events)
    })
    if (status) this.#onStatus(status)
    this.#onStored(events)
    for (const settle of settles) settle()
  }
}
