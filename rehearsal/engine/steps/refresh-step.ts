/** Reads a resource of the state, and takes over the result. */
import { type DiffResponse, type PropertyDiff } from '../../provider.ts'
import { Outcome } from '../providers/call-result.ts'
import { subjectOf } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { isProviderType } from '../urn.ts'
import { sameValue } from '../values/wire-values.ts'
import { type Applied, type Step, type StepContext, type StepOp, now } from './step.ts'

/**
 * Kinds of changes as the state sees them. The provider compares what was read with the old inputs,
 * so that its additions are deletions.
 */
const inverse: Record<PropertyDiff['kind'], PropertyDiff['kind']> = {
  ADD: 'DELETE',
  ADD_REPLACE: 'DELETE_REPLACE',
  DELETE: 'ADD',
  DELETE_REPLACE: 'ADD_REPLACE',
  UPDATE: 'UPDATE',
  UPDATE_REPLACE: 'UPDATE_REPLACE'
}

export class RefreshStep implements Step {
  readonly op = 'refresh'
  readonly logical = false
  readonly old: ResourceState
  readonly #context: StepContext
  #new: ResourceState
  #gone = false
  #diff: DiffResponse | undefined

  constructor (context: StepContext, old: ResourceState) {
    this.#context = context
    this.old = old
    this.#new = old
  }

  /** The state that was read; undefined when the resource is missing. */
  get new (): ResourceState | undefined {
    return this.#gone ? undefined : this.#new
  }
  get urn (): string {
    return this.old.urn
  }
  get type (): string {
    return this.old.type
  }
  get provider (): string {
    return this.old.provider
  }
  get res (): ResourceState {
    return this.old
  }
  get diffs (): string[] | undefined {
    return this.#diff?.diffs
  }
  get detailedDiff (): Record<string, PropertyDiff> | undefined {
    const detailed = this.#diff?.detailedDiff
    return detailed &&
      Object.fromEntries(
        Object.entries(detailed).map((
          [path, diff]
        ) => [path, { kind: inverse[diff.kind], inputDiff: diff.inputDiff }])
      )
  }

  /** Result of the refresh: `same`, `update` for a changed resource, `delete` for a missing one. */
  get resultOp (): StepOp {
    if (this.#gone) return 'delete'
    if (this.#new === this.old) return 'same'
    if (this.old.external) return sameValue(this.old.outputs, this.#new.outputs) ? 'same' : 'update'
    return this.#diff?.changes === 'none' ? 'same' : 'update'
  }

  async apply (): Promise<Applied> {
    const { old } = this
    if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return { outcome: Outcome.Ok }
    const operations = this.#context.operationsOf(old)
    const read = await operations.read({ ...subjectOf(old.urn), id: old.id }, old.outputs ?? {}, old.inputs)
    if (read.failure) {
      this.#context.warn(
        old.urn,
        `Refreshed resource is in an unhealthy state:\n* ${read.failure.reasons.join('\n* ')}`
      )
    }
    if (read.id === '' || read.outputs === undefined) {
      this.#gone = true
      return { outcome: Outcome.Ok }
    }
    const inputs = read.inputs ?? old.inputs
    this.#new = {
      ...old,
      id: read.id,
      inputs,
      outputs: read.outputs,
      initErrors: read.failure?.reasons ?? []
    }
    if (!sameValue(inputs, old.inputs) || !sameValue(read.outputs, old.outputs ?? {})) {
      this.#new.modified = now()
    }
    if (!old.external) {
      this.#diff = await this.#context.diff(
        operations,
        { urn: old.urn, id: read.id },
        { inputs, outputs: read.outputs },
        old.inputs,
        old.ignoreChanges
      )
    }
    return { outcome: Outcome.Ok }
  }

  release (): void {/* Nobody waits for a refresh. */}
}
