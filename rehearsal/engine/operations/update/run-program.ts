/** The program of a run: its monitor, its start, and its end. */
import { EngineError } from '../../errors.ts'
import { type Diagnostics } from '../../events/diagnostics.ts'
import { DefaultProviders, knownPlugins } from '../../providers/default-providers.ts'
import { type ProviderRegistry } from '../../providers/provider-registry.ts'
import { EventQueue } from '../../run/event-queue.ts'
import { type ProgramSource, type RunResources } from '../../run/execute.ts'
import { type Callbacks } from '../../services/callbacks.ts'
import { type EngineServer } from '../../services/engine-server.ts'
import { runProgram, type RunOptions } from '../../services/language-client.ts'
import { programPlace, runNodeProgram } from '../../services/node-program.ts'
import { type ResourceHooks } from '../../services/resource-hooks.ts'
import { ResourceMonitor } from '../../services/resource-monitor.ts'
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

/** Runs a program; resolves with its error. */
type Program = (options: RunOptions, signal: AbortSignal) => Promise<Error | undefined>

/**
 * The program of a run: inline, behind the address that the Automation API gives, or a folder of
 * the project.
 */
async function programOf (
  { operation: { args, cwd, env }, project }: UpdateRun,
  diagnostics: Diagnostics
): Promise<{ root: string, folder: string, start: Program }> {
  const client = args.value('client')
  if (client !== undefined) {
    return { root: cwd, folder: cwd, start: (options, signal) => runProgram(client, options, signal) }
  }
  const { root, main, runtime, runtimeOptions } = project
  if (runtime !== 'nodejs') {
    throw new EngineError('RHE_UNSUPPORTED', { what: `a program of the runtime '${runtime}'` })
  }
  const place = await programPlace(root, main)
  const said = diagnostics.report.bind(diagnostics)
  return {
    root,
    folder: place.folder,
    start: (options, signal) =>
      runNodeProgram(
        { ...options, root, place, runtimeOptions, env, said: (severity, line) => said(severity, '', line) },
        signal
      )
  }
}

/** Makes the source of an update's events; undefined for operations without a program. */
export async function programSource (
  run: UpdateRun,
  { server, registry, diagnostics, callbacks, hooks, prev, started, abandoned }: ProgramSurroundings
): Promise<ProgramSource | undefined> {
  const { operation: { args }, ref, kind, preview } = run
  if (kind !== 'update' && !args.has('run-program')) return undefined
  const program = await programOf(run, diagnostics)
  const events = new EventQueue()
  const shared = sharedConfig(run)
  const defaultProviders = new DefaultProviders(
    run.config,
    knownPlugins(prev),
    (type, name) => createUrn({ ...ref, parent: '', type, name }),
    (registration) => events.push({ kind: 'register', registration })
  )
  const monitor = new ResourceMonitor({
    root: program.root,
    folder: program.folder,
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
      ended = program.start({
        ...ref,
        ...shared,
        organization: defaultOrganization,
        preview,
        parallel: parallelOf(run),
        pwd: program.folder,
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
