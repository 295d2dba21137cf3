/**
 * Carries out steps: chains in order, many at once up to a limit (pulumi
 * `deploy/step_executor.go`).
 */
import { type OperationClock } from '../../provider.ts'
import { type WireObject } from '../../wire.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { CallFailed, Outcome } from '../providers/call-result.ts'
import { type ResourceState, hideSecretOutputs } from '../state/resource-state.ts'
import { DeleteProtected } from '../steps/delete-step.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Step } from '../steps/step.ts'
import { type UpdatePlans } from '../update-plan/update-plan.ts'
import { rootStackType, qualifiedType } from '../urn.ts'
import { type StepObserver } from './step-observer.ts'
import { waitedFor } from './waited-for.ts'

/** Outputs that a component or the Stack registered. */
export interface OutputsEvent {
  urn: string
  outputs: WireObject
  done: () => void
}

export interface ExecutorOptions {
  /** Steps at once. */
  parallel: number
  continueOnError: boolean
  /** Errors stop nothing: a refresh goes through all resources. */
  ignoreErrors: boolean
  olds: (urn: string) => ResourceState | undefined
  /** Clock of simulated clouds; absent: their time is real. */
  clock?: OperationClock | undefined
  updatePlans?: UpdatePlans | undefined
  /** A failure after a step, which stops what has not begun. */
  failedAfter: () => Error | undefined
  /** Runs the hooks after a component has its outputs. */
  after: (step: Step) => Promise<void>
}

export class StepExecutor {
  readonly #observer: StepObserver
  readonly #diagnostics: Diagnostics
  readonly #options: ExecutorOptions
  readonly #stop = new AbortController()
  readonly #running = new Set<Promise<void>>()
  readonly #free: (() => void)[] = []
  #workers = 0
  #error: Error | undefined
  readonly #errored: Step[] = []
  /** Steps whose resources may still register outputs. */
  readonly #pending = new Map<string, Step>()
  #stackOutputs: OutputsEvent | undefined
  /** Resources of this run, by URN. */
  readonly news = new Map<string, ResourceState>()
  readonly reads = new Map<string, ResourceState>()

