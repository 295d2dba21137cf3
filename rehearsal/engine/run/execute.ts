/**
 * Runs a deployment from its first event to the last deletion (pulumi
 * `deploy/deployment_executor.go`).
 */
import { type OperationClock } from '../../provider.ts'
import { type DependencyGraph } from '../dependency-graph.ts'
import { Bail, messageOf } from '../errors.ts'
import { analyzedStack } from '../plan/analyzed.ts'
import { deletionGraph, planDeletes, scheduleDeletes } from '../plan/deletes.ts'
import { type Steps } from '../plan/registration.ts'
import { StepGenerator } from '../plan/step-generator.ts'
import { type Targets } from '../plan/targets.ts'
import { type DeploymentState } from '../state/deployment-state.ts'
import { type ResourceState, dependencyUrns } from '../state/resource-state.ts'
import { type Step, runAfter } from '../steps/step.ts'
import { rootStackType, createUrn } from '../urn.ts'
import { type Deployment } from './deployment.ts'
import { type EventQueue, type SourceEvent } from './event-queue.ts'
import { refreshResources, refreshUnregistered } from './refresh.ts'
import { type OutputsEvent, StepExecutor } from './step-executor.ts'
import { type StepObserver } from './step-observer.ts'

/**
 * The events of a program. `finish` tells the program that the run is over, and gives its error.
 */
export interface ProgramSource {
  events: EventQueue
  start(resources: RunResources): void
  finish(): Promise<Error | undefined>
}
/** The resources of the run so far, for functions that look them up. */
export interface RunResources {
  find(urn: string): ResourceState | undefined
}

export interface ExecuteOptions {
  parallel: number
  continueOnError: boolean
  /** Resources are read before anything else. */
  refresh: boolean
  /** Nothing but that. */
  refreshOnly: boolean
  /** Pending operations that earlier runs left, for the warning about them. */
  pendingOperations: { urn: string, type: string }[]
  /** Clock of simulated clouds. */
  clock?: OperationClock | undefined
}

/** Runs a deployment. Rejects with Bail when it failed, after its reason was reported. */
export async function execute (
  deployment: Deployment,
  source: ProgramSource | undefined,
  observer: StepObserver,
  state: DeploymentState,
  signal: AbortSignal,
  options: ExecuteOptions
): Promise<void> {
  const run = new Run(deployment, observer, state, signal, options)
  if (options.refresh) await run.refresh()
  if (options.refreshOnly) return
  if (!options.refresh && options.pendingOperations.length > 0 && !deployment.preview) {
    deployment.diagnostics.warning('', pendingWarning(options.pendingOperations))
  }
  run.checkTargets(deployment.options.replaces)
  await run.program(source)
}

class Run {
  readonly #deployment: Deployment
  readonly #observer: StepObserver
  readonly #state: DeploymentState
  readonly #signal: AbortSignal
  readonly #options: ExecuteOptions
  /** The resource that could not be read while the program ran, and why. */
  #unread: { urn: string, error: Error } | undefined

  constructor (
    deployment: Deployment,
    observer: StepObserver,
    state: DeploymentState,
    signal: AbortSignal,
    options: ExecuteOptions
  ) {
    this.#deployment = deployment
    this.#observer = observer
    this.#state = state
    this.#signal = signal
    this.#options = options
  }

