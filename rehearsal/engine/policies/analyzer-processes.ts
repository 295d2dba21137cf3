/** Policy packs as processes of their own, as the CLI runs them, kept warm between runs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { Socket } from 'node:net'
import { type Readable } from 'node:stream'
import type services from '@pulumi/pulumi/proto/analyzer_grpc_pb.js'
import { type Analyzer, type AnalyzerSource } from '../../analyzer.ts'
import { EngineError } from '../errors.ts'
import { AttachedAnalyzer } from './attached-analyzer.ts'

/**
 * Idle processes that are kept. Each takes 60 to 100 MB; a host runs one operation at a time, with
 * one or two packs.
 */
const mostProcesses = 4
/** Longest time for the start of a pack, which takes about a second. */
const startMs = 60_000
const keptOutput = 4_096

/** Variables of a pack: it starts Node and judges resources, and needs no credential for that. */
const packVariables =
  /^(PATH|HOME|USER|TMPDIR|TMP|TEMP|TZ|LANG|LC_.*|NODE_.*|PULUMI_HOME|SystemRoot|windir|USERPROFILE)$/i

function packEnvironment (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => packVariables.test(name)))
}

interface Running {
  folder: string
  child: ChildProcess
  client: services.AnalyzerClient
  busy: boolean
  used: number
}

/**
 * Starts a process for a pack when none is idle, and keeps it for later runs. A process serves one
 * run at a time, since it has one configuration. Beyond the limit the process that has been idle
 * longest is ended. All end with this process.
 */
export class AnalyzerProcesses implements AnalyzerSource {
  readonly #running = new Set<Running>()
  readonly #most: number
  #clock = 0

  constructor (most = mostProcesses) {
    this.#most = most
    process.once('exit', () => this.close())
  }

  get size (): number {
    return this.#running.size
  }

  async open (folder: string): Promise<Analyzer> {
    const path = realpathSync(folder)
    const idle = [...this.#running].find((candidate) => !candidate.busy && candidate.folder === path)
    const running = idle ?? await this.#start(path)
    running.busy = true
    running.used = ++this.#clock
    return new AttachedAnalyzer(running.client, () => {
      running.busy = false
      this.#trim()
    })
  }

  close (): void {
    for (const running of this.#running) this.#end(running)
  }

  #trim (): void {
    const idle = [...this.#running].filter(({ busy }) => !busy).sort((a, b) => a.used - b.used)
    for (const running of idle.slice(0, Math.max(0, this.#running.size - this.#most))) this.#end(running)
  }

  #end (running: Running): void {
    this.#running.delete(running)
    running.client.close()
    running.child.kill()
  }

  async #start (folder: string): Promise<Running> {
    // The CLI runs a pack through cmd/run-policy-pack, which compiles TypeScript first; Node does
    // that itself, in a third of the time.
    const child = spawn(process.execPath, ['.'], {
      cwd: folder,
      env: packEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-keptOutput)
    })
    try {
      const port = await printedPort(child, child.stdout)
      const running: Running = { folder, child, client: AttachedAnalyzer.connect(port), busy: true, used: 0 }
      child.once('exit', () => this.#running.delete(running))
      // An idle pack must not keep this process alive.
      child.unref()
      for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref()
      this.#running.add(running)
      return running
    } catch (error) {
      child.kill()
      throw new EngineError('RHE_POLICY_PACK', {
        folder,
        problem: `${error instanceof Error ? error.message : String(error)}${
          errors === '' ? '' : `: ${errors.trim()}`
        }`
      }, { cause: error })
    }
  }
}

/** The port that a pack prints when it serves. */
async function printedPort (child: ChildProcess, output: Readable): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const timer = setTimeout(
    () => reject(new Error(`it printed no port within ${startMs / 1000} s`)),
    startMs
  )
  const ended = (code: number | null): void => reject(new Error(`it ended with exit code ${code ?? 'none'}`))
  let text = ''
  // The output is read to the end: a full pipe would stop the pack.
  output.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-keptOutput)
    const line = /^(\d+)\r?$/m.exec(text)
    if (line) resolve(Number(line[1]))
  })
  child.once('error', reject)
  child.once('exit', ended)
  return await promise.finally(() => {
    clearTimeout(timer)
    child.off('exit', ended)
  })
}
