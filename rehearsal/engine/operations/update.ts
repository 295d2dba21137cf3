/**
 * `pulumi up`, `preview`, `refresh` and `destroy`: one run over one stack, from its lock to its
 * stored result.
 */
import { availableParallelism } from 'node:os'
import { type DeploymentV3, type StackRef, StackLockedError, type StackUpdate } from '../../store.ts'
import { Bail } from '../errors.ts'
import { Diagnostics } from '../events/diagnostics.ts'
import { redactor } from '../events/engine-event.ts'
import { EventSink, eventStream } from '../events/event-sink.ts'
import { ProgressText } from '../events/progress-text.ts'
import { Targets } from '../plan/targets.ts'
import { loadPacks } from '../policies/load-packs.ts'
import { type LoadedPack, PolicyChecks } from '../policies/policy-checks.ts'
import { AttachedProvider, attachedPorts } from '../providers/attached-provider.ts'
import { BuiltinProvider } from '../providers/builtin-provider.ts'
import { DefaultProviders } from '../providers/default-providers.ts'
import { ProviderRegistry } from '../providers/provider-registry.ts'
import { Deployment } from '../run/deployment.ts'
import { EventQueue } from '../run/event-queue.ts'
import { type ProgramSource, type RunResources, execute } from '../run/execute.ts'
import { StepObserver } from '../run/step-observer.ts'
import { type EngineServer, startEngineServer } from '../services/engine-server.ts'
import { engineService } from '../services/engine-service.ts'
import { runProgram } from '../services/language-client.ts'
import { ResourceMonitor } from '../services/resource-monitor.ts'
import { ExitCode, Failure } from '../stack/failure.ts'
import { historyEntry } from '../stack/history.ts'
import { ORGANIZATION } from '../stack/project.ts'
import { type ConfigValue, StackConfig } from '../stack/stack-config.ts'
import { crypterFor, deploymentSalt, secretsProvider } from '../stack/stack-secrets.ts'
import { DeploymentState } from '../state/deployment-state.ts'
import { JournalWriter } from '../state/journal-writer.ts'
import { replay } from '../state/journal.ts'
import { type StepOp } from '../steps/step.ts'
import { ROOT_STACK_TYPE, createUrn } from '../urn.ts'
import { protectedTargets } from './exclude-protected.ts'
import { lockedFailure } from './lock.ts'
import { type Operation, existingStack } from './operation.ts'
import { stackOutputs, stackResourceOutputs } from './stack-reference.ts'

export type UpdateKind = 'update' | 'refresh' | 'destroy'
const TITLES: Record<UpdateKind, [preview: string, run: string]> = {
  update: ['Previewing update', 'Updating'],
  refresh: ['Previewing refresh', 'Refreshing'],
  destroy: ['Previewing destroy', 'Destroying']
}

/** Steps at once for each core, as the real CLI has it: they mostly wait. */
const STEPS_PER_CORE = 4

const CANCELLING =
  '^C received; cancelling. If you would like to terminate immediately, press ^C again.\nNote that ' +
  'terminating immediately may lead to orphaned resources and other inconsistencies.\n'

function defaultParallel (): number {
  return availableParallelism() * STEPS_PER_CORE
}

export async function update (
  operation: Operation,
  kind: UpdateKind,
  options: { preview: boolean }
): Promise<void> {
  const ref = await existingStack(operation)
  if (options.preview) return new UpdateRun(operation, ref, kind, undefined).run()
  let lock: StackUpdate
  try {
    lock = await operation.store.begin(ref, kind)
  } catch (error) {
    throw error instanceof StackLockedError ? lockedFailure(error) : error
  }
  await new UpdateRun(operation, ref, kind, lock).run()
}

const plainConfig = (config: Record<string, ConfigValue>): Record<string, string> =>
  Object.fromEntries(Object.entries(config).map(([key, { value }]) => [key, value]))
