import { setTimeout as delay } from 'node:timers/promises'
import { type DeploymentStatus } from '../../../contract/words.ts'
import { type EventDraft } from '../../event-draft.ts'
import { noChanges } from '../../stacks/changes.ts'
import { type LockedDeployment, lockDeployment } from '../../store/deployments/locked-deployment.ts'
import { readPhaseNames } from '../../store/deployments/phase-names.ts'
import { readSource } from '../../store/deployments/source.ts'
import { setPhaseStatus } from '../../store/deployments/statuses.ts'
import { transaction } from '../../store/postgres/database.ts'
import { returnAttempt } from '../../store/units/attempt-end.ts'
import { reopenUnits } from '../../store/units/reopened-units.ts'
import { deployedUnits } from '../../store/units/unit-outputs.ts'
import { readUnitStates, type UnitState } from '../../store/units/units.ts'
import { endWaitingUnits } from '../../store/units/waiting-units.ts'
import { underTrace } from '../../tracing/context.ts'
import { deploymentContext } from '../../tracing/deployment-spans.ts'
import { needsWindow } from '../../windows/windows.ts'
import { finishDeployment } from '../finish.ts'
import { secretsOf } from '../secrets.ts'
import { type Service } from '../service.ts'
import { isSettled, phaseResult } from '../states.ts'
import { type AttemptResult, claim, runAttempt, type RunContext } from './attempt.ts'
import { nextToClean } from './clean-up.ts'
import { schedule } from './schedule.ts'
import { readUpstream } from './upstream.ts'
import { waitAtGate, waitForWindow, type WaitingRun } from './waits.ts'
import { Wake } from './wake.ts'
import { DeploymentWriter, RunOverError } from './writer.ts'

/**
 * Pause before a unit that could not be claimed is claimed again, milliseconds: a unit of its stack
 * still runs for another deployment, which takes seconds at least.
 */
const deniedPause = 1_000
/**
 * How often a driver looks into the store although nothing woke it, milliseconds: only a lost
 * announcement, or a unit that another process still runs, makes it wait that long.
 */
const safetyInterval = 2_000
/**
 * Tries of a write that the store refused: with the pauses between them 15 s, in which a connection
 * that broke is long replaced. A store that is down for longer costs the process its lock, which
 * ends it.
 */
const writeTries = 8

export type PhaseResult = 'succeeded' | 'failed' | 'canceled' | 'over'

/**
 * Drives one run of a deployment in this process: starts its units, writes what becomes of them,
 * waits at its gates. All truth is in the store; what is kept here can be read again, so every
 * method may be called again after a crash, here or elsewhere, and goes on where the store stands.
 */
export class Driver {
  readonly #service: Service
  readonly #deployment: LockedDeployment
  readonly #writer: DeploymentWriter
  readonly #attempts = new Map<string, AbortController>()
  readonly #wake = new Wake()
  readonly #stopListening: () => void
  #units: UnitState[] = []
  #context: RunContext | undefined
  #status: DeploymentStatus
  /** What is known may not be what is stored. */
  #stale = true
  /** Units whose attempts ended since the last refresh began: what it read of them may be older. */
  #justEnded = new Set<string>()
  /** Unit -> when it may be claimed again. */
  readonly #denied = new Map<string, number>()

