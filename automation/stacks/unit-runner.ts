import { type Observe } from '../observations.ts'
import { newSpanId, type SpanRecord, spanTime } from '../tracing/context.ts'
import { HostPool } from './host-pool.ts'
import { type HostProcess } from './host-process.ts'
import { pulumiSecrets } from './passphrase.ts'
import { type HostSettings } from './protocol.ts'
import { HostLostError, type UnitOutcome, type UnitRun, type UnitRunner } from './types.ts'

/** Settings of the unit hosts. */
export interface UnitRunnerOptions {
  /** Hosts: units that run at once in this process. */
  size: number
  /**
   * Hosts that are started before they are needed.
   * @default size
   */
  warm?: number
  /** Path of the program that a host's process runs. */
  hostFile: string
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
   * Seconds that a running resource operation may go on after a cancel; 60 lets ordinary cloud
   * calls end, longer ones are settled later.
   */
  graceSeconds?: number
  /** Units of live deployments run too: hosts get the credentials of the clouds. */
  live?: boolean
  observe?: Observe
  /** Takes spans of units that are traced. */
  emit?: (span: SpanRecord) => void
}

/**
 * Opens warm unit hosts. Each runs one unit at a time; one that crashed, hung, grew too large or
 * holds leftovers of a failed program is replaced. A unit that finds no free host waits its turn;
 * the caller starts no more than `size` at once.
 */
export async function openUnitRunner (options: UnitRunnerOptions): Promise<UnitRunner> {
  const {
    size,
    warm = size,
    hostFile,
    memoryBytes = 1024 ** 3,
    graceSeconds = 60,
    live = false,
    observe = () => undefined,
    emit
  } = options
  const limits = { memoryBytes, graceMilliseconds: graceSeconds * 1000, live, ...(emit && { emit }) }
  const hosts = new HostPool({ size, warm, hostFile, settings: await settingsOf(options), limits, observe })
  return {
    size,
    async run (unit: UnitRun, runOptions): Promise<UnitOutcome> {
      const asked = performance.now()
      const start = spanTime()
      const host = await hosts.take()
      if (emit) tellWait(unit, host, start, emit)
      observe({ kind: 'host-wait', seconds: (performance.now() - asked) / 1000 })
      try {
        const { outcome, commands, spent } = await host.run(unit, runOptions)
        for (const command of commands) observe({ kind: 'command', ...command })
        if (spent) {
          void host.close()
          hosts.replace('spent')
        } else hosts.give(host)
        return outcome
      } catch (error) {
        hosts.replace(error instanceof HostLostError ? error.reason : 'exited')
        throw error
      }
    },
    figures: () => hosts.figures(),
    cutOff: (why) => {
      hosts.cutOff(why)
    },
    close: () => hosts.close()
  }
}

async function settingsOf (options: UnitRunnerOptions): Promise<HostSettings> {
  const { databaseUrl, secretsKey, root, engine, durations, prices, dataFolder } = options
  const { cli, backend, secretsProvider } = options
  return {
    databaseUrl,
    secretsKey: secretsKey.toString('base64'),
    ...await pulumiSecrets(root),
    engine,
    durations,
    prices,
    dataFolder,
    ...(cli && { cli }),
    ...(backend !== undefined && { backend }),
    ...(secretsProvider !== undefined && { secretsProvider })
  }
}

/** Emits the span of a traced unit's wait for its host, once the host is ready. */
function tellWait (unit: UnitRun, host: HostProcess, start: number, emit: (span: SpanRecord) => void): void {
  if (!unit.trace) return
  const { traceId, spanId: parent } = unit.trace
  // One that was just started loads its SDKs first; one that cannot start is told of by the
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
