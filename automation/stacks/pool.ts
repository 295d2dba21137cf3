import { type EventDraft } from '../event-draft.ts'
import { type HostReplacement, type Observe } from '../observations.ts'
import { newSpanId, type SpanRecord, spanTime } from '../tracing/context.ts'
import { HostProcess } from './host-process.ts'
import { pulumiSecrets } from './passphrase.ts'
import { type HostSettings } from './protocol.ts'
import { HostLostError, type UnitOutcome, type UnitRun, type UnitRunner } from './types.ts'

export interface UnitRunnerOptions {
  /** Hosts: units that run at once in this process. */
  size: number
  databaseUrl: string
  /** 32 bytes. */
  secretsKey: Buffer
  /** 32 bytes, from which the passphrase is made (keys/root.ts). */
  root: Buffer
  engine: 'rehearsal' | 'pulumi'
  durations: HostSettings['durations']
  prices: HostSettings['prices']
  dataFolder: string
  cli?: HostSettings['cli']
  backend?: string
  secretsProvider?: string
  /**
   * A host that uses more is killed and its unit fails with out-of-memory; 1 GiB holds a program of
   * several thousand resources with all SDKs loaded (0.2 GB idle).
   */
  memoryBytes?: number
  /**
   * How long a running resource operation may go on after a cancel; 60 s lets ordinary cloud calls
   * end, longer ones are settled later.
   */
  graceSeconds?: number
  observe?: Observe
  /** Takes spans of units that are traced. */
  emit?: (span: SpanRecord) => void
}

/**
 * Pauses before a host that could not even start is started again, milliseconds: what keeps it from
 * starting (memory, processes, a folder that is gone) needs a person, and trying costs a second of
 * processor.
 */
const firstPause = 250
const longestPause = 15_000
/** So many in a row are no accident: the service says that it is not ready. */
const tellingFailures = 3

/**
 * Warm unit hosts. Each runs one unit at a time; one that crashed, hung, grew too large or holds
 * leftovers of a failed program is replaced. A unit that finds no free host waits its turn; the
 * caller starts no more than `size` at once.
 */
export async function createUnitRunner (options: UnitRunnerOptions): Promise<UnitRunner> {
  const {
    size,
    secretsKey,
    root,
    memoryBytes = 1024 ** 3,
    graceSeconds = 60,
    observe = () => undefined,
    emit
  } = options
  const { passphrase, salt } = await pulumiSecrets(root)
  const settings: HostSettings = {
    databaseUrl: options.databaseUrl,
    secretsKey: secretsKey.toString('base64'),
    passphrase,
    salt,
    engine: options.engine,
    durations: options.durations,
    prices: options.prices,
    dataFolder: options.dataFolder,
    ...(options.cli ? { cli: options.cli } : {}),
    ...(options.backend === undefined ? {} : { backend: options.backend }),
    ...(options.secretsProvider === undefined ? {} : { secretsProvider: options.secretsProvider })
  }
  const limits = { memoryBytes, graceMilliseconds: graceSeconds * 1000, ...(emit && { emit }) }
  const all = new Set<HostProcess>()
  const idle: HostProcess[] = []
  const waiting: ((host: HostProcess) => void)[] = []
  /** Hosts in a row that ended before they were ready. */
  let failed = 0
  let failure = ''
  const pauses = new Set<NodeJS.Timeout>()
  let closing: Promise<void> | undefined

  function offer (host: HostProcess): void {
    const next = waiting.shift()
    if (next) next(host)
    else idle.push(host)
  }
  function start (): void {
    const host = new HostProcess(settings, limits)
    all.add(host)
    let ready = false
    host.ready.then(() => {
      ready = true
      failed = 0
    }, () => undefined)
    void host.ended.then(() => {
      all.delete(host)
      if (!ready && !closing) {
        failed++
        failure = host.gone?.message ?? ''
      }
      const index = idle.indexOf(host)
      if (index >= 0) {
        // It died between units.
        idle.splice(index, 1)
        replace(host.gone?.reason ?? 'exited')
      }
    })
    offer(host)
  }
  function replace (reason: HostReplacement): void {
    if (closing) return
    observe({ kind: 'host-replaced', reason })
    if (failed === 0) {
      start()
      return
    }
    const pause = setTimeout(() => {
      pauses.delete(pause)
      start()
    }, Math.min(longestPause, firstPause * 2 ** (failed - 1)))
    pauses.add(pause)
  }
  function take (): Promise<HostProcess> {
    const host = idle.shift()
    return host ? Promise.resolve(host) : new Promise((resolve) => {
      waiting.push(resolve)
    })
  }

  for (let i = 0; i < size; i++) start()

  return {
    size,
    async run (
      unit: UnitRun,
      { signal, onEvents }: { signal: AbortSignal, onEvents: (events: EventDraft[]) => void }
    ): Promise<UnitOutcome> {
      const asked = performance.now()
      const start = spanTime()
      const host = await take()
      if (unit.trace && emit) {
        const { traceId, spanId: parent } = unit.trace
        // One that was just started loads its SDKs first; one that can't start is told of by the
        // attempt.
        void host.ready.catch(() => undefined).then(() => {
          emit({
            traceId,
            spanId: newSpanId(),
            parent,
            name: 'host wait',
            kind: 'internal',
            start,
            end: spanTime(),
            attributes: { 'windlass.unit': unit.unit }
          })
        })
      }
      observe({ kind: 'host-wait', seconds: (performance.now() - asked) / 1000 })
      try {
        const { outcome, commands, spent } = await host.run(unit, { signal, onEvents })
        for (const command of commands) observe({ kind: 'command', ...command })
        if (spent) {
          void host.close()
          replace('spent')
        } else offer(host)
        return outcome
      } catch (error) {
        replace(error instanceof HostLostError ? error.reason : 'exited')
        throw error
      }
    },
    figures: () => ({
      total: all.size,
      busy: all.size - idle.length,
      memoryBytes: [...all].map((host) => host.memoryBytes),
      ...(failed >= tellingFailures && { failing: failure })
    }),
    close () {
      for (const pause of pauses) clearTimeout(pause)
      return (closing ??= Promise.all([...all].map(async (host) => {
        if (idle.includes(host)) await host.close()
        else {
          host.kill('exited', 'the service is closing')
          await host.ended
        }
      })).then(() => undefined))
    }
  }
}
