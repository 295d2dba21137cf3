/** Keeps a resource, and takes over the options of its registration (dependencies, protect, …). */
import { Outcome } from '../providers/call-result.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { isProviderType } from '../urn.ts'
import { type Applied, type Done, type Step, type StepContext } from './step.ts'

export class SameStep implements Step {
  readonly op = 'same'
  readonly logical = true
  readonly old: ResourceState
  readonly new: ResourceState
  /** The resource is new and outside the targets: it is neither made nor kept. */
  readonly skippedCreate: boolean
  readonly #untargeted: boolean
  readonly #done: Done | undefined
  readonly #context: StepContext

  constructor (
    context: StepContext,
    done: Done | undefined,
    old: ResourceState,
    state: ResourceState,
    options: { skippedCreate?: boolean, untargeted?: boolean } = {}
  ) {
    this.#context = context
    this.#done = done
    this.old = old
    this.new = state
    this.skippedCreate = options.skippedCreate === true
    this.#untargeted = options.untargeted === true
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
    this.new.outputs = this.old.outputs
    if (isProviderType(this.new.type) && !this.skippedCreate && !this.#untargeted) {
      await this.#context.registry.same({ ...this.new, inputs: this.old.inputs }, true)
    }
    return {
      outcome: Outcome.Ok,
      complete: () => this.#done?.({ state: this.new, result: 'success', unknown: this.skippedCreate })
    }
  }

  release (result: 'failed' | 'skipped'): void {
    this.#done?.({ state: this.new, result, unknown: false })
  }
}
