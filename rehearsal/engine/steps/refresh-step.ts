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

/** A reading while the program runs: the registration of the resource goes on afterwards. */
interface RegisteredRefresh {
  /** The resource as the program has it. */
  state: ResourceState
  /** Providers and components are not read, and such a step is not shown. */
  internal: boolean
  /** Called with what was found; a state is undefined when the resource is gone. */
  refreshed: (result: { state: ResourceState | undefined } | { error: Error }) => void
}

export class RefreshStep implements Step {
  readonly op = 'refresh'
  readonly logical = false
  readonly old: ResourceState
  readonly #context: StepContext
  readonly #registered: RegisteredRefresh | undefined
  #new: ResourceState
  #gone = false
  #diff: DiffResponse | undefined

  constructor (context: StepContext, old: ResourceState, registered?: RegisteredRefresh) {
    this.#context = context
    this.old = old
    this.#registered = registered
    this.#new = registered?.state ?? old
  }

  /** The result is recorded with the step, not with the base of the run. */
  get recorded (): boolean {
    return this.#registered !== undefined
  }
  get internal (): boolean {
    return this.#registered?.internal === true
  }

  /** The state that was read; undefined when the resource is missing. */
  get new (): ResourceState | undefined {
    return this.#gone ? undefined : this.#new
  }
  get urn (): string {
    return this.#new.urn
  }
  get type (): string {
    return this.#new.type
  }
  get provider (): string {
    return this.#new.provider
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
    try {
      await this.#read()
    } catch (error) {
      this.#registered?.refreshed({ error: error instanceof Error ? error : new Error(String(error)) })
      throw error
    }
    return { outcome: Outcome.Ok, complete: () => this.#registered?.refreshed({ state: this.new }) }
  }

  async #read (): Promise<void> {
    const { old } = this
    if (!old.custom || isProviderType(old.type) || old.pendingReplacement) {
      // Steps that follow change a state of their own.
      if (this.#registered) this.#new = { ...old }
      return
    }
    const operations = this.#context.operationsOf(this.#new)
    const read = await operations.read(
      { ...subjectOf(this.urn), id: old.id },
      old.outputs ?? {},
      old.inputs
    )
    if (read.failure) {
      this.#context.warn(
        this.urn,
        `Refreshed resource is in an unhealthy state:\n* ${read.failure.reasons.join('\n* ')}`
      )
    }
    if (read.id === '' || read.outputs === undefined) {
      this.#gone = true
      return
    }
    const inputs = read.inputs ?? old.inputs
    this.#new = {
      ...this.#new,
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
        { urn: this.urn, id: read.id },
        { inputs, outputs: read.outputs },
        old.inputs,
        old.ignoreChanges
      )
    }
  }

  release (): void {/* Nobody waits for a refresh. */}
}
