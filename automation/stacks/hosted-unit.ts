import { failure } from '../failures.ts'
import { Redactor } from '../redaction/redactor.ts'
import { noChanges } from './changes.ts'
import { type Engine, EngineLostError } from './engine-contract.ts'
import { openEngine } from './engine.ts'
import { EventBatch } from './event-batch.ts'
import { grantWaits } from './grant-waits.ts'
import { guardLease } from './lease-guard.ts'
import { runOperation } from './operation.ts'
import { endGroup } from './process-group.ts'
import { type FromHost, type HostSettings } from './protocol.ts'
import { type CommandTime, timed } from './timed-command.ts'
import { traced } from './traced-command.ts'
import { type CloudStore, type StackStore, type UnitOutcome, type UnitRun } from './types.ts'
import { UnitSpans } from './unit-spans.ts'
import { virtualTimesOf } from './virtual-times.ts'

/** Stores of one attempt: its place's stacks, written under its lease, and its world's clouds. */
export interface UnitStores {
  readonly stacks: StackStore
  readonly clouds: CloudStore
  /** Why the database refused something of this attempt, and would again; undefined: it did not. */
  refusal(): string | undefined
}

/** Parts that a hosted unit works with. */
export interface HostedUnitParts {
  readonly settings: HostSettings
  readonly stores: UnitStores
  readonly signal: AbortSignal
  /** Sends a message to the service. */
  tell(message: FromHost): Promise<void>
}

/**
 * Runs one attempt at a unit in this process and tells the service of its events, spans and
 * outcome. Ends the process when its lease or its engine is lost: what it still did could only do
 * harm.
 */
export async function runHostedUnit (unit: UnitRun, parts: HostedUnitParts): Promise<void> {
  const { settings, stores, signal, tell } = parts
  const redactor = new Redactor()
  const batch = new EventBatch((events) => {
    void tell({ kind: 'events', events })
  })
  const spans = unit.trace &&
    new UnitSpans({ trace: unit.trace, redactor, send: (ended) => tell({ kind: 'spans', spans: ended }) })
  const times = virtualTimesOf(unit)
  const commands: CommandTime[] = []
  const opened = await openEngine({
    unit,
    settings,
    stackStore: guardLease(stores.stacks, async (error) => {
      await tell({ kind: 'lease-lost', detail: error.message })
      endGroup()
    }),
    cloudStore: stores.clouds,
    redactor,
    times,
    ...(spans && { spans })
  })
  const engine = observed(opened, commands, spans)
  try {
    const { outcome: seen, spent } = await runOperation(unit, {
      engine,
      redactor,
      prices: settings.prices,
      workDir: process.cwd(),
      signal,
      granted: grantWaits(unit, times, signal),
      onEvents: (events) => {
        spans?.observe(events)
        batch.add(times ? times.stamped(events) : events)
      }
    })
    const outcome = {
      ...withRefusal(times ? times.ended(seen) : seen, stores.refusal()),
      ...engine.judged && { judged: engine.judged() }
    }
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
      outcome: withRefusal(hostFailed(message), stores.refusal())
    })
  } finally {
    await engine.close()
  }
}

/** The engine with its commands clocked and, where the unit is traced, with a span for each. */
function observed (engine: Engine, commands: CommandTime[], spans: UnitSpans | undefined): Engine {
  const clocked = timed(engine.command, (time) => {
    commands.push(time)
  })
  return { ...engine, command: spans ? traced(clocked, spans) : clocked }
}

/**
 * Gives a failed outcome the database's own reason: the engine tells of it as of any failure of a
 * provider, and another attempt would only meet it again.
 */
function withRefusal (outcome: UnitOutcome, refusal: string | undefined): UnitOutcome {
  return refusal === undefined || outcome.status !== 'failed'
    ? outcome
    : { ...outcome, error: failure('store-refused', { refusal }) }
}

function hostFailed (text: string): UnitOutcome {
  return {
    status: 'failed',
    resourceChanges: noChanges(),
    error: failure('host-failed', { text })
  }
}
