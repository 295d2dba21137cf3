/**
 * The unit host: a child process that runs one inline program at a time, warm between units. It
 * ends itself when its parent is gone or its lease is lost; the parent replaces it.
 */
import { rmSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { LeaseLostError } from '../../rehearsal/store.ts'
import { placeOf } from '../place.ts'
import { createPool, type Pool } from '../store/postgres/database.ts'
import { createSealer } from '../store/postgres/sealer.ts'
import { openStackStore } from '../store/stacks/stack-store.ts'
import { openCloudStore } from '../store/worlds/cloud-store.ts'
import { noChanges } from './changes.ts'
import { EngineLostError } from './engine-contract.ts'
import { openEngine } from './engine.ts'
import { EventBatch } from './event-batch.ts'
import { runOperation } from './operation.ts'
import { type FromHost, type HostSettings, type ToHost, beatMilliseconds } from './protocol.ts'
import { quietSdk } from './quiet-sdk.ts'
import { Redactor } from './redact.ts'
import { timed, type CommandTime } from './timed-command.ts'
import { traced } from './traced-command.ts'
import { type StackStore, type UnitRun } from './types.ts'
import { UnitSpans } from './unit-spans.ts'

quietSdk()
// Programs take all the processor they get; the service, which has to answer and to pass on events
// meanwhile, goes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

let settings: HostSettings | undefined
let pool: Pool | undefined
let running: AbortController | undefined

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

/**
 * Ends this process and what it started, such as a CLI at work: it is the leader of its own group.
 */
function endGroup (): void {
  // Its parent removes the folder that it works in; one that is gone can't.
  try {
    rmSync(process.cwd(), { recursive: true, force: true })
  } catch {
    // A system that keeps folders in which a process works: what is left are a few settings files
    // of a stack, which hold no secrets.
  }
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    // No group of its own, or a system without groups.
    process.exit(0)
  }
}

/**
 * The store, with the process ended as soon as a write finds the lease gone: whatever it still does
 * could only do harm.
 */
function guardLease (store: StackStore): StackStore {
  const guard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get (object, name, receiver) {
        const member: unknown = Reflect.get(object, name, receiver)
        if (typeof member !== 'function') return member
        return (...values: unknown[]) => {
          const answer = (member as (...values: unknown[]) => Promise<unknown>).apply(object, values)
          return answer.then(
            (value) => name === 'begin' ? guard(value as object) : value,
            async (error: unknown) => {
              if (error instanceof LeaseLostError) {
                await tell({ kind: 'lease-lost', detail: error.message })
                endGroup()
              }
              throw error
            }
          )
        }
      }
    })
  return guard(store)
}

async function runUnit (unit: UnitRun, settings: HostSettings): Promise<void> {
  const { databaseUrl, secretsKey } = settings
  running = new AbortController()
  const { signal } = running
  // Three connections: the operation's reads, the journal's writes and the clouds' records don't
  // wait for each other.
  pool ??= createPool(databaseUrl, { max: 3, name: 'windlass-host', relaxed: true })
  const redactor = new Redactor()
  const batch = new EventBatch((events) => {
    void tell({ kind: 'events', events })
  })
  const stackStore = guardLease(
    openStackStore(pool, { place: placeOf(unit.mode, unit.rehearsal?.world), fence: unit.fence })
  )
  const cloudStore = openCloudStore(pool, {
    world: unit.rehearsal?.world ?? 'default',
    sealer: createSealer(Buffer.from(secretsKey, 'base64'))
  })
  const spans = unit.trace &&
    new UnitSpans({ trace: unit.trace, redactor, send: (ended) => tell({ kind: 'spans', spans: ended }) })
  const opened = await openEngine({
    unit,
    settings,
    stackStore,
    cloudStore,
    redactor,
    ...(spans && { spans })
  })
  const commands: CommandTime[] = []
  const clocked = timed(opened.command, (time) => {
    commands.push(time)
  })
  const engine = { ...opened, command: spans ? traced(clocked, spans) : clocked }
  try {
    const { outcome, spent } = await runOperation(unit, {
      engine,
      redactor,
      prices: settings.prices,
      workDir: process.cwd(),
      signal,
      onEvents: (events) => {
        spans?.observe(events)
        batch.add(events)
      }
    })
    // All of a unit's events and spans come before its outcome.
    batch.flush()
    await spans?.close({ unit: unit.unit, outcome })
    await tell({ kind: 'outcome', outcome, commands, spent })
  } catch (error) {
    batch.flush()
    await spans?.close({ unit: unit.unit, error })
    if (error instanceof EngineLostError) {
      // As when the host itself is killed: the service interrupts the unit, and the next attempt
      // settles what this one had begun.
      await tell({ kind: 'engine-lost', detail: error.message })
      endGroup()
    }
    const message = redactor.text(error instanceof Error ? error.stack ?? error.message : String(error))
    await tell({
      kind: 'outcome',
      spent: true,
      commands,
      outcome: {
        status: 'failed',
        resourceChanges: noChanges(),
        error: { code: 'host-failed', message, retryable: true }
      }
    })
  } finally {
    running = undefined
    await engine.close()
  }
}

process.on('message', (message: ToHost) => {
  switch (message.kind) {
    case 'settings':
      settings = message.settings
      break
    case 'run':
      if (!settings) throw new Error('a unit came before the settings')
      void runUnit(message.unit, settings)
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
