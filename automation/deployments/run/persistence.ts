import { type Failure } from '../../../contract/deployment.ts'
import { type DeploymentStatus } from '../../../contract/words.ts'
import { type EventDraft } from '../../event-draft.ts'
import { noChanges } from '../../stacks/changes.ts'
import { type OutputValues } from '../../stacks/types.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { setPhaseStatus } from '../../store/deployments/statuses.ts'
import { transaction } from '../../store/postgres/database.ts'
import { returnAttempt } from '../../store/units/attempt-end.ts'
import { reopenUnits } from '../../store/units/reopened-units.ts'
import { readUnitStates, type UnitState } from '../../store/units/units.ts'
import { endWaitingUnits } from '../../store/units/waiting-units.ts'
import { finishDeployment } from '../finish.ts'
import { type Storage, type Telling } from '../service.ts'
import { phaseResult } from '../states.ts'
import { retriedWrite } from './retried-write.ts'
import { type AttemptResult, type RunState } from './state.ts'
import { readUpstream } from './upstream.ts'
import { interrupted } from './verdict.ts'
import { type Change, DeploymentWriter, RunOverError } from './writer.ts'

/**
 * A run as it is stored: every read and write of its driver. What the store refuses for a moment is
 * tried again; rejects with RunOverError when the deployment ended or goes on under another run.
 */
export class RunPersistence {
  /** Writes without trying again: attempts decide themselves what a failed write means. */
  readonly writer: DeploymentWriter
  readonly #parts: Storage
  readonly #deployment: LockedDeployment
  readonly #onStatus: (status: DeploymentStatus) => void

  /** `onStatus` hears the deployment's status at each read and write. */
  constructor (
    parts: Storage & Pick<Telling, 'spans'>,
    deployment: LockedDeployment,
    onStatus: (status: DeploymentStatus) => void
  ) {
    this.#parts = parts
    this.#deployment = deployment
    this.#onStatus = onStatus
    this.writer = new DeploymentWriter(parts.pool, deployment, onStatus, (events) => {
      parts.spans.stored(deployment.id, events)
    })
  }

  /** Applies a change, again when the store did not take it. */
  change<T> (change: Change<T>): Promise<T> {
    return retriedWrite(() => this.writer.change(change))
  }

  /** Reads the deployment as it is now. */
  async read (): Promise<LockedDeployment> {
    const { id, run } = this.#deployment
    const deployment = await retriedWrite(() =>
      transaction(this.#parts.pool, (client) => lockDeployment(client, id))
    )
    if (!deployment || deployment.run !== run) {
      throw new RunOverError(`run ${run} of deployment ${id} is over`)
    }
    this.#onStatus(deployment.status)
    return deployment
  }

  units (): Promise<UnitState[]> {
    return retriedWrite(() => readUnitStates(this.#parts.pool, this.#deployment.id))
  }

  /** Reads the outputs that units read, by unit id. */
  upstream (): Promise<Map<string, OutputValues>> {
    return retriedWrite(() => readUpstream(this.#parts, this.#deployment))
  }

  /** Ends units that wait. Gives those that did wait in the store. */
  async endWaiting (
    status: 'skipped' | 'canceled',
    units: readonly { unit: string, reason: string }[]
  ): Promise<string[]> {
    return await this.change(async (client) => {
      const ended = await endWaitingUnits(client, this.#deployment.id, status, units)
      return {
        value: ended.map(({ unit }) => unit),
        events: ended.map(({ unit, phase, reason }): EventDraft => ({
          type: `unit.${status}`,
          phase,
          unit,
          reason
        }))
      }
    })
  }

  /** Ends phases whose units are all settled. */
  async endPhases (phases: ReturnType<RunState['settledPhases']>): Promise<void> {
    if (phases.length === 0) return
    await this.change(async (client, { status }) => {
      const events: EventDraft[] = []
      for (const { phase, units } of phases) {
        const to = phaseResult(units, status === 'canceling')
        const moved = await setPhaseStatus(client, this.#deployment.id, {
          phases: [phase],
          from: ['running'],
          to
        })
        if (moved.length > 0) events.push({ type: `phase.${to}`, phase })
      }
      return { value: undefined, events }
    })
  }

  /**
   * Gives a unit back whose attempt is over here, but not in the store: it counts as cut off.
   */
  async interrupt (unit: UnitState, fence: number, detail: string): Promise<AttemptResult> {
    const { failures, losses } = unit
    const cut = { changes: noChanges(), failures, losses, reason: 'store', detail }
    const { back, event } = interrupted(unit, cut, Date.now())
    const kept = await this.change(async (client) => {
      const held = { deployment: this.#deployment.id, unit: unit.id, fence }
      const value = await returnAttempt(client, held, back)
      return { value, events: value ? [event] : [] }
    })
    return kept ? { kind: 'returned', retryAt: back.retryAt, failures, losses } : { kind: 'lost' }
  }

  /** Has units with leftovers wait for another attempt, while the deployment runs. */
  async reopen (units: string[]): Promise<void> {
    await this.change(async (client, { status }) => ({
      value: status === 'running' ? await reopenUnits(client, this.#deployment.id, units) : [],
      events: []
    }))
  }

  /** Ends the deployment. False when it had ended already. */
  async finish (failure?: { error?: Failure }): Promise<boolean> {
    return await this.change(async (client, deployment) => {
      const events = await finishDeployment(client, deployment, failure)
      return { value: events.length > 0, events }
    })
  }

  /** Resolves when nothing waits to be written. */
  flush (): Promise<void> {
    return this.writer.flush()
  }
}
