import * as pulumi from '@pulumi/pulumi'
import {
  type EngineEvent,
  LocalWorkspace,
  type OutputMap,
  type Stack,
  StackNotFoundError
} from '@pulumi/pulumi/automation/index.js'
import { type Prices } from '../cost/prices.ts'
import { type EventDraft } from '../event-draft.ts'
import { noChanges } from './changes.ts'
import { CostWatch } from './cost-watch.ts'
import { DriftWatch } from './drift-watch.ts'
import { type Engine, EngineLostError } from './engine-contract.ts'
import { EventTranslator } from './engine-events.ts'
import { heldMessage, retryableMessage } from './engine.ts'
import { failureOf, leftoversOf, unitFailure } from './failure.ts'
import { packOptions } from './policy-pack.ts'
import { previewedOutputs } from './preview-outputs.ts'
import { contextOf, programOf } from './program-context.ts'
import { project } from './project.ts'
import { type Redactor } from './redact.ts'
import { type OutputValues, type UnitOutcome, type UnitRun, UNKNOWN } from './types.ts'

/**
 * How the attempt ended; `spent`: the process may hold leftovers of a program that never settled,
 * so it should run no other.
 */
export interface OperationResult {
  outcome: UnitOutcome
  spent: boolean
}
export interface OperationOptions {
  engine: Engine
  redactor: Redactor
  prices: Prices
  /** Where Pulumi's project and stack settings are written. */
  workDir: string
  signal: AbortSignal
  onEvents: (events: EventDraft[]) => void
}

/**
 * Runs one attempt at a unit through the Automation API: makes the stack when it is missing,
 * settles what an interrupted attempt left, runs the operation, and leaves no stack behind after a
 * destroy or a preview of something that does not exist. Never rejects for what the operation did;
 * rejects when the store or the host is at fault, and with EngineLostError when the engine was
 * killed.
 */
export async function runOperation (unit: UnitRun, options: OperationOptions): Promise<OperationResult> {
  const { engine, redactor, signal, onEvents } = options
  redactor.allow(unit.federation)
  // Google's provider wraps the labels that programs set as secrets, `managed-by: windlass` among
  // them.
  redactor.allow(project)
  // Stands in previews for whatever is not known yet, secrets among it.
  redactor.allow(UNKNOWN)
  redactor.learn(Object.values(unit.secrets))
  for (const outputs of Object.values(unit.upstream)) {
    for (const output of Object.values(outputs ?? {})) if (output.secret) redactor.learn(output.value)
  }
  const translator = new EventTranslator({ phase: unit.phaseNumber, unit: unit.unit }, redactor)
  const drift = unit.operation === 'drift-check' ? new DriftWatch(unit, redactor) : undefined
  // A drift check changes nothing, so nothing costs more or less by it.
  const costs = drift ? undefined : new CostWatch(unit, options.prices)
  /** How the attempt ended, with what it cost and found as far as it came. */
  const ended = (outcome: UnitOutcome, spent: boolean): OperationResult => {
    const cost = costs?.record()
    return { outcome: { ...outcome, ...(cost && { cost }), ...(drift && { drift: drift.record() }) }, spent }
  }
  /**
   * What is told of an engine event. Of the resources of a drift check only how they differ is:
   * that the engine would update its state is no change of anything.
   */
  const told = (event: EngineEvent): EventDraft[] => {
    const drafts = translator.translate(event)
    return drift
      ? [
        ...drafts.filter(({ type }) => type !== 'resource.started' && type !== 'resource.succeeded'),
        ...drift.observe(event)
      ]
      : drafts
  }
  const program = unit.operation === 'up' || unit.operation === 'preview' ? await programOf(unit) : undefined
  let handedOn: Flattened = {}
  const { stack, existed: found } = await openStack(unit, options, async () => {
    handedOn = program ? flattened(await program(contextOf(unit))) : {}
    return program && handedOn
  })
  if (!stack) return ended({ status: 'succeeded', outputs: {}, resourceChanges: noChanges() }, false)
  // A preview that was cut off left an empty stack.
  const existed = found && !(unit.operation === 'preview' && unit.settle && await isEmpty(stack))
  // A drift check writes no state: what is pending is for the next operation that does.
  if (found && !drift) {
    const { unsettled } = await engine.settlePending(signal)
    if (unsettled.length > 0) {
      return {
        outcome: {
          status: 'failed',
          resourceChanges: noChanges(),
          error: unitFailure(
            'pending-operations',
            pendingText(unit.stack, unsettled),
            retryableMessage,
            unsettled[0]
          )
        },
        spent: false
      }
    }
  }
  let lost: string | undefined
  try {
    // The SDK ignores a signal that has aborted already.
    signal.throwIfAborted()
    const packs = program
      ? await packOptions(unit, options.prices.table, options.workDir, engine.policyPack)
      : {}
    const watch = {
      ...packs,
      signal,
      onEvent: (event: EngineEvent) => {
        costs?.observe(event)
        const drafts = told(event)
        if (drafts.length > 0) onEvents(drafts)
      }
    }
    const performed = await perform(stack, unit, watch).catch(async (error: unknown) => {
      if (!await engine.releaseLock(error, signal)) throw error
      signal.throwIfAborted()
      return await perform(stack, unit, watch)
    })
    const outputs = unit.operation === 'preview' ? await previewedOutputs(handedOn) : performed
    const resourceChanges = drift ? noChanges() : translator.observed.changes
    return ended({ status: 'succeeded', resourceChanges, ...(outputs ? { outputs } : {}) }, false)
  } catch (error) {
    const resourceChanges = drift ? noChanges() : translator.observed.changes
    if (signal.aborted) return ended({ status: 'canceled', resourceChanges }, true)
    lost = engine.lost(error)
    if (lost !== undefined) throw new EngineLostError(lost, { cause: error })
    const failed: UnitOutcome = {
      status: 'failed',
      resourceChanges,
      error: failureOf(error, translator.observed, redactor, retryableMessage, engine.lockHolders(error))
    }
    const leftovers = unit.operation === 'up' ? leftoversOf(translator.observed, heldMessage) : []
    return ended(
      leftovers.length === 0
        ? failed
        : { ...failed, leftovers, outputs: outputValues(await stack.outputs()) },
      true
    )
  } finally {
    // A preview of what does not exist must leave nothing; the stack of one that was killed is
    // locked, and goes with the next attempt.
    if (unit.operation === 'preview' && !existed && lost === undefined) {
      await stack.workspace.removeStack(unit.stack)
    }
  }
}

