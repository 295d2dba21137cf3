/** The service as a child process: how `rehearse`, `bench` and the tests run it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const repository = join(import.meta.dirname, '..')

export interface ServiceOptions {
  dataFolder: string
  /** WINDLASS_*, OTEL_* and DATABASE_URL; none are taken over from this process's environment. */
  environment?: Record<string, string>
  /** Each line that it logs. */
  onLine?: (line: string) => void
}
export interface Service {
  url: string
  pid: number
  /** The exit code (null after a signal), when it ends. */
  ended: Promise<number | null>
  /** SIGKILL, as a crash or the kernel would. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

// What is shown when it does not start.
const keptLines = 200

/**
 * Starts the service on a free port and resolves when it listens. Rejects with the end of its log
 * when it ends before that, and kills it when the signal aborts.
 */
export async function startService (options: ServiceOptions & { signal?: AbortSignal }): Promise<Service> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: repository,
    env: { ...inherited(), WINDLASS_PORT: '0', WINDLASS_DATA: options.dataFolder, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {})
  })
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      resolve(code)
    })
  })
  const url = await listening(child, options.onLine)
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    async kill () {
      child.kill('SIGKILL')
      await ended
    },
    async stop () {
      child.kill('SIGTERM')
      return await ended
    }
  }
}

function inherited (): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      !/^(WINDLASS|OTEL)_/.test(name) && name !== 'DATABASE_URL' && name !== 'NODE_TEST_CONTEXT'
    )
  )
}

async function listening (child: ChildProcess, onLine?: (line: string) => void): Promise<string> {
  const log: string[] = []
  const keep = (line: string): void => {
    log.push(line)
    if (log.length > keptLines) log.shift()
    onLine?.(line)
  }
  if (!child.stdout || !child.stderr) throw new Error('the service was started without pipes')
  createInterface({ input: child.stderr }).on('line', keep)
  const lines = createInterface({ input: child.stdout })
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      reject(new Error(`the service ended (${code ?? signal}) before it listened:\n${log.join('\n')}`))
    })
    lines.on('line', (line) => {
      keep(line)
      const url = listeningUrl(line)
      if (url) resolve(url)
    })
  })
}

function listeningUrl (line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  const entry = JSON.parse(line) as { msg?: string, url?: string }
  return entry.msg === 'listening' ? entry.url : undefined
}
