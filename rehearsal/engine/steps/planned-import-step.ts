/**
 * Takes a resource that `pulumi import` names into the state, as its provider reads it (pulumi
 * `deploy/step.go`, ImportStep of an import deployment).
 */
import { type Diagnostics } from '../events/diagnostics.ts'
import { checkFailureText } from '../plan/check-failures.ts'
import { CallFailed, Outcome } from '../providers/call-result.ts'
import { subjectOf } from '../providers/operations.ts'
import { type ResourceState } from '../state/resource-state.ts'
import { packageOf, parseReference, providerPackage, rootStackType, qualifiedType, typeOf } from '../urn.ts'
import { type Applied, type Step, type StepContext, now } from './step.ts'

interface PlannedImport {
  /** The state has a resource of this URN already. */
  exists: boolean
  /** The resources of the run so far. */
  find: (urn: string) => ResourceState | undefined
  /** Only some properties were asked for. */
  someProperties: boolean
  /** Randomness that the provider gets with the check. */
  seed: Uint8Array
  diagnostics: Diagnostics
}

export class PlannedImportStep implements Step {
  readonly op = 'import'
  readonly logical = true
  readonly new: ResourceState
  readonly #planned: PlannedImport
  readonly #context: StepContext
  #old: ResourceState | undefined

  constructor (context: StepContext, state: ResourceState, planned: PlannedImport) {
    this.#context = context
    this.new = state
    this.#planned = planned
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
    const state = this.new
    if (this.#planned.exists) throw new CallFailed(`resource '${state.urn}' already exists`, Outcome.Ok)
    if (qualifiedType(state.parent) !== rootStackType && !this.#planned.find(state.parent)) {
      throw new CallFailed(`unknown parent '${state.parent}' for resource '${state.urn}'`, Outcome.Ok)
    }
    if (state.custom) await this.#read()
    else state.outputs = {}
    this.#old = { ...state }
    state.created = state.modified = now()
    if (state.custom) {
      // The CLI does not keep the id that a resource was imported by, unlike a program's option.
      state.importID = ''
      await this.#check()
    }
    return { outcome: Outcome.Ok }
  }

  async #read (): Promise<void> {
    const state = this.new
    const { importID } = state
    const read = await this.#context.operationsOf(state).read(
      { ...subjectOf(state.urn), id: importID },
      {},
      undefined
    )
    if (read.failure) state.initErrors = read.failure.reasons
    if (read.outputs === undefined) throw new CallFailed(`resource '${importID}' does not exist`, Outcome.Ok)
    if (read.inputs === undefined) {
      throw new CallFailed(
        'provider does not support importing resources; please try updating the ' +
          `'${packageOf(state.type)}' plugin`,
        Outcome.Ok
      )
    }
    state.id = read.id === '' ? importID : read.id
    state.inputs = read.inputs
    state.outputs = read.outputs
  }

  /** Warns of inputs that the provider gave and would not take. They are imported all the same. */
  async #check (): Promise<void> {
    const { new: state } = this
    const { diagnostics, seed, someProperties } = this.#planned
    const { failures } = await this.#context.operationsOf(state).check(
      subjectOf(state.urn),
      state.inputs,
      state.inputs,
      { randomSeed: seed }
    )
    if (failures.length === 0) return
    const provider = providerPackage(typeOf(parseReference(state.provider)?.urn ?? ''))
    const why = someProperties
      ? 'Try specifying a different set of properties to import with in the future.'
      : `This is almost certainly a bug in the \`${provider}\` provider.`
    diagnostics.warning(
      state.urn,
      `One or more imported inputs failed to validate. ${why} The import will still proceed, but you will ` +
        'need to edit the generated code after copying it into your program.'
    )
    for (const failure of failures) diagnostics.warning(state.urn, checkFailureText(state, failure))
  }

  release (): void {/* Nobody waits for it. */}
}
