/**
 * Takes an existing resource into the state by its id. Differences from the program are planned
 * afterwards.
 */
import { CallFailed, Outcome } from '../providers/call-result.ts'
import { subjectOf } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { packageOf } from '../urn.ts'
import { type Applied, type Done, type Step, type StepContext, now } from './step.ts'

export interface ImportOptions {
  /** The resource that the imported one replaces. */
  original?: ResourceState | undefined
  /** Called with the imported state, or with the error. */
  imported: (result: { state: ResourceState } | { error: Error }) => void
  done: Done
}

export class ImportStep implements Step {
  readonly new: ResourceState
  readonly logical: boolean
  readonly #options: ImportOptions
  readonly #context: StepContext
  #old: ResourceState | undefined
  #told = false

  constructor (context: StepContext, state: ResourceState, options: ImportOptions) {
    this.#context = context
    this.new = state
    this.#options = options
    this.logical = options.original === undefined
  }

  get op (): 'import' | 'import-replacement' {
    return this.#options.original ? 'import-replacement' : 'import'
  }
  get old (): ResourceState | undefined {
    return this.#old
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
    try {
      return await this.#import()
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error))
      this.#tell({ error: failure })
      throw failure
    }
  }

  async #import (): Promise<Applied> {
    const { importID } = this.new
    const read = await this.#context.operationsOf(this.new).read(
      { ...subjectOf(this.urn), id: importID },
      {},
      undefined
    )
    if (read.failure) this.new.initErrors = read.failure.reasons
    if (read.outputs === undefined) throw new CallFailed(`resource '${importID}' does not exist`, Outcome.Ok)
    if (read.inputs === undefined) {
      throw new CallFailed(
        'provider does not support importing resources; please try updating the ' +
          `'${packageOf(this.type)}' plugin`,
        Outcome.Ok
      )
    }
    this.new.id = read.id === '' ? importID : read.id
    this.new.inputs = read.inputs
    this.new.outputs = read.outputs
    this.#old = { ...this.new, additionalSecretOutputs: [], aliases: [] }
    this.new.created = this.new.modified = now()
    if (this.#options.original) this.#options.original.delete = true
    return { outcome: Outcome.Ok, complete: () => this.#tell({ state: this.new }) }
  }

  /** Lets planning go on, once: the run waits for every import that it began. */
  #tell (result: { state: ResourceState } | { error: Error }): void {
    if (this.#told) return
    this.#told = true
    this.#options.imported(result)
  }

  release (result: 'failed' | 'skipped'): void {
    this.#tell({ error: new Error(`the import of ${this.urn} was ${result}`) })
    this.#options.done({ state: this.new, result, unknown: false })
  }
}
