/** Executes a run: brings its parts together, and takes them apart again in reverse order. */
import { type DeploymentV3 } from '../../../store.ts'
import { Bail } from '../../errors.ts'
import { Diagnostics } from '../../events/diagnostics.ts'
import { redactor } from '../../events/engine-event.ts'
import { type LoadedPack, PolicyChecks } from '../../policies/policy-checks.ts'
import { type ProviderRegistry } from '../../providers/provider-registry.ts'
import { Deployment } from '../../run/deployment.ts'
import { type ExecuteOptions, type RunResources, execute, runExecutor } from '../../run/execute.ts'
import { importResources } from '../../run/import-resources.ts'
import { StepObserver } from '../../run/step-observer.ts'
import { Callbacks } from '../../services/callbacks.ts'
import { startEngineServer } from '../../services/engine-server.ts'
import { engineService } from '../../services/engine-service.ts'
import { ResourceHooks } from '../../services/resource-hooks.ts'
import { type DeploymentState } from '../../state/deployment-state.ts'
import { type ResourceState } from '../../state/resource-state.ts'
import { type UpdatePlans } from '../../update-plan/update-plan.ts'
import { cancelling, openSink, prelude, summary } from './run-events.ts'
import { loadRunPacks } from './run-policies.ts'
import { programSource } from './run-program.ts'
import { runProviders } from './run-providers.ts'
import {
  type Outcome,
  type UpdateRun,
  parallelOf,
  planOptions,
  refreshes,
  refreshesWithProgram
} from './update-run.ts'

/** The state that a run starts from. */
interface Start {
  state: DeploymentState
  prev: ResourceState[]
  /** URNs that the run is about, in place of those that the flags name. */
  targets: readonly string[] | undefined
  /** Operations that earlier runs left pending. */
  pending: NonNullable<DeploymentV3['pending_operations']>
  updatePlans: UpdatePlans | undefined
}

export async function executeUpdate (run: UpdateRun, start: Start): Promise<Outcome> {
  const { operation: { args, signal }, ref, config, kind, preview } = run
  const redact = redactor(Object.values(config).filter(({ secret }) => secret).map(({ value }) => value))
  const sink = openSink(run)
  const diagnostics = new Diagnostics(sink, { redact, debug: args.has('debug') })
  const server = await startEngineServer(engineService(diagnostics))
  const callbacks = new Callbacks()
  const hooks = new ResourceHooks(callbacks, { diagnostics, preview })
  let resources: RunResources = { find: () => undefined }
  const registry = runProviders(run, server, { find: (urn) => resources.find(urn) }, diagnostics)
  const observer = new StepObserver(sink, diagnostics, start.state, {
    preview,
    refreshing: kind === 'refresh',
    refresh: refreshes(run),
    redact
  })
  const stopped = new AbortController()
  const interrupt = (): void => {
    sink.emit(cancelling())
    cancelCalls(registry, diagnostics)
    stopped.abort()
  }
  const program = new AbortController()
  const begun = Date.now()
  let succeeded = false
  let packs: LoadedPack[] = []
  try {
    packs = await loadRunPacks(run, sink, diagnostics)
    sink.emit(prelude(run))
    if (signal.aborted) interrupt()
    else signal.addEventListener('abort', interrupt, { once: true })
    const deployment = new Deployment({
      ...ref,
      preview,
      registry,
      diagnostics,
      plan: planOptions(run, start.targets),
      autonaming: run.autonaming,
      hooks,
      updatePlans: start.updatePlans,
      ...(packs.length > 0 && { policies: new PolicyChecks(packs, sink, redact) })
    }, start.prev)
    const started = (found: RunResources): void => {
      resources = found
    }
    const parts = { server, registry, diagnostics, callbacks, hooks, prev: start.prev }
    const source = await programSource(run, { ...parts, started, abandoned: program.signal })
    const options = executeOptions(run, start)
    if (run.imports) {
      const executor = runExecutor(deployment, observer, stopped.signal, { ...options, ignoreErrors: true })
      await importResources(deployment, executor, run.imports, { config, signal: stopped.signal })
    } else await execute(deployment, source, observer, start.state, stopped.signal, options)
    succeeded = true
  } catch (error) {
    if (!(error instanceof Bail)) throw error
  } finally {
    signal.removeEventListener('abort', interrupt)
    await registry.cancel()
    sink.emit(summary(run, observer, { packs, milliseconds: Date.now() - begun, succeeded }))
    sink.emit({ cancelEvent: {} })
    await sink.close()
    for (const { analyzer } of packs) analyzer.release()
    program.abort()
    callbacks.close()
    await registry.close()
    server.close()
  }
  return { changes: observer.changes, succeeded }
}

function executeOptions (run: UpdateRun, { pending }: Start): ExecuteOptions {
  const { operation: { args, providers }, kind } = run
  const before = !refreshesWithProgram(run)
  return {
    parallel: parallelOf(run),
    continueOnError: args.has('continue-on-error'),
    refresh: refreshes(run) && before,
    refreshOnly: kind === 'refresh' && before,
    clock: providers?.clock,
    pendingOperations: pending.map(({ resource, type }) => ({ urn: resource.urn, type }))
  }
}

/** Asks the providers to end their calls; one that refuses is waited for. */
function cancelCalls (registry: ProviderRegistry, diagnostics: Diagnostics): void {
  registry.cancel().catch((error: unknown) =>
    diagnostics.report('debug', '', `signalling cancellation to providers: ${String(error)}`)
  )
}
