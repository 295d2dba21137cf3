/** Changes a resource in place. */
import { Outcome } from '../providers/call-result.ts'
import { subjectOf } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { withRetries } from './hooks.ts'
import {
  type Applied,
  type Difference,
  type Done,
  type Step,
  type StepContext,
  now,
  runAfter
} from './step.ts'

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
    const subject = { old: this.old, new: this.new }
    await this.#context.hooks.run('BeforeUpdate', subject)
    if (this.new.custom) {
      const olds = { inputs: this.old.inputs, outputs: this.old.outputs ?? {} }
      const made = await withRetries(
        this.#context,
        'update',
        subject,
        () =>
          this.#context.operationsOf(this.new).update(
            { ...subjectOf(this.urn), id: this.old.id },
            olds,
            this.new.inputs,
            {
              timeout: this.new.customTimeouts.update ?? 0,
              ignoreChanges: this.#ignoreChanges,
              preview: this.#context.preview
            }
          )
      )
      this.new.outputs = made.outputs
      this.new.modified = now()
      if (made.failure) {
        this.new.initErrors = made.failure.reasons
        return { outcome: Outcome.PartialFailure, error: made.failure.error }
      }
      await runAfter(this.#context, 'AfterUpdate', subject)
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
