/**
 * Records each step of a run: events, counts and the state (pulumi `engine/update.go`, update and
 * preview actions).
 */
import { type WireValue } from '../../wire.ts'
import { type Diagnostics } from '../events/diagnostics.ts'
import { type Redact, stepMetadata } from '../events/engine-event.ts'
import { type EventSink } from '../events/event-sink.ts'
import { Outcome, type OutcomeCode } from '../providers/call-result.ts'
import { type DeploymentState, type Mutation } from '../state/deployment-state.ts'
import { type OperationType } from '../state/journal.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { DeleteStep } from '../steps/delete-step.ts'
import { RefreshStep } from '../steps/refresh-step.ts'
import { SameStep } from '../steps/same-step.ts'
import { type Step, type StepOp } from '../steps/step.ts'
import { isDefaultProvider, isProviderType } from '../urn.ts'
import { sameValue } from '../values/wire-values.ts'

export interface ObserverOptions {
  preview: boolean
  /** The operation is a refresh: a refresh step counts as what it found. */
  refreshing: boolean
  /** Resources are refreshed in this run. */
  refresh: boolean
  redact: Redact
}

const pending: Partial<Record<StepOp, OperationType>> = {
  create: 'creating',
  'create-replacement': 'creating',
  update: 'updating',
  delete: 'deleting',
  'delete-replaced': 'deleting',
  discard: 'deleting',
  'discard-replaced': 'deleting',
  read: 'reading',
  'read-replacement': 'reading',
  import: 'importing',
  'import-replacement': 'importing'
}

function isInternal (step: Step): boolean {
  return step.op === 'remove-pending-replace' || isDefaultProvider(step.urn) ||
    (step instanceof RefreshStep && step.internal)
}

/**
 * Tells if a step changes something outside before its result is in the state: then the pending
 * operation has to be stored first.
 */
function mutates (step: Step): boolean {
  if (isProviderType(step.type) || !step.res.custom) return false
  return step instanceof DeleteStep
    ? step.callsProvider
    : step.op !== 'read' && step.op !== 'read-replacement'
}

/**
 * Tells if two states are equal. States are written without empty fields and with sorted keys, and
 * read as they were written.
 */
function unchanged (old: ResourceState, state: ResourceState): boolean {
  return (Object.keys(state) as (keyof ResourceState)[]).every((key) =>
    state[key] === old[key] || sameValue(state[key] as WireValue ?? {}, old[key] as WireValue ?? {})
  )
}

export class StepObserver {
  readonly #sink: EventSink
  readonly #diagnostics: Diagnostics
  readonly #state: DeploymentState
  readonly #options: ObserverOptions
  readonly #changes = new Map<StepOp, number>()
  #steps = 0
  #maybeCorrupt = false

  constructor (sink: EventSink, diagnostics: Diagnostics, state: DeploymentState, options: ObserverOptions) {
    this.#sink = sink
    this.#diagnostics = diagnostics
    this.#state = state
    this.#options = options
  }

