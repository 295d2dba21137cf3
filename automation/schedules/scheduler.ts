import { type Federation } from '../../programs/types.ts'
import { AutomationError, errorKind } from '../errors.ts'
import { type DeploymentLauncher, type ScheduleTurn } from '../launcher.ts'
import { type Logger } from '../logger.ts'
import { type Observe } from '../observations.ts'
import { Rounds } from '../rounds.ts'
import { type OwnKey } from '../store/deployments/idempotency-key.ts'
import { actorOf, keyOf, lastDue, missedWithin, requestOf, turnOf } from './due.ts'

/**
 * Milliseconds between looks: cron counts minutes, and reading the files takes tens of
 * milliseconds.
 */
const interval = 20_000

/** Parts that the scheduler works with. */
export interface SchedulerParts {
  federations(): Promise<Federation[]>
  deployments: DeploymentLauncher
  /**
   * Notes that a time was left out because of a deployment. False when it was noted before, or was
   * launched by another process.
   */
  leaveOut(turn: ScheduleTurn, known: { deployment: string, key: OwnKey }): Promise<boolean>
  logger: Logger
  /** Hears what became of each time, once over all processes. */
  observe?: Observe
  now(): Date
}

/**
 * Launches what schedules say. Every process looks; the idempotency key of a time makes it one
 * launch, also across restarts. A time at which what the schedule launched before is not over is
 * left out, once for all processes too.
 */
export class Scheduler {
  readonly #parts: SchedulerParts
  /** The latest time of each schedule that this process is through with. */
  readonly #done = new Map<string, string>()
  readonly #rounds: Rounds
  #closed = false

  constructor (parts: SchedulerParts) {
    this.#parts = parts
    this.#rounds = new Rounds(async () => {
      await this.look().catch((error: unknown) => {
        if (!this.#closed) {
          parts.logger.warn({ err: error }, 'schedules could not be looked at; it is tried again')
        }
      })
    }, interval)
  }

  start (): void {
    this.#rounds.start()
  }

  async close (): Promise<void> {
    this.#closed = true
    await this.#rounds.close()
  }

  /** Launches what is due. */
  async look (): Promise<void> {
    const now = this.#parts.now()
    const federations = await this.#parts.federations()
    const known = new Set<string>()
    for (const federation of federations) {
      for (const schedule of federation.schedules ?? []) {
        const id = `${federation.name}:${schedule.name}`
        known.add(id)
        const due = lastDue(schedule, now)
        if (
          !due || now.getTime() - due.getTime() > missedWithin || this.#done.get(id) === due.toISOString()
        ) continue
        if (await this.#launch(federation.name, schedule, due)) this.#done.set(id, due.toISOString())
      }
    }
    for (const id of this.#done.keys()) if (!known.has(id)) this.#done.delete(id)
  }

  /** Resolves with whether nothing more is to be done for that time. */
  async #launch (
    federation: string,
    schedule: NonNullable<Federation['schedules']>[number],
    due: Date
  ): Promise<boolean> {
    const { deployments, logger, observe = () => undefined } = this.#parts
    const actor = actorOf(federation, schedule)
    const key = keyOf(federation, schedule, due)
    const turn = turnOf(federation, schedule, due)
    try {
      const { deployment, created } = await deployments.launch(requestOf(federation, schedule), {
        idempotencyKey: key,
        actor,
        origin: { due: due.toISOString() },
        turn
      })
      if (created) {
        observe({ kind: 'schedule', result: 'launched' })
        logger.info(
          { federation, schedule: schedule.name, deployment: deployment.id },
          'launched by its schedule'
        )
      }
      return true
    } catch (error) {
      // Without its store this process can launch nothing of any federation.
      if (!(error instanceof AutomationError) || errorKind(error.code) === 'unavailable') throw error
      if (error.code === 'schedule-overlaps') {
        await this.#leaveOut(turn, {
          deployment: error.details.deployment,
          key: { key, subject: actor.subject }
        })
        return true
      }
      // The schedule was changed after it had been launched for this time.
      if (error.code === 'idempotency-mismatch') return true
      return this.#refused(turn, error)
    }
  }

  /**
   * Notes a refusal, which is this schedule's alone. Says whether nothing more is to be done for
   * that time: what may pass, as a full queue does, is tried again while the time is not too old.
   */
  #refused ({ federation, schedule }: ScheduleTurn, { code, message, retryable }: AutomationError): boolean {
    const { logger, observe = () => undefined } = this.#parts
    if (!retryable) observe({ kind: 'schedule', result: 'failed' })
    logger.warn(
      { federation, schedule, code, reason: message },
      retryable ? 'a schedule could not be launched; it is tried again' : 'a schedule could not be launched'
    )
    return !retryable
  }

  async #leaveOut (turn: ScheduleTurn, known: { deployment: string, key: OwnKey }): Promise<void> {
    const { logger, leaveOut, observe = () => undefined } = this.#parts
    if (!await leaveOut(turn, known)) return
    observe({ kind: 'schedule', result: 'left-out' })
    const { federation, schedule, due } = turn
    logger.info(
      { federation, schedule, due, deployment: known.deployment },
      'a time of a schedule was left out: what it launched before is not over'
    )
  }
}
