/**
 * The rehearsal engine as a PulumiCommand. The Automation API calls `run` where it would start the
 * CLI; the operation is executed in this process, with the protocols, events, states and errors of
 * the real engine.
 */
import { hostname } from 'node:os'
import errors from '@pulumi/pulumi/automation/errors.js'
import { SemVer } from 'semver'
import { type AnalyzerSource } from './analyzer.ts'
import { type Arguments, parseArguments } from './engine/arguments.ts'
import { EngineError } from './engine/errors.ts'
import * as config from './engine/operations/config.ts'
import { importResources } from './engine/operations/import/import.ts'
import { type Operation, SelectedStacks } from './engine/operations/operation.ts'
import { graph } from './engine/operations/stack-graph.ts'
import * as stack from './engine/operations/stack.ts'
import { move } from './engine/operations/state-move.ts'
import * as state from './engine/operations/state.ts'
import { update } from './engine/operations/update/update.ts'
import { AnalyzerProcesses } from './engine/policies/analyzer-processes.ts'
import { ExitCode, Failure } from './engine/stack/failure.ts'
import { MemoryStore } from './memory-store.ts'
import { type ProviderSource } from './provider.ts'
import { LeaseLostError, type StackStore } from './store.ts'

/**
 * CLI version whose behaviour the engine shows, and which states and manifests name. Above 3.205
 * events travel by gRPC.
 */
const engineVersion = '3.260.0'
/** Code that the Automation API puts in place of every exit code. */
const unknownExit = -2

export interface RehearsalOptions {
  /** Store of stacks; in memory when absent. */
  store?: StackStore
  /**
   * Providers in process. A provider that is attached through PULUMI_DEBUG_PROVIDERS, in the
   * environment of a run, wins over the one of its package here.
   */
  providers?: ProviderSource
  /**
   * Policy packs in process, by folder. Packs that the source does not know run as processes, which
   * stay warm for later runs of this process.
   */
  analyzers?: AnalyzerSource
  /**
   * Version that the engine claims to be.
   * @default '3.260.0'
   */
  version?: string
}

/** Result of a command, in the form of the SDK's CommandResult. */
export interface RehearsalResult {
  stdout: string
  stderr: string
  code: number
  err?: Error
  toString(): string
}

/** A `PulumiCommand`, as the Automation API takes it. */
export interface RehearsalCommand {
  command: string
  version: SemVer
  /**
   * Executes a command line of the CLI in this process. `signal` asks it to stop, as ^C does: steps
   * that run come to their end, nothing new is started. Rejects with the SDK's own CommandError
   * when the command fails, and with a LeaseLostError when the store's lease is lost: then the
   * process has to end.
   */
  run(
    args: string[],
    cwd: string,
    env: Record<string, string>,
    onOutput?: (text: string) => void,
    onError?: (text: string) => void,
    signal?: AbortSignal
  ): Promise<RehearsalResult>
}

/** Operations by command. */
const commands: Record<string, (operation: Operation) => Promise<void>> = {
  version: async ({ version, print }) => print(`v${version}\n`),
  whoami: stack.whoami,
  cancel: stack.cancel,
  'stack select': stack.select,
  'stack unselect': stack.unselect,
  'stack init': stack.init,
  'stack rm': stack.remove,
  'stack ls': stack.list,
  'stack rename': stack.rename,
  'stack output': stack.output,
  'stack export': stack.exportCommand,
  'stack import': stack.importCommand,
  'stack history': stack.history,
  config: config.all,
  'config copy': config.copy,
  'config refresh': config.refresh,
  'config env add': config.environments,
  'config env list': config.environments,
  'config env remove': config.environments,
  'config env init': config.environments,
  'config get': config.get,
  'config set': config.set,
  'config set-all': config.setAll,
  'config rm': config.remove,
  'config rm-all': config.remove,
  import: importResources,
  'stack graph': graph,
  'state delete': state.deleteResources,
  'state move': move,
  'state protect': state.protect,
  'state rename': state.rename,
  'state repair': state.repair,
  'state taint': state.taint,
  'state unprotect': state.unprotect,
  'state untaint': state.untaint,
  'org get-default': noOrganizations,
  'org set-default': noOrganizations,
  up: (operation) => update(operation, 'update', { preview: false }),
  preview: (operation) => update(operation, 'update', { preview: true }),
  refresh: (operation) => update(operation, 'refresh', { preview: operation.args.has('preview-only') }),
  destroy: (operation) => update(operation, 'destroy', { preview: operation.args.has('preview-only') })
}

