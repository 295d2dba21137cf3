/** Changes a resource in place. */
import { subjectOf } from '../providers/operations.ts'
import { Outcome } from '../providers/provider-instance.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { type Applied, type Difference, type Done, type Step, type StepContext, now } from './step.ts'

export class UpdateStep implements Step {
  readonly op = 'update'
  readonly logical = true
  readonly old: ResourceState
  readonly new: ResourceState
  readonly diffs: string[]
  readonly detailedDiff: Difference['detailedDiff']
  readonly #ignoreChanges: string[]
  readonly #done: Done
  readonly #context: StepContext

  constructor (
    context: StepContext,
    done: Done,
    old: ResourceState,
    state: ResourceState,
    difference: Omit<Difference, 'keys'>,
    ignoreChanges: string[]
  ) {
    this.#context = context
    this.#done = done
    this.old = old
    this.new = state
    this.diffs = difference.diffs
    this.detailedDiff = difference.detailedDiff
    this.#ignoreChanges = ignoreChanges
  }

  get urn (): string {
    return this.new.urn
  }
  get type (): string {
    return this.new.type
  }
  get provider (): string {
    return this.new.provider
  }
  get res (): ResourceState {
    return this.new
  }

  async apply (): Promise<Applied> {
    this.new.id = this.old.id
    this.new.created = this.old.created
    this.new.modified = this.old.modified
    if (this.new.custom) {
      const olds = { inputs: this.old.inputs, outputs: this.old.outputs ?? {} }
      const made = await this.#context.operationsOf(this.new).update(
        { ...subjectOf(this.urn), id: this.old.id },
        olds,
        this.new.inputs,
        {
          timeout: this.new.customTimeouts.update ?? 0,
          ignoreChanges: this.#ignoreChanges,
          preview: this.#context.preview
        }
      )
      this.new.outputs = made.outputs
      this.new.modified = now()
      if (made.failure) {
        this.new.initErrors = made.failure.reasons
        return { outcome: Outcome.PartialFailure, error: made.failure.error }
      }
    }
    return {
      outcome: Outcome.Ok,
      complete: () => this.#done({ state: this.new, result: 'success', unknown: false })
    }
  }

  release (result: 'failed' | 'skipped'): void {
    this.#done({ state: this.new, result, unknown: false })
  }
}
