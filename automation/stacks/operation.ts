import { type EngineEvent, type Stack } from '@pulumi/pulumi/automation/index.js'
import { type Prices } from '../cost/prices.ts'
import { type EventDraft } from '../event-draft.ts'
import { failure } from '../failures.ts'
import { type Redactor } from '../redaction/redactor.ts'
import { AttemptWatch } from './attempt-watch.ts'
import { noChanges } from './changes.ts'
import { type Engine, EngineLostError } from './engine-contract.ts'
import { failureOf, leftoversOf } from './failure.ts'
import { type GrantWaits } from './grant-waits.ts'
import { type Flattened, flattened, outputValues } from './outputs.ts'
import { packOptions } from './policy-pack.ts'
import { preflight } from './preflight/preflight.ts'
import { previewedOutputs } from './preview-outputs.ts'
import { contextOf, programOf } from './program-context.ts'
import { project } from './project.ts'
import { heldMessage, retryableMessage } from './provider-errors.ts'
import { type OutputValues, type UnitOutcome, type UnitRun, unknownValue } from './types.ts'
import { isEmpty, selectStack } from './unit-stack.ts'

/** The end of an attempt. */
export interface OperationResult {
  outcome: UnitOutcome
  /**
   * The process may hold leftovers of a program that never settled, so it should run no other.
   */
  spent: boolean
}
/** Parts that an operation on a unit works with. */
export interface OperationOptions {
  engine: Engine
  redactor: Redactor
  prices: Prices
  /** Folder for Pulumi's project and stack settings. */
  workDir: string
  signal: AbortSignal
  onEvents: (events: EventDraft[]) => void
  /** Waits for grants that the program makes; absent: nobody has to wait. */
  granted?: GrantWaits
}

/** Parts of one attempt that its steps share. */
interface Attempt {
  readonly unit: UnitRun
  readonly options: OperationOptions
  readonly watch: AttemptWatch
  /** The unit's program; undefined in operations that run none. */
  readonly program: Awaited<ReturnType<typeof programOf>> | undefined
  /** The program's own outputs, once it ran. */
  handedOn: Flattened
}

/**
 * Runs one attempt at a unit through the Automation API: makes the stack when it is missing,
 * settles what an interrupted attempt left, runs the operation, and leaves no stack behind after a
 * destroy or a preview of something that does not exist. Never rejects for what the operation did;
 * rejects when the store or the host is at fault, and with EngineLostError when the engine was
 * killed.
 */
export async function runOperation (unit: UnitRun, options: OperationOptions): Promise<OperationResult> {
  const { engine, redactor, signal } = options
  teach(redactor, unit)
  const inTheWay = await lookedAhead(unit, options)
  if (inTheWay) return inTheWay
  const attempt: Attempt = {
    unit,
    options,
    watch: new AttemptWatch(unit, redactor, options.prices),
    program: unit.operation === 'up' || unit.operation === 'preview' ? await programOf(unit) : undefined,
    handedOn: {}
  }
  const { stack, existed: found } = await selectStack(unit, options, async () => {
    const { program } = attempt
    attempt.handedOn = program ? flattened(await program(contextOf(unit, options.granted))) : {}
    return program && attempt.handedOn
  })
  if (!stack) return ended(attempt, { status: 'succeeded', outputs: {}, resourceChanges: noChanges() }, false)
  // A preview that was cut off left an empty stack.
  const existed = found && !(unit.operation === 'preview' && unit.settle && await isEmpty(stack))
  // A drift check writes no state: what is pending is for the next operation that does.
  if (found && unit.operation !== 'drift-check') {
    const { unsettled } = await engine.settlePending(signal)
    if (unsettled.length > 0) return ended(attempt, stillPending(unit, unsettled), false)
  }
  let lost = false
  try {
    return await succeed(attempt, stack)
  } catch (error) {
    const reason = signal.aborted ? undefined : engine.lost(error)
    lost = reason !== undefined
    if (reason !== undefined) throw new EngineLostError(reason, { cause: error })
    return ended(attempt, await unsuccessful(attempt, stack, error), true)
  } finally {
    // A preview of what does not exist must leave nothing; the stack of one that was killed is
    // locked, and goes with the next attempt.
    if (unit.operation === 'preview' && !existed && !lost) await stack.workspace.removeStack(unit.stack)
  }
}