const secretKeysOf = (config: Record<string, ConfigValue>): string[] =>
  Object.entries(config).filter(([, { secret }]) => secret).map(([key]) => key)

interface Outcome {
  changes: Partial<Record<StepOp, number>>
  succeeded: boolean
}

class UpdateRun {
  readonly #operation: Operation
  readonly #ref: StackRef
  readonly #kind: UpdateKind
  /** The stack's lock; undefined in previews, which need none. */
  readonly #lock: StackUpdate | undefined
  #finished = false

  constructor (operation: Operation, ref: StackRef, kind: UpdateKind, lock: StackUpdate | undefined) {
    this.#operation = operation
    this.#ref = ref
    this.#kind = kind
    this.#lock = lock
  }

  get #preview (): boolean {
    return this.#lock === undefined
  }

  async run (): Promise<void> {
    try {
      await this.#run()
    } finally {
      if (!this.#finished) await this.#lock?.release()
    }
  }

  async #run (): Promise<void> {
    const { args, cwd, env, store, version } = this.#operation
    const started = new Date().toISOString()
    const stored = await store.load(this.#ref)
    const base = replay(stored.deployment, stored.journal)
    const settings = await StackConfig.read(cwd, this.#ref.project, this.#ref.stack)
    const stateSalt = deploymentSalt(base)
    const crypter = await crypterFor(env, settings.salt ?? stateSalt)
    const stateCrypter = stateSalt === undefined || stateSalt === crypter.state
      ? crypter
      : await crypterFor(env, stateSalt)
    const config = settings.values(crypter.decrypt)
    const journal = this.#lock && new JournalWriter(this.#lock, stored.journal.at(-1)?.seq ?? 0)
    const state = new DeploymentState(base, { journal, encrypt: crypter.encrypt })
    const prev = state.start(
      { time: started, version, secretsProviders: secretsProvider(crypter) },
      stateCrypter.decrypt
    )
    const excluded = args.has('exclude-protected') ? protectedTargets(prev) : undefined
    if (excluded?.nothing) {
      return this.#operation.print(
        `There were no unprotected resources to destroy. There are still ${excluded.count} protected ` +
          `resources associated with this stack.\n`
      )
    }
    if (args.has('clear-pending-creates')) state.forgetPending()
    const outcome = await this.#execute(
      state,
      prev,
      config,
      excluded?.targets,
      base?.pending_operations ?? []
    )
    await journal?.stored()
    await this.#lock?.finish(
      state.deployment(),
      historyEntry({
        kind: this.#kind,
        args,
        env,
        version,
        started,
        config,
        encrypt: crypter.encrypt,
        ...outcome
      })
    )
    this.#finished = true
    if (excluded && excluded.count > 0 && outcome.succeeded) {
      this.#operation.print(
        `All unprotected resources were destroyed. There are still ${excluded.count} protected resources ` +
          `associated with this stack.\n`
      )
    }
    this.#conclude(outcome)
  }

  #conclude ({ changes, succeeded }: Outcome): void {
    if (!succeeded) throw new Failure(ExitCode.Failed, '')
    const what = this.#kind === 'update' ? (this.#preview ? 'preview' : 'update') : this.#kind
    const changed = Object.entries(changes).some(([op, count]) => op !== 'same' && op !== 'read' && count > 0)
    if (this.#operation.args.has('expect-no-changes') && changed) {
      throw new Failure(
        ExitCode.NoChangesExpected,
        `error: no changes were expected for ${what} but changes were proposed`
      )
    }
    if (
      this.#kind === 'destroy' && !this.#preview && !this.#operation.args.has('target') &&
      !this.#operation.args.has('exclude-protected')
    ) {
      this.#operation.print(
        'The resources in the stack have been deleted, but the history and configuration associated with ' +
          `the stack are still maintained. \nIf you want to remove the stack completely, run \`pulumi ` +
          `stack rm ${this.#ref.stack}\`.\n`
      )
    }
  }

  async #execute (
    state: DeploymentState,
    prev: ReturnType<DeploymentState['start']>,
    config: Record<string, ConfigValue>,
    targets: string[] | undefined,
    pending: NonNullable<DeploymentV3['pending_operations']>
  ): Promise<Outcome> {
    const { args, signal } = this.#operation
    const redact = redactor(Object.values(config).filter(({ secret }) => secret).map(({ value }) => value))
    const sink = this.#sink()
    const diagnostics = new Diagnostics(sink, { redact, debug: args.has('debug') })
    const server = await startEngineServer(engineService(diagnostics))
    const stopped = new AbortController()
    const resources: { find: RunResources['find'] } = { find: () => undefined }
    const registry = this.#registry(server, resources)
    const interrupt = (): void => {
      sink.emit({ stdoutEvent: { message: CANCELLING, color: 'never' } })
      registry.cancel().catch((error: unknown) =>
        diagnostics.report('debug', '', `signalling cancellation to providers: ${String(error)}`)
      )
      stopped.abort()
    }
    const observer = new StepObserver(sink, diagnostics, state, {
      preview: this.#preview,
      refreshing: this.#kind === 'refresh',
      refresh: this.#kind === 'refresh' || args.has('refresh'),
      redact
    })
    const program = new AbortController()
    const begun = Date.now()
    let succeeded = false
    let packs: LoadedPack[] = []
    try {
      packs = await this.#packs(sink, diagnostics, config)
      sink.emit({
        preludeEvent: {
          config: Object.fromEntries(
            Object.entries(config).map(([key, { value, secret }]) => [key, secret ? '[secret]' : value])
          )
        }
      })
      if (signal.aborted) interrupt()
      else signal.addEventListener('abort', interrupt, { once: true })
      const deployment = new Deployment({
        ...this.#ref,
        preview: this.#preview,
        registry,
        diagnostics,
        plan: this.#plan(targets),
        ...(packs.length > 0 && { policies: new PolicyChecks(packs, sink, redact) })
      }, prev)
      const source = this.#source(server, registry, config, resources, program.signal)
      await execute(deployment, source, observer, state, stopped.signal, {
        parallel: this.#parallel,
        continueOnError: args.has('continue-on-error'),
        refresh: this.#kind === 'refresh' || args.has('refresh'),
        refreshOnly: this.#kind === 'refresh',
        pendingOperations: pending.map(({ resource, type }) => ({ urn: resource.urn, type }))
      })
      succeeded = true
    } catch (error) {
      if (!(error instanceof Bail)) throw error
    } finally {
      signal.removeEventListener('abort', interrupt)
      await registry.cancel()
      sink.emit({
        summaryEvent: {
          maybeCorrupt: observer.maybeCorrupt,
          durationSeconds: Math.ceil((Date.now() - begun) / 1000),
          resourceChanges: observer.changes,
          PolicyPacks: Object.fromEntries(
            packs.map(({ path, info }) => [`${info.name}|local|${path}`, info.version])
          ),
          isPreview: this.#preview,
          result: succeeded ? 'succeeded' : 'failed'
        }
      })
      sink.emit({ cancelEvent: {} })
      await sink.close()
      for (const { analyzer } of packs) analyzer.release()
      program.abort()
      await registry.close()
      server.close()
    }
    return { changes: observer.changes, succeeded }
  }

  get #parallel (): number {
    return this.#operation.args.number('parallel') || defaultParallel()
  }

  #plan (
    targets: string[] | undefined
  ): {
    targets: Targets
    excludes: Targets
    replaces: Targets
    targetDependents: boolean
    excludeDependents: boolean
  } {
    const { args } = this.#operation
    // What is to be replaced is a target too when there are targets.
    return {
      targets: new Targets(targets ?? args.list('target')),
      excludes: new Targets(args.list('exclude')),
      replaces: new Targets(args.list('replace')),
      targetDependents: args.has('target-dependents'),
      excludeDependents: args.has('exclude-dependents')
    }
  }

  #packs (
    sink: EventSink,
    diagnostics: Diagnostics,
    config: Record<string, ConfigValue>
  ): Promise<LoadedPack[]> {
    const { args, analyzers } = this.#operation
    const folders = args.list('policy-pack')
    for (let n = 0; n < folders.length; n++) sink.emit({ policyLoadEvent: {} })
    const stack = {
      ...this.#ref,
      organization: ORGANIZATION,
      preview: this.#preview,
      config: plainConfig(config),
      secretKeys: secretKeysOf(config)
    }
    return loadPacks({
      folders,
      configFiles: args.list('policy-pack-config'),
      sources: analyzers,
      stack,
      diagnostics
    })
  }

  #sink (): EventSink {
    const { args, print } = this.#operation
    const { stack, project } = this.#ref
    const root = createUrn({ stack, project, parent: '', type: ROOT_STACK_TYPE, name: `${project}-${stack}` })
    const [preview, run] = TITLES[this.#kind]
    const text = new ProgressText({
      title: this.#preview ? preview : run,
      stack,
      root,
      preview: this.#preview,
      suppressOutputs: args.has('suppress-outputs'),
      suppressProgress: args.has('suppress-progress'),
      print
    })
    const log = args.value('event-log')
    if (log === undefined) return new EventSink([text])
    if (!log.startsWith('tcp://')) {
      throw new Failure(ExitCode.Failed, `error: --event-log ${log}: expected tcp://HOST:PORT`)
    }
    return new EventSink([eventStream(log.slice('tcp://'.length)), text])
  }

  #registry (server: EngineServer, resources: { find: RunResources['find'] }): ProviderRegistry {
    const { env, providers, store } = this.#operation
    const attached = attachedPorts(env['PULUMI_DEBUG_PROVIDERS'])
    return new ProviderRegistry({
      preview: this.#preview,
      connect: async (pkg, version) => {
        if (pkg === 'pulumi') {
          return new BuiltinProvider({
            stackOutputs: (name) => stackOutputs(store, env, name, this.#ref.project),
            stackResourceOutputs: (name) => stackResourceOutputs(store, env, name, this.#ref.project),
            resource: (urn) => {
              const found = resources.find(urn)
              return found && { id: found.id, provider: found.provider, outputs: found.outputs ?? {} }
            }
          })
        }
        const port = attached.get(pkg)
        if (port === undefined) return providers?.connect(pkg, version)
        const provider = new AttachedProvider(port, { engineAddress: server.address })
        await provider.attach()
        return provider
      }
    })
  }

  #source (
    server: EngineServer,
    registry: ProviderRegistry,
    config: Record<string, ConfigValue>,
    resources: { find: RunResources['find'] },
    abandoned: AbortSignal
  ): ProgramSource | undefined {
    if (this.#kind !== 'update') return undefined
    const { args, cwd } = this.#operation
    const client = args.value('client')
    if (client === undefined) {
      throw new Failure(
        ExitCode.Failed,
        'error: the rehearsal engine runs inline programs of the Automation API only (--client is missing)'
      )
    }
    const events = new EventQueue()
    const plain = plainConfig(config)
    const defaultProviders = new DefaultProviders(
      plain,
      (registration) => events.push({ kind: 'register', registration })
    )
    const shared = {
      ...this.#ref,
      organization: ORGANIZATION,
      preview: this.#preview,
      parallel: this.#parallel,
      config: plain,
      secretKeys: secretKeysOf(config)
    }
    const monitor = new ResourceMonitor({
      preview: this.#preview,
      root: cwd,
      events,
      registry,
      defaultProviders
    })
    server.serveMonitor(monitor.implementation)
    abandoned.addEventListener('abort', () => monitor.close(), { once: true })
    let ended: Promise<Error | undefined> = Promise.resolve(undefined)
    return {
      events,
      start: (run) => {
        resources.find = run.find
        ended = runProgram(client, { ...shared, pwd: cwd, engineAddress: server.address }, abandoned)
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
}
