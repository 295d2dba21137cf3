/** Makes a resource, new or as the replacement of another. */
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

/** The replacement that a resource is. */
export interface Replacement {
  /** The resource that is replaced. */
  old: ResourceState
  difference: Difference | undefined
  /** The old resource is deleted later, and marked for it now. */
  pendingDelete: boolean
}

export class CreateStep implements Step {
  readonly new: ResourceState
  readonly #replacement: Replacement | undefined
  readonly #done: Done
  readonly #context: StepContext

  constructor (context: StepContext, done: Done, state: ResourceState, replacement?: Replacement) {
    this.#context = context
    this.#done = done
    this.new = state
    this.#replacement = replacement
  }

  get op (): 'create' | 'create-replacement' {
    return this.#replacement ? 'create-replacement' : 'create'
  }
  get logical (): boolean {
    return this.#replacement === undefined
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
  get old (): ResourceState | undefined {
    return this.#replacement?.old
  }
  get res (): ResourceState {
    return this.new
  }
  get keys (): string[] | undefined {
    return this.#replacement?.difference?.keys
  }
  get diffs (): string[] | undefined {
    return this.#replacement?.difference?.diffs
  }
  get detailedDiff (): Difference['detailedDiff'] {
    return this.#replacement?.difference?.detailedDiff
  }

  async apply (): Promise<Applied> {
    const { preview } = this.#context
    await this.#context.hooks.run('BeforeCreate', { new: this.new })
    let failure: { reasons: string[], error: Error } | undefined
    if (this.new.custom) {
      const made = await withRetries(
        this.#context,
        'create',
        { new: this.new },
        () =>
          this.#context.operationsOf(this.new).create(subjectOf(this.urn), this.new.inputs, {
            timeout: this.new.customTimeouts.create ?? 0,
            preview
          })
      )
      failure = made.failure
      this.new.id = made.id
      this.new.outputs = made.outputs
      if (failure) this.new.initErrors = failure.reasons
    }
    this.new.created = this.new.modified = now()
    if (this.#replacement?.pendingDelete) this.#replacement.old.delete = true
    if (failure) return { outcome: Outcome.PartialFailure, error: failure.error }
    if (this.new.custom) await runAfter(this.#context, 'AfterCreate', { new: this.new })
    return {
      outcome: Outcome.Ok,
      complete: () => this.#done({ state: this.new, result: 'success', unknown: false })
    }
  }

  release (result: 'failed' | 'skipped'): void {
    this.#done({ state: this.new, result, unknown: false })
  }
}