/** Organizations belong to Pulumi Cloud. */
async function noOrganizations (): Promise<void> {
  throw new Failure(
    ExitCode.Failed,
    `error: backends of this type "${hostname()}" do not support organizations`
  )
}

/** Processes of policy packs, which all engines of this process share. */
const packProcesses = new AnalyzerProcesses()

/** The SDK's own error for a failed command, by its text. The SDK's typings leave it out. */
const { createCommandError } = errors as typeof errors & {
  createCommandError(result: RehearsalResult): Error
}

function result (stdout: string, stderr: string, code: number, err?: Error): RehearsalResult {
  // The text of the SDK's own CommandResult, which its errors show.
  return {
    stdout,
    stderr,
    code,
    ...(err && { err }),
    toString: () =>
      `code: ${code}\n stdout: ${stdout}\n stderr: ${stderr}\n err?: ${err ? String(err) : ''}\n`
  }
}
const stripped = (text: string): string => text.replace(/\n$/, '')

/** The error of the SDK's process library for a command that failed. */
class CommandFailed extends Error {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly failed = true
  constructor (line: string, exitCode: number, stdout: string, stderr: string, cause: unknown) {
    super(
      [`Command failed with exit code ${exitCode}: ${line}`, stderr, stdout].filter((text) => text !== '')
        .join('\n'),
      { cause }
    )
    this.exitCode = exitCode
    this.stdout = stdout
    this.stderr = stderr
  }
}

async function dispatch (args: Arguments, operation: Operation): Promise<void> {
  const command = commands[args.command]
  if (command === undefined) {
    throw new Failure(
      ExitCode.Failed,
      `error: 'pulumi ${args.command}' is not supported by the rehearsal engine`
    )
  }
  await command(operation)
}

/** Makes a rehearsal engine. Without a store each engine has stacks of its own, in memory. */
export default function rehearsalCommand (options: RehearsalOptions = {}): RehearsalCommand {
  const store = options.store ?? new MemoryStore()
  const version = options.version ?? engineVersion
  const selected = new SelectedStacks()
  const analyzers = [...(options.analyzers ? [options.analyzers] : []), packProcesses]
  return {
    command: 'pulumi',
    version: new SemVer(version),
    async run (args, cwd, env, onOutput, onError, signal) {
      const line = args.includes('--non-interactive') ? args : [...args, '--non-interactive']
      let stdout = ''
      let stderr = ''
      const print = (text: string): void => {
        stdout += text
        onOutput?.(text)
      }
      const printError = (text: string): void => {
        stderr += text
        onError?.(text)
      }
      try {
        const parsed = parseArguments(line)
        await dispatch(parsed, {
          args: parsed,
          cwd,
          env: { ...process.env, ...env, PULUMI_AUTOMATION_API: 'true' },
          store,
          selected,
          providers: options.providers,
          analyzers,
          version,
          print,
          printError,
          signal: signal ?? new AbortController().signal
        })
        return result(stripped(stdout), stripped(stderr), 0)
      } catch (error) {
        if (error instanceof LeaseLostError) throw error
        const message = errorText(error)
        if (message !== '') printError(`${message}\n`)
        const failed = new CommandFailed(
          `pulumi ${line.join(' ')}`,
          error instanceof Failure ? error.exitCode : ExitCode.Failed,
          stripped(stdout),
          stripped(stderr),
          error
        )
        throw createCommandError(result('', failed.message, unknownExit, failed))
      }
    }
  }
}

/** Text on standard error for a command that failed; empty when the reason was reported before. */
function errorText (error: unknown): string {
  if (error instanceof Failure) return error.stderr
  if (error instanceof EngineError) return `error: ${error.code}: ${error.message}`
  return `error: ${error instanceof Error ? error.stack ?? error.message : String(error)}`
}