/** The end of an attempt that the unit's cluster does not let begin; undefined: it may. */
async function lookedAhead (
  unit: UnitRun,
  { engine, redactor, signal }: OperationOptions
): Promise<OperationResult | undefined> {
  const over = (outcome: Pick<UnitOutcome, 'status' | 'error'>): OperationResult => ({
    outcome: { ...outcome, resourceChanges: noChanges() },
    spent: false
  })
  try {
    const error = await preflight(unit, engine.clusterApi, signal)
    return error && over({ status: 'failed', error: { ...error, message: redactor.text(error.message) } })
  } catch (error) {
    if (!signal.aborted) throw error
    return over({ status: 'canceled' })
  }
}

/** Tells the redactor which values of the unit are public and which are secret. */
function teach (redactor: Redactor, unit: UnitRun): void {
  redactor.allow(unit.federation)
  // Google's provider wraps the labels that programs set as secrets, `managed-by: windlass` among
  // them.
  redactor.allow(project)
  // Stands in previews for whatever is not known yet, secrets among it.
  redactor.allow(unknownValue)
  redactor.learn(Object.values(unit.secrets))
  for (const outputs of Object.values(unit.upstream)) {
    for (const output of Object.values(outputs ?? {})) if (output.secret) redactor.learn(output.value)
  }
}

function ended ({ watch }: Attempt, outcome: UnitOutcome, spent: boolean): OperationResult {
  return { outcome: watch.completed(outcome), spent }
}

/** Runs the operation to its end; once more when a lock was in its way behind which nobody is. */
async function succeed (attempt: Attempt, stack: Stack): Promise<OperationResult> {
  const { unit, watch, options, program } = attempt
  const { engine, signal, onEvents } = options
  // The SDK ignores a signal that has aborted already.
  signal.throwIfAborted()
  const packs = program
    ? await packOptions(unit, options.prices.table, options.workDir, engine.policyPack)
    : {}
  const performing = {
    ...packs,
    signal,
    onEvent: (event: EngineEvent) => {
      const drafts = watch.observe(event)
      if (drafts.length > 0) onEvents(drafts)
    }
  }
  const performed = await perform(stack, unit, performing).catch(async (error: unknown) => {
    if (!await engine.releaseLock(error, signal)) throw error
    signal.throwIfAborted()
    return await perform(stack, unit, performing)
  })
  const outputs = unit.operation === 'preview' ? await previewedOutputs(attempt.handedOn) : performed
  return ended(attempt, {
    status: 'succeeded',
    resourceChanges: watch.changes,
    ...(outputs && { outputs })
  }, false)
}

/** The outcome of an operation that rejected: canceled, or failed with what went wrong. */
async function unsuccessful (
  { unit, watch, options: { engine, redactor, signal } }: Attempt,
  stack: Stack,
  error: unknown
): Promise<UnitOutcome> {
  const resourceChanges = watch.changes
  if (signal.aborted) return { status: 'canceled', resourceChanges }
  const failed: UnitOutcome = {
    status: 'failed',
    resourceChanges,
    error: failureOf(error, watch.observed, redactor, retryableMessage, engine.lockHolders(error))
  }
  const leftovers = unit.operation === 'up' ? leftoversOf(watch.observed, heldMessage) : []
  return leftovers.length === 0
    ? failed
    : { ...failed, leftovers, outputs: outputValues(await stack.outputs()) }
}

/** The outcome of an attempt that nobody can settle by machine. */
function stillPending (unit: UnitRun, unsettled: readonly string[]): UnitOutcome {
  return {
    status: 'failed',
    resourceChanges: noChanges(),
    error: failure('pending-operations', { stack: unit.stack, unsettled }, {
      ...(unsettled[0] !== undefined && { resource: unsettled[0] })
    })
  }
}

/** Options that every operation of the Automation API takes. */
interface Performing {
  signal: AbortSignal
  onEvent: (event: EngineEvent) => void
  policyPacks?: string[]
  policyPackConfigs?: string[]
}

async function perform (
  stack: Stack,
  unit: UnitRun,
  performing: Performing
): Promise<OutputValues | undefined> {
  switch (unit.operation) {
    case 'up':
      return outputValues((await stack.up(performing)).outputs)
    case 'preview':
      await stack.preview(performing)
      return undefined
    case 'refresh':
      await stack.refresh(performing)
      return outputValues(await stack.outputs())
    case 'drift-check':
      await stack.previewRefresh(performing)
      return undefined
    case 'destroy': {
      await stack.destroy(performing)
      await stack.workspace.removeStack(unit.stack)
      return undefined
    }
  }
}