  async refresh (): Promise<void> {
    if (this.#deployment.prev.length === 0) return
    this.checkTargets(this.#deployment.options.targets)
    const executor = this.#executor(true)
    await refreshResources(this.#deployment, executor, this.#state)
    if (executor.error) throw this.#ended('failed')
    if (this.#signal.aborted) throw this.#ended('canceled')
  }

  async program (source: ProgramSource | undefined): Promise<void> {
    const deployment = this.#deployment
    const executor = this.#executor(false)
    this.#options.clock?.barrier()
    const generator = new StepGenerator(deployment, {
      imported: (imported) => source?.events.push({ kind: 'imported', imported }),
      refreshed: (refreshed) => {
        const { error, found: { urn } } = refreshed
        if (error) this.#unread ??= { urn, error }
        source?.events.push({ kind: 'refreshed', refreshed })
      }
    })
    source?.start({ find: (urn) => executor.news.get(urn) ?? executor.reads.get(urn) })
    let failure: Error | undefined
    let canceled = false
    try {
      canceled = source ? await this.#loop(source, generator, executor) : false
      if (this.#unread) throw this.#unreadable(this.#unread)
      if (!canceled && !executor.signal.aborted) await this.#finish(generator, executor)
    } catch (error) {
      if (!(error instanceof Bail)) deployment.diagnostics.error('', messageOf(error))
      failure = error instanceof Bail ? error : new Bail(messageOf(error))
      executor.stop()
    }
    await executor.idle()
    const errored = failure !== undefined || executor.error !== undefined || generator.planned.sawError
    await executor.finishStack(errored)
    failure ??= this.#unseen()
    if (failure) throw failure
    if (executor.error === undefined && !this.#signal.aborted) await this.#analyzeStack(generator, executor)
    if (errored || generator.planned.sawError) throw this.#ended('failed')
    if (this.#signal.aborted) throw this.#ended('canceled')
    const error = await source?.finish()
    if (error === undefined) return
    if (error instanceof Bail) throw error
    deployment.diagnostics.error('', error.message)
    throw new Bail(error.message)
  }

  /**
   * The end of a run in which a resource could not be read, whose program waits for its outputs
   * (reported once more, as the CLI does).
   */
  #unreadable ({ urn, error }: { urn: string, error: Error }): Bail {
    this.#deployment.diagnostics.error(urn, error.message)
    return new Bail(error.message)
  }

  /** Asks the policy packs about the resources at the end of the run. */
  async #analyzeStack ({ planned }: StepGenerator, executor: StepExecutor): Promise<void> {
    const { policies, stack, project, diagnostics } = this.#deployment
    if (policies === undefined) return
    try {
      const root = createUrn({
        stack,
        project,
        parent: '',
        type: rootStackType,
        name: `${project}-${stack}`
      })
      if (
        await policies.stack(analyzedStack(executor.news.values(), planned.goals, planned.providers), root)
      ) planned.sawError = true
    } catch (error) {
      diagnostics.error('', messageOf(error))
      throw new Bail(messageOf(error))
    }
  }

  /** The failure of an update that did not do all that its plan expects (reported). */
  #unseen (): Bail | undefined {
    const { updatePlans, diagnostics, prev } = this.#deployment
    const urns = updatePlans?.unseen(new Set(prev.map(({ urn }) => urn))) ?? []
    for (const urn of urns) {
      diagnostics.error(urn, `expected resource operations for ${urn} but none were seen`)
    }
    return urns.length > 0 ? new Bail('the plan expects more operations') : undefined
  }

  /** Ends the run when a literal target names no resource (reported). */
  checkTargets (targets: Targets, registered: ReadonlySet<string> = new Set()): void {
    if (this.#unknownTargets(targets, registered)) {
      throw new Bail('one or more targets could not be found in the stack')
    }
  }

  #unknownTargets (targets: Targets, registered: ReadonlySet<string>): boolean {
    const there = new Set(this.#deployment.prev.map(({ urn }) => urn))
    const unknown = targets.literals.filter((urn) => !there.has(urn) && !registered.has(urn))
    for (const urn of unknown) {
      this.#deployment.diagnostics.error(
        '',
        `Target '${urn}' could not be found in the ` +
          `stack.${urn.includes('$') ? '' : ' Did you forget to escape $ in your shell?'}`
      )
    }
    return unknown.length > 0
  }

  #executor (ignoreErrors: boolean): StepExecutor {
    return runExecutor(this.#deployment, this.#observer, this.#signal, { ...this.#options, ignoreErrors })
  }

  #ended (how: 'failed' | 'canceled'): Bail {
    const message = `${this.#deployment.preview ? 'preview' : 'update'} ${how}`
    this.#deployment.diagnostics.error('', message)
    return new Bail(message)
  }

  /** Handles the requests of the program until it ends; true when the run was stopped before. */
  async #loop (source: ProgramSource, generator: StepGenerator, executor: StepExecutor): Promise<boolean> {
    const skipped = new Set<string>()
    let pending = 0
    let ended = false
    while (!ended || pending > 0) {
      const event = await source.events.next(executor.signal)
      if (event === undefined) return true
      if (event.kind === 'abort') throw new Bail('the monitor ended the run')
      if (event.kind === 'end') {
        if (event.error instanceof Bail) throw event.error
        if (event.error) {
          this.#deployment.diagnostics.error('', event.error.message)
          throw new Bail(event.error.message)
        }
        ended = true
        continue
      }
      if (event.kind === 'refreshed' && event.refreshed.error) return false
      if (event.kind === 'imported' || event.kind === 'refreshed') pending--
      if (event.kind === 'outputs') {
        await this.#registerOutputs(event.outputs, executor)
        continue
      }
      const planned = await this.#planEvent(event, generator)
      if (planned.pending) pending++
      await this.#start(planned.steps, executor, skipped)
    }
    return false
  }

  async #registerOutputs (outputs: OutputsEvent, executor: StepExecutor): Promise<void> {
    try {
      await executor.registerOutputs(outputs)
    } catch (error) {
      this.#deployment.diagnostics.error(outputs.urn, messageOf(error))
      throw new Bail(messageOf(error))
    }
  }

