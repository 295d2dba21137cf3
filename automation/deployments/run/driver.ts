import { type Failure } from '../../../contract/deployment.ts'
import { type DeploymentStatus } from '../../../contract/words.ts'
import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { passingOf } from '../../store/postgres/passing.ts'
import { type UnitState } from '../../store/units/units.ts'
import { underTrace } from '../../tracing/context.ts'
import { needsWindow } from '../../windows/windows.ts'
import { type RunService } from '../service.ts'
import { callerOf } from '../shares.ts'
import { isSettled } from '../states.ts'
import { runAttempt } from './attempt.ts'
import { claim } from './claim.ts'
import { nextToClean } from './clean-up.ts'
import { loadContext, type RunContext } from './context.ts'
import { RunPersistence } from './persistence.ts'
import { scenarioAging } from './scenario-aging.ts'
import { type Turn } from './slots.ts'
import { type AttemptResult, RunState } from './state.ts'
import { storeFailure } from './store-failure.ts'
import { virtualStart } from './virtual-time.ts'
import { waitAtGate, waitForWindow, type WaitingRun } from './waits.ts'
import { Wake } from './wake.ts'
import { RunOverError } from './writer.ts'

/**
 * Pause before a unit that could not be claimed is claimed again, milliseconds: a unit of its stack
 * still runs for another deployment, which takes seconds at least.
 */
const deniedPause = 1_000
/**
 * Milliseconds between looks of a driver into the store although nothing woke it: only a lost
 * announcement, or a unit that another process still runs, makes it wait that long.
 */
const safetyInterval = 2_000

/** The end of a run of phases; `over`: the deployment is no longer this run's to drive. */
export type PhaseResult = 'succeeded' | 'failed' | 'canceled' | 'over'

/**
 * Drives one run of a deployment in this process: starts its units, writes what becomes of them,
 * waits at its gates. All truth is in the store; what is kept here can be read again, so every
 * method may be called again after a crash, here or elsewhere, and goes on where the store stands.
 */
export class Driver {
  readonly #service: RunService
  readonly #deployment: LockedDeployment
  readonly #state: RunState
  readonly #store: RunPersistence
  readonly #attempts = new Map<string, AbortController>()
  readonly #wake = new Wake()
  readonly #turn: Turn
  readonly #stopListening: () => void
  #context: RunContext | undefined
  /** What replacements left is deleted now. */
  #cleaning = false
  /** Phases that were over before those under way. */
  #past: ReadonlySet<number> = new Set()
  /** What ended an attempt that not even its own failure could be stored of. */
  #broken: unknown

