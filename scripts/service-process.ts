/** The service as a child process, for `rehearse`, `bench` and tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Readable } from 'node:stream'
import { linesOf } from '../contract/text/lines.ts'

export const repository = join(import.meta.dirname, '..')

export interface ServiceOptions {
  dataFolder: string
  /**
   * Its configuration (WINDLASS_*, OTEL_*, DATABASE_URL). This process's own variables of these
   * names are not passed on.
   */
  environment?: Record<string, string>
  /** Called with each line of its log. */
  onLine?: (line: string) => void
}
export interface Service {
  url: string
  pid: number
  /** Resolves with the exit code when it ends; null after a signal. */
  ended: Promise<number | null>
  /** Ends it without warning (SIGKILL), as a crash does. */
  kill(): Promise<void>
  /** Asks it to end (SIGTERM); resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Lines of its log that an error shows when it does not start. */
const keptLines = 200

/**
 * Starts the service on a free port; resolves when it listens. Rejects with the end of its log when
 * it ends before that. Kills it when the signal aborts.
 */
export async function startService (options: ServiceOptions & { signal?: AbortSignal }): Promise<Service> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: repository,
    env: { ...inherited(), WINDLASS_PORT: '0', WINDLASS_DATA: options.dataFolder, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal && { signal: options.signal })
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
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('the service was started without pipes')
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      reject(new Error(`the service ended (${code ?? signal}) before it listened:\n${log.join('\n')}`))
    })
    eachLine(stderr, keep).catch(reject)
    eachLine(stdout, (line) => {
      keep(line)
      const url = listeningUrl(line)
      if (url) resolve(url)
    }).catch(reject)
  })
}

async function eachLine (stream: Readable, heard: (line: string) => void): Promise<void> {
  for await (const line of linesOf(stream.setEncoding('utf8'))) heard(line)
}

function listeningUrl (line: string): string | undefined {
  // An entry that a kill cut off has no end.
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined
  const entry = JSON.parse(line) as { msg?: string, url?: string }
  return entry.msg === 'listening' ? entry.url : undefined
}
