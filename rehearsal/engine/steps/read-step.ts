/** Reads a resource that the program does not own. */
import { unknownValue } from '../../wire.ts'
import { CallFailed, Outcome } from '../providers/call-result.ts'
import { subjectOf } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { sameValue } from '../values/wire-values.ts'
import { type Applied, type Done, type Step, type StepContext, now } from './step.ts'

export class ReadStep implements Step {
  readonly old: ResourceState | undefined
  readonly new: ResourceState
  readonly #replacing: boolean
  readonly #done: Done
  readonly #context: StepContext

  constructor (
    context: StepContext,
    done: Done,
    old: ResourceState | undefined,
    state: ResourceState,
    replacing: boolean
  ) {
    this.#context = context
    this.#done = done
    this.old = old
    this.new = state
    this.#replacing = replacing
  }

  get op (): 'read' | 'read-replacement' {
    return this.#replacing ? 'read-replacement' : 'read'
  }
  get logical (): boolean {
    return !this.#replacing
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
    let failure: { reasons: string[], error: Error } | undefined
    if (this.new.id === unknownValue) this.new.outputs = {}
    else {
      const read = await this.#context.operationsOf(this.new).read(
        { ...subjectOf(this.urn), id: this.new.id },
        this.new.inputs,
        this.new.inputs
      )
      failure = read.failure
      if (failure) this.new.initErrors = failure.reasons
      if (read.outputs === undefined) {
        throw new CallFailed(`resource '${this.new.id}' does not exist`, Outcome.Ok)
      }
      this.new.outputs = read.outputs
      if (read.id !== '') this.new.id = read.id
    }
    if (this.#replacing && this.old) this.old.delete = true
    if (this.old) {
      this.new.created = this.old.created
      this.new.modified =
        sameValue(this.new.inputs, this.old.inputs) && sameValue(this.new.outputs, this.old.outputs ?? {})
          ? this.old.modified
          : now()
    }
    const complete = (): void => this.#done({ state: this.new, result: 'success', unknown: false })
    return failure
      ? { outcome: Outcome.PartialFailure, complete, error: failure.error }
      : { outcome: Outcome.Ok, complete }
  }

  release (result: 'failed' | 'skipped'): void {
    this.#done({ state: this.new, result, unknown: false })
  }
}
