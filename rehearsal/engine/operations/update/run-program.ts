/** The program of a run: its monitor, its start, and its end. */
import { type Diagnostics } from '../../events/diagnostics.ts'
import { DefaultProviders, knownPlugins } from '../../providers/default-providers.ts'
import { type ProviderRegistry } from '../../providers/provider-registry.ts'
import { EventQueue } from '../../run/event-queue.ts'
import { type ProgramSource, type RunResources } from '../../run/execute.ts'
import { type Callbacks } from '../../services/callbacks.ts'
import { type EngineServer } from '../../services/engine-server.ts'
import { runProgram } from '../../services/language-client.ts'
import { type ResourceHooks } from '../../services/resource-hooks.ts'
import { ResourceMonitor } from '../../services/resource-monitor.ts'
import { ExitCode, Failure } from '../../stack/failure.ts'
import { defaultOrganization } from '../../stack/project.ts'
import { type ResourceState } from '../../state/resource-state.ts'
import { createUrn } from '../../urn.ts'
import { type UpdateRun, parallelOf, sharedConfig } from './update-run.ts'

interface ProgramSurroundings {
  server: EngineServer
  registry: ProviderRegistry
  diagnostics: Diagnostics
  callbacks: Callbacks
  hooks: ResourceHooks
  /** Resources of the state that the run starts from. */
  prev: readonly ResourceState[]
  /** Called with the run's resources when the program starts. */
  started: (resources: RunResources) => void
  /** Aborts when nobody waits for the program any longer. */
  abandoned: AbortSignal
}

/** Makes the source of an update's events; undefined for operations without a program. */
export function programSource (
  run: UpdateRun,
  { server, registry, diagnostics, callbacks, hooks, prev, started, abandoned }: ProgramSurroundings
): ProgramSource | undefined {
  const { operation: { args, cwd }, ref, kind, preview } = run
  if (kind !== 'update' && !args.has('run-program')) return undefined
  const client = args.value('client')
  if (client === undefined) {
    throw new Failure(
      ExitCode.Failed,
      'error: the rehearsal engine runs inline programs of the Automation API only (--client is missing)'
    )
  }
  const events = new EventQueue()
  const shared = sharedConfig(run)
  const defaultProviders = new DefaultProviders(
    run.config,
    knownPlugins(prev),
    (type, name) => createUrn({ ...ref, parent: '', type, name }),
    (registration) => events.push({ kind: 'register', registration })
  )
  const monitor = new ResourceMonitor({
    root: cwd,
    folder: cwd,
    events,
    registry,
    defaultProviders,
    diagnostics,
    callbacks,
    hooks,
    info: {
      ...ref,
      organization: defaultOrganization,
      config: shared.config,
      configSecretKeys: shared.secretKeys,
      preview,
      parallel: parallelOf(run),
      monitorEndpoint: server.address
    }
  })
  server.serveMonitor(monitor.implementation)
  abandoned.addEventListener('abort', () => monitor.close(), { once: true })
  let ended: Promise<Error | undefined> = Promise.resolve(undefined)
  return {
    events,
    start: (resources) => {
      started(resources)
      ended = runProgram(client, {
        ...ref,
        ...shared,
        organization: defaultOrganization,
        preview,
        parallel: parallelOf(run),
        pwd: cwd,
        engineAddress: server.address
      }, abandoned)
      // A program that ends without the signal for it ends the run too.
      ended.then(
        (error) => events.push({ kind: 'end', error }),
        (error: unknown) =>
          events.push({ kind: 'end', error: error instanceof Error ? error : new Error(String(error)) })
      )
    },
    finish: () => {
      monitor.close()
      return ended
    }
  }
}