function pendingText (stack: string, unsettled: readonly string[]): string {
  return `an interrupted attempt had begun to create ${
    unsettled.join(', ')
  }, and whether it was made can't be ` +
    'found out here, since its id is not known: look for it in the cloud; for each one that exists run ' +
    `"pulumi refresh --stack ${stack} --import-pending-creates <urn> --import-pending-creates <id>", if ` +
    `none does "pulumi refresh --stack ${stack} --clear-pending-creates", then resume the deployment`
}

/**
 * Selects the unit's stack, or makes it where the operation needs one: of what does not exist there
 * is nothing to refresh, compare or destroy.
 */
async function openStack (
  unit: UnitRun,
  options: OperationOptions,
  program: () => Promise<Record<string, unknown> | undefined>
): Promise<{ stack?: Stack, existed: boolean }> {
  const { engine, workDir } = options
  const args = { stackName: unit.stack, projectName: project, program }
  const workspace = {
    workDir,
    pulumiCommand: engine.command,
    envVars: engine.environment,
    projectSettings: { name: project, runtime: 'nodejs' as const },
    stackSettings: { [unit.stack]: await engine.stackSettings() },
    ...(engine.secretsProvider === undefined ? {} : { secretsProvider: engine.secretsProvider })
  }
  try {
    return { stack: await LocalWorkspace.selectStack(args, workspace), existed: true }
  } catch (error) {
    if (!(error instanceof StackNotFoundError)) throw error
    if (unit.operation !== 'up' && unit.operation !== 'preview') return { existed: false }
    return { stack: await LocalWorkspace.createStack(args, workspace), existed: false }
  }
}

async function isEmpty (stack: Stack): Promise<boolean> {
  const { resources = [] } = (await stack.exportStack()).deployment as { resources?: unknown[] }
  return resources.length === 0
}

interface Watch {
  signal: AbortSignal
  onEvent: (event: EngineEvent) => void
  policyPacks?: string[]
  policyPackConfigs?: string[]
}

async function perform (stack: Stack, unit: UnitRun, watch: Watch): Promise<OutputValues | undefined> {
  switch (unit.operation) {
    case 'up':
      return outputValues((await stack.up(watch)).outputs)
    case 'preview':
      await stack.preview(watch)
      return undefined
    case 'refresh':
      await stack.refresh(watch)
      return outputValues(await stack.outputs())
    case 'drift-check':
      await stack.previewRefresh(watch)
      return undefined
    case 'destroy': {
      await stack.destroy(watch)
      await stack.workspace.removeStack(unit.stack)
      return undefined
    }
  }
}

type Flattened = Record<string, pulumi.Output<unknown>>

/**
 * A unit's outputs with each of them one Output, so that a secret anywhere inside makes the whole
 * output secret: the Automation API shows a nested secret in clear and says that it is none.
 */
function flattened (outputs: Record<string, unknown>): Flattened {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, pulumi.output(value)]))
}

function outputValues (outputs: OutputMap): OutputValues {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value, secret }]) => [name, { value: value as unknown, secret }])
  )
}
