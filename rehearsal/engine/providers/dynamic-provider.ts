/**
 * The provider of dynamic resources, which are closures of a program: a process of the SDK's own
 * (`@pulumi/pulumi/cmd/dynamic-provider`), one for each instance.
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { EngineError } from '../errors.ts'
import { AttachedProvider } from './attached-provider.ts'
import { endsWithParent } from './ends-with-parent-path.ts'

/** Package of dynamic resources of Node.js programs. */
export const dynamicPackage = 'pulumi-nodejs'

const require = createRequire(import.meta.url)

/** Characters that are kept of what a process says: the end of it tells why it ended. */
const longestProblem = 10_000

class DynamicProvider extends AttachedProvider {
  readonly #stop: () => void
  constructor (port: number, options: { engineAddress: string, stop: () => void }) {
    super(port, options)
    this.#stop = options.stop
  }

  override async close (): Promise<void> {
    await super.close()
    this.#stop()
  }
}

/** Starts a process that serves the dynamic resources of a program. */
export async function startDynamicProvider (
  engineAddress: string,
  options: { cwd: string, env: Readonly<Record<string, string | undefined>> }
): Promise<AttachedProvider> {
  const script = require.resolve('@pulumi/pulumi/cmd/dynamic-provider/index.js')
  const child = spawn(process.execPath, ['--import', endsWithParent, script, engineAddress], {
    cwd: options.cwd,
    env: { ...options.env },
    // The channel closes when this process ends, also by a kill.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('the process of dynamic resources has no pipes')
  let said = ''
  stderr.on('data', (text: Buffer) => {
    said = `${said}${text.toString()}`.slice(-longestProblem)
  })
  const port = await new Promise<number>((resolve, reject) => {
    const failed = (error?: Error): void =>
      reject(
        new EngineError('RHE_PROVIDER_PROCESS', {
          package: dynamicPackage,
          problem: (error?.message ?? said).trim()
        })
      )
    child.once('error', failed)
    child.once('exit', () => failed())
    createInterface({ input: stdout }).once('line', (line) => resolve(Number(line)))
  })
  const provider = new DynamicProvider(port, { engineAddress, stop: () => child.kill() })
  await provider.handshake()
  return provider
}
