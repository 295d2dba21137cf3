import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { childEnvironment } from '../child-environment.ts'
import { type SpanRecord } from '../tracing/context.ts'
import { type FromHost, type HostSettings, type ToHost, beatMilliseconds } from './protocol.ts'
import { type CommandTime } from './timed-command.ts'
import { HostLostError, type OrderedDraft, type UnitOutcome, type UnitRun } from './types.ts'

/**
 * Silence after which a host is taken for hung: thirty beats, so that a long garbage collection or
 * a busy machine is not.
 */
const silenceMilliseconds = 30 * beatMilliseconds
// Enough of the last output to recognise why Node died.
const keptOutput = 4_096

/** Bounds on a host. */
export interface HostLimits {
  memoryBytes: number
  graceMilliseconds: number
  /** Units of live deployments run in it: it gets the credentials of the clouds. */
  live?: boolean
  /** Takes the spans that hosts made. */
  emit?: (span: SpanRecord) => void
}
type Reason = HostLostError['reason']
/** A host's message about the end of its unit. */
export interface UnitEnd {
  outcome: UnitOutcome
  commands: CommandTime[]
  spent: boolean
}

/** One child process, from its start to its end. It is used for one unit at a time. */
export class HostProcess {
  readonly ready: Promise<void>
  readonly ended: Promise<void>
  memoryBytes = 0
  #child: ChildProcess | undefined
  #gone: HostLostError | undefined
  #lastHeard = Date.now()
  #output = ''
  #killedFor: { reason: Reason, detail: string } | undefined
  #unit: {
    resolve: (result: UnitEnd) => void
    reject: (error: Error) => void
    onEvents: (events: OrderedDraft[]) => void
  } | undefined
  readonly #program: string
  readonly #limits: HostLimits

  /** Starts the process of `program`, a path. */
  constructor (program: string, settings: HostSettings, limits: HostLimits) {
    this.#program = program
    this.#limits = limits
    const started = Promise.withResolvers<void>()
    const finished = Promise.withResolvers<void>()
    this.ready = started.promise
    this.ended = finished.promise
    this.#start(settings, started, finished).catch((error: Error) => {
      this.#lost('exited', error.message, started, finished)
    })
  }

  get alive (): boolean {
    return this.#gone === undefined
  }

  /** The reason of its end; undefined while it has not ended. */
  get gone (): HostLostError | undefined {
    return this.#gone
  }

  async #start (
    settings: HostSettings,
    started: PromiseWithResolvers<void>,
    finished: PromiseWithResolvers<void>
  ): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'windlass-host-'))
    const killed = this.#killedFor
    if (killed) {
      await rm(folder, { recursive: true, force: true })
      this.#lost(killed.reason, killed.detail, started, finished)
      return
    }
    const heap = Math.floor(this.#limits.memoryBytes / 1024 / 1024)
    const child = fork(this.#program, {
      cwd: folder,
      env: hostEnvironment(settings.dataFolder, this.#limits.live === true),
      // A larger young generation: programs make much garbage that lives for milliseconds, and
      // collecting it in small portions took a tenth of the time.
      execArgv: [`--max-old-space-size=${heap}`, '--max-semi-space-size=64'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A process group of its own: a terminal's signals do not reach it, and a kill reaches what
      // it started.
      detached: true
    })
    this.#child = child
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-keptOutput)
    })
    child.on('error', (error) => {
      this.#lost('exited', error.message, started, finished)
    })
    const watchdog = setInterval(() => {
      if (Date.now() - this.#lastHeard > silenceMilliseconds) {
        this.kill('silent', `no sign of life for ${silenceMilliseconds / 1000} s`)
      }
    }, beatMilliseconds)
    child.on('close', (code, signal) => {
      clearInterval(watchdog)
      const memory = /heap out of memory/i.test(this.#output)
      const { reason, detail } = this.#killedFor ??
        {
          reason: memory ? 'out-of-memory' : 'exited',
          detail: memory
            ? `its heap reached ${heap} MiB`
            : `exit code ${code ?? 'none'}, signal ${signal ?? 'none'}`
        } as const
      const end = () => this.#lost(reason, detail, started, finished)
      // Before the end is told: a service that stops waits for that, and then it is gone. A folder
      // that cannot be removed keeps no host from being replaced.
      rm(folder, { recursive: true, force: true }).then(end, end)
    })
    child.on('message', (message: FromHost) => {
      this.#hear(message, started)
    })
    this.#send({ kind: 'settings', settings })
  }

  #hear (message: FromHost, started: PromiseWithResolvers<void>): void {
    this.#lastHeard = Date.now()
    switch (message.kind) {
      case 'ready':
        started.resolve()
        break
      case 'events':
        this.#unit?.onEvents(message.events)
        break
      case 'outcome':
        this.#unit?.resolve(message)
        break
      case 'spans':
        for (const span of message.spans) this.#limits.emit?.(span)
        break
      case 'engine-lost':
        this.#killedFor = { reason: 'exited', detail: message.detail }
        break
      case 'lease-lost':
        this.#killedFor = { reason: 'lease-lost', detail: message.detail }
        break
      case 'beat':
        this.memoryBytes = message.memoryBytes
        if (message.memoryBytes > this.#limits.memoryBytes) {
          this.kill(
            'out-of-memory',
            `it used ${Math.round(message.memoryBytes / 1048576)} MiB of ` +
              `${Math.round(this.#limits.memoryBytes / 1048576)}`
          )
        }
    }
  }

  #lost (
    reason: Reason,
    detail: string,
    started: PromiseWithResolvers<void>,
    finished: PromiseWithResolvers<void>
  ): void {
    if (this.#gone) return
    this.#gone = new HostLostError(reason, detail)
    this.#unit?.reject(this.#gone)
    started.reject(this.#gone)
    // Whoever waits for the start sees the rejection; a host that is replaced while nobody waits
    // must not end the service.
    started.promise.catch(() => undefined)
    finished.resolve()
  }

  #send (message: ToHost): void {
    // A channel that closed under the message is the end of the process, which `close` reports.
    if (this.#child?.connected) this.#child.send(message, () => undefined)
  }

  /**
   * Runs one unit. After `signal` the host has the grace time to end; then it is killed and the
   * attempt rejects like any lost host's.
   */
  async run (
    unit: UnitRun,
    options: { signal: AbortSignal, onEvents: (events: OrderedDraft[]) => void }
  ): Promise<UnitEnd> {
    await this.ready
    if (this.#gone) throw this.#gone
    const result = Promise.withResolvers<UnitEnd>()
    this.#unit = { resolve: result.resolve, reject: result.reject, onEvents: options.onEvents }
    let grace: NodeJS.Timeout | undefined
    const abort = (): void => {
      this.#send({ kind: 'abort' })
      grace = setTimeout(() => {
        this.kill('exited', `killed ${this.#limits.graceMilliseconds / 1000} s after it was asked to stop`)
      }, this.#limits.graceMilliseconds)
    }
    options.signal.addEventListener('abort', abort, { once: true })
    try {
      this.#send({ kind: 'run', unit })
      if (options.signal.aborted) abort()
      return await result.promise
    } finally {
      options.signal.removeEventListener('abort', abort)
      clearTimeout(grace)
      this.#unit = undefined
    }
  }

  /** Kills the process and what it started; one that has not begun never does. */
  kill (reason: Reason, detail: string): void {
    this.#killedFor ??= { reason, detail }
    const pid = this.#child?.pid
    if (pid === undefined || this.#gone) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }

  /** Asks an idle host to end. */
  async close (): Promise<void> {
    if (this.#child) this.#send({ kind: 'exit' })
    else this.kill('exited', 'it was closed before it began')
    // An idle host ends in milliseconds; one that does not within two seconds is not idle.
    const timer = setTimeout(() => {
      this.kill('exited', 'it did not end when asked')
    }, 2_000)
    await this.ended
    clearTimeout(timer)
  }
}

/**
 * The environment of a host: none of the service's secrets, which hosts get over the channel.
 * Compiled code is kept, where the service's own is or with its data, since loading the SDKs is
 * most of a host's start.
 */
function hostEnvironment (dataFolder: string, live: boolean): NodeJS.ProcessEnv {
  return {
    ...childEnvironment(live ? 'live-unit-host' : 'unit-host'),
    NODE_COMPILE_CACHE: resolve(process.env['NODE_COMPILE_CACHE'] ?? join(dataFolder, 'compiled'))
  }
}
