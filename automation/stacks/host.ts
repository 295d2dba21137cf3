/**
 * Serves units in a child process: one inline program at a time, warm between units. The process
 * ends itself when its parent is gone or its lease is lost; the parent replaces it.
 */
import { constants, setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { runHostedUnit, type UnitStores } from './hosted-unit.ts'
import { endGroup } from './process-group.ts'
import { beatMilliseconds, type FromHost, type HostSettings, type ToHost } from './protocol.ts'
import { quietSdk } from './quiet-sdk.ts'
import { type UnitRun } from './types.ts'

/** Opens the stores of an attempt. */
export type OpenUnitStores = (unit: UnitRun) => UnitStores

/** Parts of a host that its process gives it. */
export interface HostParts {
  /** Connects to the stores that the settings name; called once, before the first unit. */
  connect(settings: HostSettings): OpenUnitStores
}

/**
 * Serves units until the process ends. Resolves once it is ready for the first. Call it once, and
 * do nothing else in the process.
 */
export async function serveUnits ({ connect }: HostParts): Promise<void> {
  quietSdk()
  // Programs take all the processor they get; the service, which has to answer and to pass on
  // events meanwhile, goes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  let settings: HostSettings | undefined
  let open: OpenUnitStores | undefined
  let running: AbortController | undefined

  async function run (unit: UnitRun): Promise<void> {
    if (!settings) throw new Error('a unit came before the settings: expected the settings first')
    const controller = new AbortController()
    running = controller
    open ??= connect(settings)
    try {
      await runHostedUnit(unit, { settings, stores: open(unit), signal: controller.signal, tell })
    } finally {
      // The next unit may have come while this one's engine was closed.
      if (running === controller) running = undefined
    }
  }

  process.on('message', (message: ToHost) => {
    switch (message.kind) {
      case 'settings':
        settings = message.settings
        break
      case 'run':
        void run(message.unit)
        break
      case 'abort':
        running?.abort()
        break
      case 'exit':
        process.exit(0)
    }
  })
  // The channel closes when the parent ends, however it ends.
  process.on('disconnect', endGroup)
  // A terminal's or supervisor's signal to the whole process group is the parent's to act on: it
  // decides what happens to running units.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => undefined)
  setInterval(() => {
    void tell({ kind: 'beat', memoryBytes: process.memoryUsage.rss() })
  }, beatMilliseconds)
  new Worker(new URL('./parent-watch.ts', import.meta.url), { workerData: { parent: process.ppid } }).unref()
  // What every program needs, loaded before the first unit asks for it.
  await Promise.all([import('@pulumi/aws'), import('@pulumi/gcp'), import('@pulumi/kubernetes')])
  await tell({ kind: 'ready' })
}

/** Sends a message to the service. Resolves once it is handed over, or the channel is closed. */
function tell (message: FromHost): Promise<void> {
  return new Promise((resolve) => {
    // The callback is also called with an error when the parent is gone; `disconnect` then ends the
    // process.
    if (process.connected) {
      process.send?.(message, undefined, undefined, () => {
        resolve()
      })
    } else resolve()
  })
}
