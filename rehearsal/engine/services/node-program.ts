/**
 * Runs a program that is a folder, in a process of its own, as the CLI's language host of Node.js
 * does (pulumi `sdk/nodejs/cmd/pulumi-language-nodejs`). Calls of functions that wait without a
 * promise have no pipe here, and fail.
 */
import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Bail } from '../errors.ts'
import { type Severity } from '../events/engine-event.ts'
import { endsWithParent } from '../providers/ends-with-parent-path.ts'
import { type Environment } from '../stack/stack-secrets.ts'
import { type RunOptions } from './language-client.ts'

/** Exit code of the SDK for an error that it has told about already. */
const alreadyTold = 32

interface ProgramPlace {
  /** Folder of the program, and its entry there. */
  folder: string
  entry: string
}

/** The program of a project: its folder, or what `main` in the project file names. */
export async function programPlace (root: string, main: string): Promise<ProgramPlace> {
  if (main === '') return { folder: root, entry: '.' }
  const path = resolve(root, main)
  const folder = await stat(path).then((found) => found.isDirectory(), () => false)
  return folder ? { folder: path, entry: '.' } : { folder: dirname(path), entry: basename(path) }
}

interface NodeProgram extends RunOptions {
  /** Folder of the project. */
  root: string
  place: ProgramPlace
  /** Options of the runtime in the project file. */
  runtimeOptions: Record<string, unknown>
  env: Environment
  /** Takes a line that the program wrote. */
  said: (severity: Severity, line: string) => void
}

/**
 * Runs a program. Resolves with its error: a Bail when it has told about it already. The signal
 * ends the process.
 */
export async function runNodeProgram (
  program: NodeProgram,
  signal: AbortSignal
): Promise<Error | undefined> {
  const { place: { folder, entry }, runtimeOptions } = program
  let script: string
  try {
    script = createRequire(join(folder, 'index.js')).resolve('@pulumi/pulumi/cmd/run')
  } catch {
    return new Error(
      'It looks like the Pulumi SDK has not been installed. Have you run pulumi install?'
    )
  }
  const nodeArguments = String(runtimeOptions['nodeargs'] ?? '').split(/\s+/).filter(Boolean)
  const given = [...nodeArguments, script, ...scriptArguments(program), entry]
  const child = spawn(process.execPath, ['--import', endsWithParent, ...given], {
    cwd: folder,
    env: { ...program.env, ...programEnvironment(program) },
    // The channel closes when this process ends, also by a kill.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
  if (!child.stdout || !child.stderr) throw new Error('the process of a program has no pipes')
  createInterface({ input: child.stdout }).on('line', (line) => program.said('info', line))
  createInterface({ input: child.stderr }).on('line', (line) => program.said('info#err', line))
  const stop = (): void => {
    child.kill()
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Error | undefined>((resolve) => {
      child.once(
        'error',
        (error) =>
          resolve(new Error(`Problem executing program (could not run language executor): ${error.message}`))
      )
      // Both pipes are read to their ends by then.
      child.once('close', (code, name) => resolve(endOf(code, name)))
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function endOf (code: number | null, name: string | null): Error | undefined {
  if (code === 0) return undefined
  if (code === alreadyTold) return new Bail('the program has told about its error')
  return new Error(
    code === null
      ? `Program exited unexpectedly: signal: ${name ?? 'unknown'}`
      : `Program exited with non-zero exit code: ${code}`
  )
}

function scriptArguments (program: NodeProgram): string[] {
  const { engineAddress, organization, project, root, stack, place, preview, parallel } = program
  return [
    '--monitor',
    engineAddress,
    '--engine',
    engineAddress,
    '--organization',
    organization,
    '--project',
    project,
    '--root-directory',
    root,
    '--stack',
    stack,
    '--pwd',
    place.folder,
    ...(preview ? ['--dry-run'] : []),
    '--parallel',
    String(parallel)
  ]
}

/** Configuration as SDKs read it, by the old form of its keys. */
function programEnvironment ({ config, secretKeys, runtimeOptions }: NodeProgram): Record<string, string> {
  const settings = Object.entries(config).map(([key, value]) => {
    const colon = key.indexOf(':')
    return [`${key.slice(0, colon)}:config:${key.slice(colon + 1)}`, value]
  })
  const { typescript, tsconfig } = runtimeOptions
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(settings)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    ...(typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: 'true' }),
    ...(typeof tsconfig === 'string' && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig })
  }
}