  async #planEvent (
    event: Exclude<SourceEvent, { kind: 'end' | 'outputs' | 'abort' }>,
    generator: StepGenerator
  ): Promise<Steps> {
    try {
      const planned = event.kind === 'register'
        ? await generator.planRegistration(event.registration)
        : event.kind === 'read'
        ? generator.planRead(event.reading)
        : event.kind === 'refreshed'
        ? await generator.planRefreshed(event.refreshed)
        : await generator.planImported(event.imported)
      if (event.kind !== 'read') generator.validate(planned.steps)
      return planned
    } catch (error) {
      if (error instanceof Bail) throw error
      const urn = event.kind === 'register'
        ? generator.urnOf(event.registration.goal)
        : event.kind === 'read'
        ? generator.urnOf(event.reading)
        : event.kind === 'refreshed'
        ? event.refreshed.found.urn
        : event.imported.urn
      this.#deployment.diagnostics.error(urn, messageOf(error))
      throw new Bail(messageOf(error))
    }
  }

  /** Starts a chain without the steps whose dependencies failed. */
  async #start (steps: readonly Step[], executor: StepExecutor, skipped: Set<string>): Promise<void> {
    for (const step of executor.errored) skipped.add(step.urn)
    const chain: Step[] = []
    for (const step of steps) {
      if (dependencyUrns(step.res, { parent: true }).some((urn) => skipped.has(urn))) {
        skipped.add(step.urn)
        step.release('skipped')
      } else chain.push(step)
    }
    if (chain.length > 0) await executor.execute(chain)
  }

  /**
   * Deletes resources that the program no longer has, in layers: dependents first. A refresh reads
   * them.
   */
  async #finish (generator: StepGenerator, executor: StepExecutor): Promise<void> {
    const deployment = this.#deployment
    const unknownTargets = this.#unknownTargets(deployment.options.targets, generator.planned.urns)
    // The deletions depend on the results of the steps before.
    await executor.idle()
    if (deployment.options.mode === 'refresh') {
      await refreshUnregistered(deployment, generator.planned, executor, this.#state)
    } else if (
      (deployment.prev.length > 0 || generator.planned.toDelete.length > 0) && !executor.signal.aborted
    ) {
      // A refusal was reported. It fails the run after everything else has ended.
      const planned = await planDeletes(deployment, generator.planned).catch((error: unknown) => {
        if (error instanceof Bail) return { sames: [], deletes: [] }
        throw error
      })
      if (planned.sames.length > 0) await (await executor.execute(planned.sames)).finished
      await this.#delete(executor, planned.deletes, deletionGraph(deployment, generator.planned))
    }
    if (unknownTargets) throw new Bail('one or more targets could not be found in the stack')
  }

  async #delete (
    executor: StepExecutor,
    deletes: readonly Step[],
    graph: DependencyGraph
  ): Promise<void> {
    const kept = new Set<ResourceState>()
    for (const layer of scheduleDeletes(graph, deletes)) {
      for (const step of executor.errored) {
        for (const state of [step.res, step.old]) {
          if (state && graph.contains(state)) {
            for (const dependency of graph.transitiveDependenciesOf(state)) kept.add(dependency)
          }
        }
      }
      await executor.executeAll(layer.filter((step) => !kept.has(step.res)))
    }
  }
}

/** Makes the executor of a run's steps. `ignoreErrors`: errors stop nothing. */
export function runExecutor (
  deployment: Deployment,
  observer: StepObserver,
  signal: AbortSignal,
  options: Pick<ExecuteOptions, 'parallel' | 'continueOnError' | 'clock'> & { ignoreErrors: boolean }
): StepExecutor {
  const { parallel, continueOnError, clock, ignoreErrors } = options
  return new StepExecutor(observer, deployment.diagnostics, signal, {
    parallel,
    continueOnError,
    ignoreErrors,
    olds: (urn) => deployment.olds.get(urn),
    clock,
    failedAfter: () => deployment.failedAfter,
    updatePlans: deployment.updatePlans,
    after: async ({ op, old, new: state }) => {
      if (op === 'create' || op === 'create-replacement') {
        await runAfter(deployment, 'AfterCreate', { new: state })
      } else if (op === 'update') await runAfter(deployment, 'AfterUpdate', { old, new: state })
    }
  })
}

function pendingWarning (operations: readonly { urn: string, type: string }[]): string {
  const list = operations.map(({ urn, type }) => `  * ${urn}, interrupted while ${type}\n`).join('')
  return `Attempting to deploy or update resources with ${operations.length} pending operations from ` +
    `previous deployment.\n${list}` +
    'These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for ' +
    'changes to these resources to complete. You should confirm whether or not the operations listed ' +
    'completed successfully by checking the state of the appropriate provider. For example, if you are ' +
    'using AWS, you can confirm using the AWS Console.\n\n' +
    'Once you have confirmed the status of the interrupted operations, you can repair your stack using ' +
    '`pulumi refresh` which will refresh the state from the provider you are using and clear the pending ' +
    'operations if there are any.\n\n' +
    'Note that `pulumi refresh` will need to be run interactively to clear pending CREATE operations.'
}