  get changes (): Partial<Record<StepOp, number>> {
    return Object.fromEntries([...this.#changes].sort(([a], [b]) => a < b ? -1 : 1))
  }
  get maybeCorrupt (): boolean {
    return this.#maybeCorrupt
  }

  async pre (step: Step): Promise<Mutation | undefined> {
    this.#sink.emit({
      resourcePreEvent: { metadata: stepMetadata(step, step.op, this.#options.redact), ...this.#planning }
    }, { internal: isInternal(step) })
    const type = pending[step.op]
    if (this.#options.preview || type === undefined) return undefined
    return this.#state.begin(
      type,
      type === 'deleting' ? step.old ?? step.res : step.new ?? step.res,
      mutates(step)
    )
  }

  post (step: Step, mutation: Mutation | undefined, outcome: OutcomeCode, error: Error | undefined): void {
    const internal = isInternal(step)
    if (error) this.#failed(step, outcome, error, internal)
    else {
      const op = this.#options.refreshing && step instanceof RefreshStep ? step.resultOp : step.op
      if (this.#counts(step) && !internal) {
        this.#steps++
        this.#changes.set(op, (this.#changes.get(op) ?? 0) + 1)
      }
      // In an update a component registers its outputs itself.
      if (
        this.#options.preview || step.res.custom || step.op === 'delete' ||
        (this.#options.refresh && step.op === 'refresh')
      ) this.#outputs(step, op)
    }
    if (!this.#options.preview) {
      this.#record(step, mutation, error === undefined || outcome === Outcome.PartialFailure, outcome)
    }
  }

  /** A component or the Stack registered its outputs. */
  outputs (step: Step): void {
    this.#outputs(step, step.op)
    if (this.#options.preview || step.new === undefined) return
    if (step.old && sameValue(step.old.outputs ?? {}, step.new.outputs ?? {})) return
    this.#state.end({ changed: step.new })
  }

  get #planning (): { planning?: true } {
    return this.#options.preview ? { planning: true } : {}
  }

  #counts (step: Step): boolean {
    if (step instanceof RefreshStep) return this.#options.refreshing
    if (step.op === 'read') {
      return step.old?.outputs !== undefined && step.new?.outputs !== undefined &&
        !sameValue(step.old.outputs, step.new.outputs)
    }
    return step.logical
  }

  #outputs (step: Step, op: StepOp): void {
    this.#sink.emit({
      resOutputsEvent: { metadata: stepMetadata(step, op, this.#options.redact), ...this.#planning }
    }, { internal: isInternal(step) })
  }

  #failed (step: Step, outcome: OutcomeCode, error: Error, internal: boolean): void {
    const urn = internal ? '' : step.urn
    if (this.#options.preview) return this.#diagnostics.error(urn, `Preview failed: ${error.message}`)
    if (outcome === Outcome.Unknown) this.#maybeCorrupt = true
    this.#diagnostics.error(urn, error.message)
    this.#sink.emit({
      resOpFailedEvent: {
        metadata: stepMetadata(step, step.op, this.#options.redact),
        status: outcome,
        steps: this.#steps
      }
    }, { internal })
  }

  #record (step: Step, mutation: Mutation | undefined, took: boolean, outcome: OutcomeCode): void {
    switch (step.op) {
      case 'replace':
        return
      case 'refresh':
        if (!took || !(step instanceof RefreshStep) || !step.recorded) return
        return this.#state.end({ remove: step.old, add: step.new, refreshed: true })
      case 'same':
        if (!took || !(step instanceof SameStep) || step.skippedCreate) return
        return unchanged(step.old, step.new)
          ? this.#state.keep(step.old, step.new)
          : this.#state.end({ remove: step.old, add: step.new })
      case 'update': {
        if (!took || step.new === undefined) return this.#state.end({ mutation })
        // After a partial failure the next diff starts from the inputs that were in effect before.
        if (outcome === Outcome.PartialFailure && step.old) step.new.inputs = { ...step.old.inputs }
        return this.#state.end({ mutation, remove: step.old, add: step.new })
      }
      case 'create':
      case 'create-replacement': {
        if (!took) return this.#state.end({ mutation })
        const remove = step.old?.pendingReplacement ? step.old : undefined
        return this.#state.end({
          mutation,
          add: step.new,
          ...(remove ? { remove } : step.old?.delete && { changed: step.old })
        })
      }
      case 'import':
      case 'import-replacement':
        return this.#state.end({ mutation, ...(took && { add: step.new }) })
      case 'read':
      case 'read-replacement':
        return this.#state.end({ mutation, ...(took && { add: step.new, remove: step.old }) })
      case 'delete':
      case 'delete-replaced':
      case 'discard':
      case 'discard-replaced': {
        if (!took) return this.#state.end({ mutation })
        return this.#state.end({
          mutation,
          ...(step.old?.pendingReplacement ? { changed: step.old } : { remove: step.old })
        })
      }
      case 'remove-pending-replace':
        return this.#state.end({ remove: step.old })
    }
  }
}