  constructor (service: RunService, deployment: LockedDeployment) {
    this.#service = service
    this.#deployment = deployment
    this.#state = new RunState(deployment.status, deployment.virtualBase !== null)
    this.#store = new RunPersistence(service, deployment, (status) => {
      this.#hear(status)
    })
    const stop = (): void => {
      this.#abortAll()
      this.#wake.ring()
    }
    this.#turn = service.slots.enter({
      live: deployment.request.mode === 'live',
      federation: deployment.federation,
      caller: callerOf(deployment.launchedBy)
    })
    service.stopping.addEventListener('abort', stop)
    this.#stopListening = () => {
      this.#turn.leave()
      service.stopping.removeEventListener('abort', stop)
    }
  }

  /**
   * Looks into the store now: the deployment was canceled, approved, rejected or given units back.
   */
  look (): void {
    this.#state.doubt()
    this.#wake.ring()
  }

  /** Drops what was kept for the run. */
  close (): void {
    this.#stopListening()
  }

  /** True while no attempt of this run is under way in this process. */
  get idle (): boolean {
    return this.#attempts.size === 0
  }

  /** Waits until a phase may start; see waitAtGate. */
  async gate (phase: number): Promise<boolean> {
    return await waitAtGate(this.#waiting, phase)
  }

  /** Runs phases (undefined: all) until no unit of theirs waits or runs. */
  async run (phases?: readonly number[]): Promise<PhaseResult> {
    const context = await this.#load()
    const work = () => this.#run(context, phases)
    return context.trace ? await underTrace(context.trace, work) : await work()
  }

  /**
   * Deletes what replacements left: runs the units with leftovers once more, those last in the
   * graph first, now that all that stood on their old resources has moved. Goes on where it stood
   * when it was cut off.
   */
  async cleanUp (): Promise<PhaseResult> {
    const context = await this.#load()
    if (this.#state.units.some((unit) => !isSettled(unit.status))) {
      const result = await this.run()
      if (result !== 'succeeded') return result
    }
    this.#cleaning = true
    for (let next = nextToClean(this.#state.units); next.length > 0; next = nextToClean(this.#state.units)) {
      await this.#store.reopen(next)
      await this.#refresh(context)
      const result = await this.run()
      if (result !== 'succeeded') return result
    }
    return 'succeeded'
  }

  /** Ends the deployment. Resolves with false when it had ended already. */
  async finish (failure?: { error?: Failure }): Promise<boolean> {
    const aged = failure?.error ? undefined : await scenarioAging(this.#service, this.#deployment)
    return await this.#store.finish({ ...failure, ...(aged && { aged }) })
  }

  /** Stops every attempt of this process and waits for the last. */
  async abandon (): Promise<void> {
    this.#abortAll()
    // Each attempt rings when it ends. No timer: a host that never answers must not keep a closing
    // process alive.
    while (!this.idle) await this.#wake.wait()
  }

  /** Reads what the run needs, once. */
  async #load (): Promise<RunContext> {
    if (this.#context) return this.#context
    const { context, units } = await loadContext(this.#service, this.#deployment, {
      writer: this.#store.writer,
      canceling: () => this.#state.status === 'canceling'
    })
    this.#state.load(units)
    this.#context = context
    return context
  }

  get #waiting (): WaitingRun {
    return {
      id: this.#deployment.id,
      change: (change) => this.#store.change(change),
      pause: (milliseconds) => this.#pause(milliseconds),
      read: () => this.#store.read(),
      now: () => this.#service.now()
    }
  }

  /**
   * Waits for the windows that are about units which are still to run, unless one of these phases
   * has begun: what is under way is not cut.
   */
  async #window (
    { federation, phaseNames }: RunContext,
    phases: readonly number[] | undefined
  ): Promise<boolean> {
    if (!needsWindow(this.#deployment.request, federation)) return true
    const parts = this.#state.unitsOf(phases).flatMap(({ phase, status, scope }) => {
      const name = phaseNames.get(phase)
      return name && status === 'waiting' ? [{ number: phase, phase: name, clusters: scope.clusters }] : []
    })
    return await waitForWindow(this.#waiting, federation, parts)
  }

  async #run (context: RunContext, phases: readonly number[] | undefined): Promise<PhaseResult> {
    try {
      return await this.#drive(context, phases)
    } finally {
      this.#startNothing()
    }
  }

  async #drive (context: RunContext, phases: readonly number[] | undefined): Promise<PhaseResult> {
    this.#past = this.#phasesBefore(phases)
    if (!await this.#window(context, phases) && this.#state.status !== 'canceling') return 'over'
    for (;;) {
      if (this.#broken !== undefined) throw this.#broken
      if (this.#state.stale) await this.#refresh(context)
      if (this.#state.status === 'canceling') await this.#cancelWaiting(context)
      else if (this.#state.status !== 'running') return 'over'
      // While canceling nothing starts; what waits was just ended.
      const now = Date.now()
      const { start, skip, wakeAt, done } = this.#state.schedule(phases, this.#limits, now)
      if (skip.length > 0) {
        await this.#endWaiting(context, 'skipped', skip)
        continue
      }
      if (done) break
      // Each starts when it is this deployment's turn for a host, while this waits below.
      this.#turn.want(this.#mayStart ? start : [], (id) => this.#start(context, id))
      const due = wakeAt === undefined
        ? safetyInterval
        : Math.max(0, Math.min(safetyInterval, wakeAt - Date.now()))
      const rung = await this.#pause(due)
      if (!rung && due === safetyInterval) this.#state.doubt()
    }
    const ended = this.#state.unitsOf(phases).map((unit) => unit.phase)
    await this.#store.endPhases(this.#state.settledPhases(ended))
    return this.#state.result(phases)
  }

  get #limits () {
    return {
      deployment: this.#deployment.parallelism ?? this.#deployment.request.parallelism ?? Infinity,
      perCloud: this.#service.perCloud
    }
  }

  get #mayStart (): boolean {
    return this.#state.status === 'running' && !this.#service.stopping.aborted
  }

  #startNothing (): void {
    this.#turn.want([], () => false)
  }

  /** Starts a unit on the host that is given for it. False when it does not wait any more. */
  #start (context: RunContext, id: string): boolean {
    const unit = this.#mayStart ? this.#state.begin(id) : undefined
    if (!unit) return false
    const controller = new AbortController()
    this.#attempts.set(id, controller)
    void this.#attempt(context, unit, controller)
      .catch((error: unknown) => {
        this.#lose(unit, error)
      })
      .finally(() => {
        this.#attempts.delete(id)
        this.#state.end(id)
        this.#turn.give()
        this.#wake.ring()
      })
    return true
  }

  /** The time of the world at which an attempt begins; undefined: it is live. */
  #virtualStart (unit: UnitState): number | undefined {
    const { virtualBase: base } = this.#deployment
    return base === null
      ? undefined
      : virtualStart(unit, { units: this.#state.units, base, past: this.#past })
  }

  /**
   * Phases whose end those under way waited for: all others that are over when some run by
   * themselves, and all when what is left behind is deleted.
   */
  #phasesBefore (phases: readonly number[] | undefined): ReadonlySet<number> {
    if (phases === undefined && !this.#cleaning) return new Set()
    const { units } = this.#state
    const open = new Set(units.filter((unit) => !isSettled(unit.status)).map((unit) => unit.phase))
    const over = units.map((unit) => unit.phase).filter((phase) =>
      this.#cleaning || (phases?.includes(phase) !== true && !open.has(phase))
    )
    return new Set(over)
  }

  async #attempt (context: RunContext, unit: UnitState, controller: AbortController): Promise<void> {
    const start = this.#virtualStart(unit)
    const claimed = await claim(context, unit, start)
    if (!claimed) {
      this.#state.deny(unit, Date.now() + deniedPause)
      return
    }
    unit.attempt = claimed.attempt
    // What was asked for while the claim was written.
    if (this.#state.status === 'canceling' || this.#service.stopping.aborted) controller.abort()
    let result: AttemptResult
    try {
      result = await runAttempt(context, unit, { ...claimed, virtualStart: start }, controller)
    } catch (error) {
      result = await this.#endByStore(unit, claimed.fence, error)
    }
    this.#state.take(unit, result)
    if (isSettled(unit.status) && this.#deployment.request.ordering === 'pipelined') {
      await this.#store.endPhases(this.#state.settledPhases([unit.phase]))
    }
  }

  /**
   * The attempt's events or result could not be written. It counts as cut off when the store lost
   * its answer: another attempt settles it. What the store refuses it would refuse again: the unit
   * fails.
   */
  async #endByStore (unit: UnitState, fence: number, error: unknown): Promise<AttemptResult> {
    // What a process that stops leaves is taken over.
    if (error instanceof RunOverError || this.#service.stopping.aborted) return { kind: 'lost' }
    const { logger, observe } = this.#service
    const about = { err: error, deployment: this.#deployment.id, unit: unit.id }
    if (passingOf(error) === undefined) {
      observe({ kind: 'store-failure', what: 'refused' })
      logger.error(about, 'what an attempt did cannot be stored: its unit fails')
      return await this.#store.refuse(unit, fence, storeFailure(error, unit.id))
    }
    logger.warn(about, 'what an attempt did could not be stored; it is tried again')
    const detail = `the store failed: ${error instanceof Error ? error.message : String(error)}`
    return await this.#store.interrupt(unit, fence, detail)
  }

  /** An attempt can neither begin nor end in the store: the deployment cannot go on. */
  #lose (unit: UnitState, error: unknown): void {
    if (error instanceof RunOverError || this.#service.stopping.aborted) return
    this.#service.logger.error(
      { err: error, deployment: this.#deployment.id, unit: unit.id },
      'the store takes nothing of a unit: its deployment fails'
    )
    this.#broken ??= error
  }

  async #cancelWaiting (context: RunContext): Promise<void> {
    const waiting = this.#state.units.filter((unit) => unit.status === 'waiting')
    if (waiting.length === 0) return
    const reason = 'the deployment was canceled before it started'
    await this.#endWaiting(context, 'canceled', waiting.map(({ id }) => ({ unit: id, reason })))
  }

  async #endWaiting (
    context: RunContext,
    status: 'skipped' | 'canceled',
    units: readonly { unit: string, reason: string }[]
  ): Promise<void> {
    const ended = await this.#store.endWaiting(status, units)
    this.#state.close(ended, status)
    // Whatever did not wait in the store is not what was thought here.
    if (ended.length < units.length) await this.#refresh(context)
  }

  #hear (status: DeploymentStatus): void {
    if (!this.#state.hear(status) || status !== 'canceling') return
    this.#abortAll()
    this.#wake.ring()
  }

  #abortAll (): void {
    this.#startNothing()
    for (const controller of this.#attempts.values()) controller.abort()
  }

  /** Takes from the store what is not under way in this process. */
  async #refresh ({ outputs }: RunContext): Promise<void> {
    const look = this.#state.look()
    await this.#store.read()
    const stored = await this.#store.units()
    const succeeded = this.#state.succeededElsewhere(stored)
    if (succeeded.length > 0) {
      const upstream = await this.#store.upstream()
      for (const { id } of succeeded) {
        const values = upstream.get(id)
        if (values) outputs.set(id, values)
      }
    }
    for (const unit of this.#state.merge(look, stored, this.#service.executor)) {
      await this.#store.interrupt(unit, unit.fence, 'the answer of the store was lost')
      this.#state.doubt()
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
      await this.#store.flush()
      this.close()
      await new Promise(() => undefined)
    }
    return rung
  }
}
