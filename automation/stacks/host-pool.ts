import { type HostReplacement, type Observe } from '../observations.ts'
import { type HostLimits, HostProcess } from './host-process.ts'
import { type HostSettings } from './protocol.ts'
import { type HostFigures } from './types.ts'

/**
 * Pauses before a host that could not even start is started again, milliseconds: what keeps it from
 * starting (memory, processes, a folder that is gone) needs a person, and trying costs a second of
 * processor.
 */
const firstPause = 250
const longestPause = 15_000
/** So many in a row are no accident: the service says that it is not ready. */
const tellingFailures = 3

/** The number of hosts, and how they are started. */
export interface HostPoolOptions {
  readonly size: number
  /** Hosts that are started before they are needed; the others when somebody finds none free. */
  readonly warm: number
  /** Path of the program that a host's process runs. */
  readonly hostFile: string
  readonly settings: HostSettings
  readonly limits: HostLimits
  readonly observe: Observe
}

/**
 * Warm unit hosts: those that end are replaced, after a pause when they do not even start. Whoever
 * finds none free waits in line.
 */
export class HostPool {
  readonly #options: HostPoolOptions
  readonly #all = new Set<HostProcess>()
  readonly #idle: HostProcess[] = []
  readonly #waiting: ((host: HostProcess) => void)[] = []
  readonly #pauses = new Set<NodeJS.Timeout>()
  /** Hosts in a row that ended before they were ready. */
  #failed = 0
  /** Reason why the last of them ended. */
  #failure = ''
  #closing: Promise<void> | undefined

  /** Starts the hosts. */
  constructor (options: HostPoolOptions) {
    this.#options = options
    for (let count = 0; count < Math.min(options.warm, options.size); count++) this.#start()
  }

  /** Takes a host for one unit: now, or when one is free. */
  take (): Promise<HostProcess> {
    const host = this.#idle.shift()
    if (host) return Promise.resolve(host)
    const taken = new Promise<HostProcess>((resolve) => {
      this.#waiting.push(resolve)
    })
    // Hosts that are to be replaced after a pause count: what kept them from starting is still
    // there.
    if (this.#all.size + this.#pauses.size < this.#options.size && this.#failed === 0) this.#start()
    return taken
  }

  /** Gives a host back that is fit for another unit. */
  give (host: HostProcess): void {
    const next = this.#waiting.shift()
    if (next) next(host)
    else this.#idle.push(host)
  }

  /** Starts another host in the place of one that was taken and is not given back. */
  replace (reason: HostReplacement): void {
    if (this.#closing) return
    this.#options.observe({ kind: 'host-replaced', reason })
    if (this.#failed === 0) {
      this.#start()
      return
    }
    const pause = setTimeout(() => {
      this.#pauses.delete(pause)
      this.#start()
    }, Math.min(longestPause, firstPause * 2 ** (this.#failed - 1)))
    this.#pauses.add(pause)
  }

  figures (): HostFigures {
    return {
      total: this.#all.size,
      busy: this.#all.size - this.#idle.length,
      memoryBytes: [...this.#all].map((host) => host.memoryBytes),
      ...(this.#failed >= tellingFailures && { failing: this.#failure })
    }
  }

  /** Kills the busy hosts: what they run may be another process's by now. */
  cutOff (why: string): void {
    for (const host of this.#all) if (!this.#idle.includes(host)) host.kill('lease-lost', why)
  }

  /** Ends idle hosts and kills busy ones. */
  close (): Promise<void> {
    for (const pause of this.#pauses) clearTimeout(pause)
    return (this.#closing ??= Promise.all([...this.#all].map(async (host) => {
      if (this.#idle.includes(host)) await host.close()
      else {
        host.kill('exited', 'the service is closing')
        await host.ended
      }
    })).then(() => undefined))
  }

  #start (): void {
    const { hostFile, settings, limits } = this.#options
    const host = new HostProcess(hostFile, settings, limits)
    this.#all.add(host)
    let ready = false
    host.ready.then(() => {
      ready = true
      this.#failed = 0
    }, () => undefined)
    void host.ended.then(() => {
      this.#ended(host, ready)
    })
    this.give(host)
  }

  #ended (host: HostProcess, ready: boolean): void {
    this.#all.delete(host)
    if (!ready && !this.#closing) {
      this.#failed++
      this.#failure = host.gone?.message ?? ''
    }
    const index = this.#idle.indexOf(host)
    if (index < 0) return
    // It died between units.
    this.#idle.splice(index, 1)
    this.replace(host.gone?.reason ?? 'exited')
  }
}
