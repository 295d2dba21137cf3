import { type Failure } from '../../../contract/deployment.ts'
import { type DeploymentStatus } from '../../../contract/words.ts'
import { type EventDraft } from '../../event-draft.ts'
import { type ScenarioAging } from '../../scenarios/outcome.ts'
import { noChanges } from '../../stacks/changes.ts'
import { type OutputValues } from '../../stacks/types.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { setPhaseStatus } from '../../store/deployments/statuses.ts'
import { transaction } from '../../store/postgres/database.ts'
import { patiently, type Patience } from '../../store/postgres/patience.ts'
import { type AttemptEnd, endAttempt, returnAttempt } from '../../store/units/attempt-end.ts'
import { interruptUnits } from '../../store/units/interrupted-units.ts'
import { reopenUnits } from '../../store/units/reopened-units.ts'
import { readUnitStates, type UnitState } from '../../store/units/units.ts'
import { endWaitingUnits } from '../../store/units/waiting-units.ts'
import { finishDeployment } from '../finish.ts'
import { type RunService, type Storage } from '../service.ts'
import { phaseResult } from '../states.ts'
import { type AttemptResult, type RunState } from './state.ts'
import { readUpstream } from './upstream.ts'
import { ended, interrupted } from './verdict.ts'
import { type Change, DeploymentWriter, RunOverError } from './writer.ts'

/**
 * Milliseconds before a unit is tried again whose attempt was interrupted by the store: its
 * connection broke at a commit, and a server that restarts takes seconds.
 */
const interruptedPause = 2_000

/**
 * A run as it is stored: every read and write of its driver. They wait while the store is away,
 * until the process stops; they reject with RunOverError when the deployment ended or goes on under
 * another run.
 */
export class RunPersistence {
  readonly writer: DeploymentWriter
  readonly #parts: Storage & Pick<RunService, 'executor'>
  readonly #patience: Patience
  readonly #deployment: LockedDeployment
  readonly #onStatus: (status: DeploymentStatus) => void

  /** `onStatus` hears the deployment's status at each read and write. */
  constructor (
    parts: Storage & Pick<RunService, 'executor' | 'stopping' | 'spans' | 'observe'>,
    deployment: LockedDeployment,
    onStatus: (status: DeploymentStatus) => void
  ) {
    this.#parts = parts
    this.#deployment = deployment
    this.#onStatus = onStatus
    this.#patience = {
      signal: parts.stopping,
      onWait: (what) => {
        parts.observe({ kind: 'store-failure', what })
      }
    }
    this.writer = new DeploymentWriter(parts.pool, deployment, onStatus, (events) => {
      parts.spans.stored(deployment.id, events)
    }, this.#patience)
  }

  /** Applies a change. */
  change<T> (change: Change<T>): Promise<T> {
    return this.writer.change(change)
  }

  /** Reads the deployment as it is now. */
  async read (): Promise<LockedDeployment> {
    const { id, run } = this.#deployment
    const deployment = await patiently(
      () => transaction(this.#parts.pool, (client) => lockDeployment(client, id)),
      this.#patience
    )
    if (!deployment || deployment.run !== run) {
      throw new RunOverError(`run ${run} of deployment ${id} is over`)
    }
    this.#onStatus(deployment.status)
    return deployment
  }

  units (): Promise<UnitState[]> {
    return patiently(() => readUnitStates(this.#parts.pool, this.#deployment.id), this.#patience)
  }

  /** Reads the outputs that units read, by unit id. */
  upstream (): Promise<Map<string, OutputValues>> {
    return patiently(() => readUpstream(this.#parts, this.#deployment), this.#patience)
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
        events: ended.map((unit): EventDraft => ({ type: `unit.${status}`, ...unit }))
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
    const { back, event } = interrupted(unit, cut, Date.now() + interruptedPause)
    const kept = await this.change(async (client) => {
      const held = { deployment: this.#deployment.id, unit: unit.id, fence }
      const value = await returnAttempt(client, held, back)
      return { value, events: value ? [event] : [] }
    })
    return kept ? { kind: 'returned', retryAt: back.retryAt, failures, losses } : { kind: 'lost' }
  }

  /**
   * Fails a unit whose attempt is over here and cannot be stored: the store would refuse it again.
   * What it had begun is settled if it runs another time.
   */
  async refuse (unit: UnitState, fence: number, error: Failure): Promise<AttemptResult> {
    const end: AttemptEnd = { status: 'failed', changes: noChanges(), stored: 'keep', error, settle: true }
    const { event } = ended(unit, end)
    const kept = await this.change(async (client) => {
      const held = { deployment: this.#deployment.id, unit: unit.id, fence }
      const value = await endAttempt(client, this.#parts.sealer, held, end)
      return { value, events: value ? [event] : [] }
    })
    return kept ? { kind: 'ended', status: 'failed', leftovers: null } : { kind: 'lost' }
  }

  /** Has units with leftovers wait for another attempt, while the deployment runs. */
  async reopen (units: string[]): Promise<void> {
    await this.change(async (client, { status }) => ({
      value: status === 'running' ? await reopenUnits(client, this.#deployment.id, units) : [],
      events: []
    }))
  }

  /**
   * Ends the deployment, with the units that run for this process though nobody works on them: the
   * store refused to hear of their end. False when it had ended already.
   */
  async finish (end: { error?: Failure, aged?: ScenarioAging } = {}): Promise<boolean> {
    return await this.change(async (client, deployment) => {
      const { id } = deployment
      const reason = 'the store refused what its attempt did'
      const left = end.error
        ? await interruptUnits(client, id, this.#parts.executor, `it was interrupted: ${reason}`)
        : []
      const cut = left.map((unit): EventDraft => ({
        type: 'unit.interrupted',
        ...unit,
        reason: 'store',
        detail: reason
      }))
      const events = await finishDeployment(client, deployment, end)
      return { value: events.length > 0, events: [...cut, ...events] }
    })
  }

  /** Resolves when nothing waits to be written. */
  flush (): Promise<void> {
    return this.writer.flush()
  }
}