  constructor (
    observer: StepObserver,
    diagnostics: Diagnostics,
    signal: AbortSignal,
    options: ExecutorOptions
  ) {
    this.#observer = observer
    this.#diagnostics = diagnostics
    this.#options = options
    if (signal.aborted) this.#stop.abort()
    else signal.addEventListener('abort', () => this.stop(), { once: true, signal: this.#stop.signal })
  }

  /**
   * Aborts when nothing new is started any longer: the operation was canceled, or a step failed.
   */
  get signal (): AbortSignal {
    return this.#stop.signal
  }
  get error (): Error | undefined {
    return this.#error
  }
  get errored (): readonly Step[] {
    return this.#errored
  }

  stop (): void {
    this.#stop.abort()
    for (const start of this.#free.splice(0)) start()
  }

  /**
   * Starts a chain of steps. Resolves with the promise of its end when a worker has taken it, or
   * when none will because the run stops.
   */
  async execute (chain: readonly Step[]): Promise<{ finished: Promise<void> }> {
    while (this.#workers >= this.#options.parallel && !this.#stop.signal.aborted) {
      await new Promise<void>((resolve) => this.#free.push(resolve))
    }
    if (this.#stop.signal.aborted) return { finished: Promise.resolve() }
    this.#workers++
    const finished = this.#runChain(chain).finally(() => {
      this.#workers--
      this.#running.delete(finished)
      this.#free.shift()?.()
    })
    this.#running.add(finished)
    return { finished }
  }

  /** Runs steps that do not depend on each other; resolves when all have ended. */
  async executeAll (steps: readonly Step[]): Promise<void> {
    this.#options.clock?.barrier()
    const chains: Promise<void>[] = []
    for (const step of steps) chains.push((await this.execute([step])).finished)
    await Promise.all(chains)
  }

  /** Resolves when nothing runs any more. */
  async idle (): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Takes registered outputs. The Stack's are kept until the end. */
  async registerOutputs (event: OutputsEvent): Promise<void> {
    if (qualifiedType(event.urn) === rootStackType) {
      this.#stackOutputs = event
      return event.done()
    }
    await this.#finish(event, event.outputs)
    event.done()
  }

  /**
   * Writes the Stack's outputs. After an error outputs that the program did not reach stay as they
   * were.
   */
  async finishStack (errored: boolean): Promise<void> {
    const event = this.#stackOutputs
    if (event === undefined) return
    await this.#finish(
      event,
      errored ? { ...this.#options.olds(event.urn)?.outputs, ...event.outputs } : event.outputs
    )
  }

  async #finish (event: OutputsEvent, outputs: WireObject): Promise<void> {
    const step = this.#pending.get(event.urn)
    if (step?.new === undefined) {
      throw new Error(`cannot complete a resource '${event.urn}' whose registration isn't pending`)
    }
    this.#pending.delete(event.urn)
    if (step instanceof SameStep && step.skippedCreate) return
    this.#options.updatePlans?.registeredOutputs(
      event.urn,
      this.#options.olds(event.urn)?.outputs ?? {},
      outputs
    )
    step.new.outputs = outputs
    if (!step.new.custom) await this.#options.after(step)
    this.#observer.outputs(step)
    this.#stopAfterFailure()
  }

  #stopAfterFailure (): void {
    const failed = this.#options.failedAfter()
    if (failed === undefined) return
    this.#error ??= failed
    if (!this.#options.continueOnError) this.stop()
  }

  async #runChain (chain: readonly Step[]): Promise<void> {
    for (const step of chain) {
      if (this.#stop.signal.aborted) return
      try {
        if (!await this.#runStep(step, chain)) return this.#abandon(chain, step)
      } catch (error) {
        // The engine failed, not the step: the state could not be stored.
        const failure = error instanceof Error ? error : new Error(String(error))
        this.#diagnostics.error(step.urn, failure.message)
        this.#fail(step, failure)
        return this.#abandon(chain, step)
      }
    }
  }

  /**
   * Answers those who wait for steps after one that failed, when the run goes on. A replacement is
   * not made when what has to go first could not be deleted. (The real engine leaves its program
   * waiting for ever.)
   */
  #abandon (chain: readonly Step[], failed: Step): void {
    if (!this.#errored.includes(failed)) return
    for (const step of chain.slice(chain.indexOf(failed) + 1)) {
      step.release('failed')
      this.#errored.push(step)
    }
  }

  async #runStep (step: Step, chain: readonly Step[]): Promise<boolean> {
    const timed = this.#options.clock?.begin({ urn: step.urn, op: step.op, after: waitedFor(step, chain) })
    const mutation = await this.#observer.pre(step)
    let error: Error | undefined
    let outcome: 0 | 1 | 2 = Outcome.Ok
    let complete: (() => void) | undefined
    try {
      const applied = await (timed ? timed.run(() => step.apply()) : step.apply())
      error = applied.error
      outcome = applied.outcome
      complete = applied.complete
    } catch (thrown) {
      error = thrown instanceof Error ? thrown : new Error(String(thrown))
      outcome = thrown instanceof CallFailed ? thrown.outcome : Outcome.Ok
    }
    timed?.end()
    if (error === undefined && step.logical && step.new) this.#pending.set(step.urn, step)
    if (step.new && step.op !== 'replace') {
      step.new.outputs = hideSecretOutputs(step.new).outputs
      this.#options.updatePlans?.outputs(step.new.urn, step.new.outputs)
      if (step.op === 'read' || step.op === 'read-replacement') this.reads.set(step.new.urn, step.new)
      else this.news.set(step.new.urn, step.new)
    }
    this.#observer.post(step, mutation, outcome, error)
    complete?.()
    this.#stopAfterFailure()
    if (error === undefined) return true
    this.#fail(step, error)
    return false
  }

  #fail (step: Step, error: Error): void {
    this.#error ??= error
    if (this.#options.ignoreErrors) return
    if (this.#options.continueOnError || error instanceof DeleteProtected) {
      step.release('failed')
      this.#errored.push(step)
    } else this.stop()
  }
}