  constructor (service: Service, deployment: LockedDeployment) {
    this.#service = service
    this.#deployment = deployment
    this.#status = deployment.status
    this.#writer = new DeploymentWriter(service.pool, deployment, (status) => {
      this.#hear(status)
    }, (events) => {
      service.spans.stored(deployment.id, events)
    })
    const stop = (): void => {
      this.#abortAll()
      this.#wake.ring()
    }
    const unlisten = service.slots.onFree(() => {
      this.#wake.ring()
    })
    service.stopping.addEventListener('abort', stop)
    this.#stopListening = () => {
      unlisten()
      service.stopping.removeEventListener('abort', stop)
    }
  }

  /**
   * Looks into the store now: the deployment was canceled, approved, rejected or given units back.
   */
  look (): void {
    this.#stale = true
    this.#wake.ring()
  }

  /** Drops what was kept for the run. */
  close (): void {
    this.#stopListening()
  }

  /** Whether no attempt of this run is under way in this process. */
  get idle (): boolean {
    return this.#attempts.size === 0
  }

  /** Reads what the run needs. To be called before anything else; again: nothing. */
  async load (): Promise<void> {
    if (this.#context) return
    const { id, federation: name, place, request, world, trace } = this.#deployment
    const { pool, topology, root, secretValues } = this.#service
    const [source, units, outputs, phaseNames, deployed] = await Promise.all([
      readSource(pool, id),
      readUnitStates(pool, id),
      readUpstream(this.#service, this.#deployment),
      readPhaseNames(pool, id),
      deployedUnits(pool, { federation: name, place })
    ])
    const federation = topology.parse(source ?? '', name)
    this.#units = units
    this.#context = {
      service: this.#service,
      writer: this.#writer,
      deployment: id,
      request,
      trace: deploymentContext(id, trace),
      world,
      federation,
      phaseNames,
      secrets: secretsOf(federation, { mode: request.mode, world, root, values: secretValues }),
      outputs,
      readers: new Set([...units.flatMap((unit) => unit.reads), ...[...deployed.values()].flat()]),
      canceling: () => this.#status === 'canceling'
    }
  }

  /** See waitAtGate. */
  async gate (phase: number): Promise<boolean> {
    return await waitAtGate(this.#waiting, phase)
  }

  get #waiting (): WaitingRun {
    return {
      id: this.#deployment.id,
      change: (change) => this.#persist(() => this.#writer.change(change)),
      pause: (milliseconds) => this.#pause(milliseconds),
      read: () => this.#read(),
      now: () => this.#service.now()
    }
  }

  /**
   * Waits for the windows that are about units which are still to run, unless one of these phases
   * has begun: what is under way is not cut.
   */
  async #window (phases: readonly number[] | undefined): Promise<boolean> {
    const { federation, phaseNames } = this.#context ?? {}
    if (!federation || !phaseNames || !needsWindow(this.#deployment.request, federation)) return true
    const parts = this.#units.flatMap(({ phase, status, scope }) => {
      const name = phaseNames.get(phase)
      return name && status === 'waiting' && (phases === undefined || phases.includes(phase))
        ? [{ number: phase, phase: name, clusters: scope.clusters }]
        : []
    })
    return await waitForWindow(this.#waiting, federation, parts)
  }

  /** Runs phases (undefined: all) until no unit of theirs waits or runs. */
  async run (phases?: readonly number[]): Promise<PhaseResult> {
    await this.load()
    const trace = this.#context?.trace
    return trace ? await underTrace(trace, () => this.#run(phases)) : await this.#run(phases)
  }

  async #run (phases: readonly number[] | undefined): Promise<PhaseResult> {
    const under = this.#units.filter((unit) => phases === undefined || phases.includes(unit.phase))
    if (!await this.#window(phases)) {
      if (this.#status !== 'canceling') return 'over'
    }
    for (;;) {
      if (this.#stale) await this.#refresh()
      if (this.#status === 'canceling') await this.#cancelWaiting()
      else if (this.#status !== 'running') return 'over'
      // While canceling nothing starts; what waits was just ended.
      const { start, skip, wakeAt, done } = this.#schedule(phases)
      if (skip.length > 0) {
        await this.#skip(skip)
        continue
      }
      if (done) break
      if (this.#status === 'running' && !this.#service.stopping.aborted) {
        for (const id of start) this.#start(id)
      }
      const due = wakeAt === undefined
        ? safetyInterval
        : Math.max(0, Math.min(safetyInterval, wakeAt - Date.now()))
      const rung = await this.#pause(due)
      if (!rung && due === safetyInterval) this.#stale = true
    }
    await this.#endPhases(under.map((unit) => unit.phase))
    return phaseResult(under.map((unit) => unit.status), this.#status === 'canceling')
  }

  /**
   * Deletes what replacements left: runs the units with leftovers once more, those last in the
   * graph first, now that all that stood on their old resources has moved. Goes on where it stood
   * when it was cut off.
   */
  async cleanUp (): Promise<PhaseResult> {
    await this.load()
    if (this.#units.some((unit) => !isSettled(unit.status))) {
      const result = await this.run()
      if (result !== 'succeeded') return result
    }
    for (let next = nextToClean(this.#units); next.length > 0; next = nextToClean(this.#units)) {
      const ids = next
      await this.#persist(() =>
        this.#writer.change(async (client, { status }) => ({
          value: status === 'running' ? await reopenUnits(client, this.#deployment.id, ids) : [],
          events: []
        }))
      )
      await this.#refresh()
      const result = await this.run()
      if (result !== 'succeeded') return result
    }
    return 'succeeded'
  }

  /** Ends the deployment. Resolves with false when it had ended already. */
  async finish (failure?: Parameters<typeof finishDeployment>[2]): Promise<boolean> {
    return await this.#persist(() =>
      this.#writer.change(async (client, deployment) => {
        const events = await finishDeployment(client, deployment, failure)
        return { value: events.length > 0, events }
      })
    )
  }

  /** Stops every attempt of this process and waits for the last. */
  async abandon (): Promise<void> {
    this.#abortAll()
    // Each attempt rings when it ends. No timer: a host that never answers must not keep a closing
    // process alive.
    while (!this.idle) await this.#wake.wait()
  }

  async #takeOutputs (context: RunContext, units: readonly UnitState[]): Promise<void> {
    const stored = await this.#persist(() => readUpstream(this.#service, this.#deployment))
    for (const { id } of units) {
      const outputs = stored.get(id)
      if (outputs) context.outputs.set(id, outputs)
    }
  }

  #schedule (phases: readonly number[] | undefined): ReturnType<typeof schedule> {
    const { request } = this.#deployment
    const units = this.#units.map((unit) => ({
      ...unit,
      cloud: unit.scope.cloud,
      retryAt: Math.max(unit.retryAt ?? 0, this.#denied.get(unit.id) ?? 0) || null
    }))
    const limits = {
      deployment: request.parallelism ?? Infinity,
      perCloud: this.#service.perCloud,
      free: this.#service.slots.free
    }
    return schedule({ units, ...(phases ? { phases } : {}), limits, now: Date.now() })
  }

  #start (id: string): void {
    const unit = this.#units.find((candidate) => candidate.id === id)
    const context = this.#context
    if (!unit || !context || this.#attempts.has(id)) return
    const controller = new AbortController()
    this.#attempts.set(id, controller)
    this.#service.slots.take()
    unit.status = 'running'
    void this.#attempt(context, unit, controller)
      .catch((error: unknown) => {
        this.#lose(unit, error)
      })
      .finally(() => {
        this.#attempts.delete(id)
        this.#justEnded.add(id)
        this.#service.slots.give()
        this.#wake.ring()
      })
  }

  async #attempt (context: RunContext, unit: UnitState, controller: AbortController): Promise<void> {
    const claimed = await this.#persist(() => claim(context, unit))
    if (!claimed) {
      this.#denied.set(unit.id, Date.now() + deniedPause)
      this.#stale = true
      return
    }
    unit.attempt = claimed.attempt
    // What was asked for while the claim was written.
    if (this.#status === 'canceling' || this.#service.stopping.aborted) controller.abort()
    let result: AttemptResult
    try {
      result = await runAttempt(context, unit, claimed, controller)
    } catch (error) {
      result = await this.#interruptByStore(unit, claimed.fence, error)
    }
    if (result.kind === 'lost') this.#stale = true
    else if (result.kind === 'returned') {
      Object.assign(unit, {
        status: 'waiting',
        retryAt: result.retryAt,
        failures: result.failures,
        losses: result.losses
      })
    } else Object.assign(unit, { status: result.status, leftovers: result.leftovers })
    if (isSettled(unit.status) && this.#deployment.request.ordering === 'pipelined') {
      await this.#endPhases([unit.phase])
    }
  }

  /**
   * The attempt's events or result could not be written: it counts as cut off, which a later write
   * says.
   */
  async #interruptByStore (unit: UnitState, fence: number, error: unknown): Promise<AttemptResult> {
    if (error instanceof RunOverError) return { kind: 'lost' }
    this.#service.logger.warn(
      { err: error, deployment: this.#deployment.id, unit: unit.id },
      'what an attempt did could not be stored; it is tried again'
    )
    return await this.#interrupt(
      unit,
      fence,
      `the store failed: ${error instanceof Error ? error.message : String(error)}`
    )
  }

  async #interrupt (unit: UnitState, fence: number, detail: string): Promise<AttemptResult> {
    const retryAt = Date.now()
    const { id } = this.#deployment
    const { failures, losses, attempt } = unit
    const kept = await this.#persist(() =>
      this.#writer.change(async (client) => {
        const value = await returnAttempt(client, { deployment: id, unit: unit.id, fence }, {
          changes: noChanges(),
          retryAt,
          reason: `it was interrupted: ${detail}`,
          failures,
          losses,
          settle: true
        })
        return {
          value,
          events: value
            ? [{
              type: 'unit.interrupted',
              phase: unit.phase,
              unit: unit.id,
              attempt,
              reason: 'store',
              detail
            }]
            : []
        }
      })
    )
    return kept ? { kind: 'returned', retryAt, failures, losses } : { kind: 'lost' }
  }

  #lose (unit: UnitState, error: unknown): void {
    if (error instanceof RunOverError) return
    this.#service.logger.error(
      { err: error, deployment: this.#deployment.id, unit: unit.id },
      'the store is out of reach'
    )
    this.#service.fatal(error instanceof Error ? error : new Error(String(error)))
  }

  async #skip (skip: readonly { unit: string, reason: string }[]): Promise<void> {
    await this.#endWaiting('skipped', skip)
  }

  async #cancelWaiting (): Promise<void> {
    const waiting = this.#units.filter((unit) => unit.status === 'waiting')
    if (waiting.length > 0) {
      await this.#endWaiting(
        'canceled',
        waiting.map((unit) => ({ unit: unit.id, reason: 'the deployment was canceled before it started' }))
      )
    }
  }

  async #endWaiting (
    status: 'skipped' | 'canceled',
    units: readonly { unit: string, reason: string }[]
  ): Promise<void> {
    const ended = await this.#persist(() =>
      this.#writer.change(async (client) => {
        const value = await endWaitingUnits(client, this.#deployment.id, status, units)
        return {
          value,
          events: value.map((
            { unit, phase, reason }
          ) => ({ type: `unit.${status}`, phase, unit, reason } as const))
        }
      })
    )
    const gone = new Set(ended.map(({ unit }) => unit))
    for (const unit of this.#units) if (gone.has(unit.id)) unit.status = status
    // Whatever did not wait in the store is not what was thought here.
    if (ended.length < units.length) await this.#refresh()
  }

  /** Ends those of the phases whose units are all settled. */
  async #endPhases (phases: readonly number[]): Promise<void> {
    const ended = [...new Set(phases)].sort((a, b) => a - b).map((phase) => ({
      phase,
      units: this.#units.filter((unit) => unit.phase === phase).map((unit) => unit.status)
    })).filter(({ units }) => units.every(isSettled))
    if (ended.length === 0) return
    await this.#persist(() =>
      this.#writer.change(async (client, { status }) => {
        const events: EventDraft[] = []
        for (const { phase, units } of ended) {
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
    )
  }

  #hear (status: DeploymentStatus): void {
    if (status === this.#status) return
    this.#status = status
    if (status === 'canceling') {
      this.#abortAll()
      this.#wake.ring()
    }
  }

  #abortAll (): void {
    for (const controller of this.#attempts.values()) controller.abort()
  }

  async #read (): Promise<LockedDeployment> {
    const deployment = await this.#persist(() =>
      transaction(this.#service.pool, (client) => lockDeployment(client, this.#deployment.id))
    )
    if (!deployment || deployment.run !== this.#deployment.run) {
      throw new RunOverError(`run ${this.#deployment.run} of deployment ${this.#deployment.id} is over`)
    }
    this.#hear(deployment.status)
    return deployment
  }

  /** Takes over from the store what this process has not under way itself. */
  async #refresh (): Promise<void> {
    this.#stale = false
    this.#justEnded = new Set()
    const before = new Set(this.#attempts.keys())
    await this.#read()
    const stored = await this.#persist(() => readUnitStates(this.#service.pool, this.#deployment.id))
    const known = new Map(this.#units.map((unit) => [unit.id, unit]))
    // Ended by a write whose commit was not heard of, or elsewhere: what it hands on is in the
    // store only.
    const ended = stored.filter((state) =>
      state.status === 'succeeded' && known.get(state.id)?.status !== 'succeeded'
    )
    if (ended.length > 0 && this.#context) await this.#takeOutputs(this.#context, ended)
    for (const state of stored) {
      const unit = known.get(state.id)
      if (!unit || before.has(unit.id) || this.#attempts.has(unit.id) || this.#justEnded.has(unit.id)) {
        continue
      }
      Object.assign(unit, state)
      // A claim or a result whose commit was not heard of: nobody here works on it.
      if (state.status === 'running' && state.executor === this.#service.executor) {
        await this.#interrupt(unit, state.fence, 'the answer of the store was lost')
        this.#stale = true
      }
    }
  }

  /**
   * Waits for a ring; when the process stops, forever: the step must not end, so that the workflow
   * is taken up again by whoever comes next.
   */
  async #pause (milliseconds = safetyInterval): Promise<boolean> {
    const rung = await this.#wake.wait(milliseconds)
    if (this.#service.stopping.aborted) {
      await this.abandon()
      await this.#writer.flush()
      this.close()
      await new Promise(() => undefined)
    }
    return rung
  }

  /**
   * A write that a broken connection or a deadlock kept from the store is tried again. What was
   * written although it seemed not to be is noticed by the statements themselves: they name the
   * state they start from.
   */
  async #persist<T> (write: () => Promise<T>): Promise<T> {
    for (let tries = 1;; tries++) {
      try {
        return await write()
      } catch (error) {
        if (error instanceof RunOverError || !isPassing(error) || tries >= writeTries) throw error
        await delay(Math.min(4_000, 125 * 2 ** (tries - 1)))
      }
    }
  }
}

/**
 * Whether the same statement may succeed in a moment: no connection (class 08, 57P0x, sockets), a
 * deadlock or a serialization failure (class 40), a unit of the stack still running (23505).
 */
export function isPassing (error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: string }
  if (code === undefined) return /connection|timeout/i.test(error.message)
  return code.startsWith('08') || code.startsWith('57P') || code.startsWith('40') || code === '23505' ||
    code.startsWith('ECONN') || code === 'EPIPE'
}
