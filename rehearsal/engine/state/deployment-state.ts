/** The state of a stack during an operation: each change goes to the ledger and to the journal. */
import { type DeploymentV3 } from '../../store.ts'
import { type JournalWriter } from './journal-writer.ts'
import { type Change, Ledger, type OperationType, type StateName } from './journal.ts'
import { type Cipher, type ResourceState, readState, writeState } from './resource-state.ts'

/** A mutation that has begun. `end` records its result. */
export interface Mutation {
  operation: number
}

export class DeploymentState {
  readonly #ledger: Ledger
  readonly #journal: JournalWriter | undefined
  readonly #encrypt: Cipher
  #names = new Map<ResourceState, StateName>()
  #numbers = 0
  #operations = 0

  /** Without a journal (in previews) changes are recorded in the ledger only. */
  constructor (
    base: DeploymentV3 | undefined,
    options: { journal?: JournalWriter | undefined, encrypt: Cipher }
  ) {
    this.#ledger = new Ledger(base)
    this.#journal = options.journal
    this.#encrypt = options.encrypt
  }

  /** Starts the operation with the stored state as its base; returns the resources. */
  start (
    entry: { time: string, version: string, secretsProviders?: DeploymentV3['secrets_providers'] },
    decrypt: Cipher
  ): ResourceState[] {
    this.#record({ kind: 'start', ...entry })
    const states = this.#ledger.base.map((written) => readState(written, decrypt))
    this.#names = new Map(states.map((state, old) => [state, { old }]))
    return states
  }

  /**
   * Records that a provider is about to be asked. With `wait` it resolves when the entry is stored.
   */
  async begin (type: OperationType, state: ResourceState, wait: boolean): Promise<Mutation> {
    const operation = ++this.#operations
    this.#record({ kind: 'begin', operation, type, resource: writeState(state, this.#encrypt) })
    if (wait) await this.#journal?.stored()
    return { operation }
  }

  /** Ends a mutation, or records a change without one. */
  end (
    change: {
      mutation?: Mutation | undefined
      remove?: ResourceState | undefined
      add?: ResourceState | undefined
      changed?: ResourceState | undefined
      /** The change is what a refresh found. */
      refreshed?: boolean
    }
  ): void {
    const removed = change.remove && this.#names.get(change.remove)
    const changed = change.changed && this.#names.get(change.changed)
    this.#record({
      kind: 'end',
      ...(change.refreshed && { refreshed: true }),
      ...(change.mutation && { operation: change.mutation.operation }),
      ...(removed && { remove: [removed] }),
      ...(changed && change.changed &&
        { change: [{ name: changed, resource: writeState(change.changed, this.#encrypt) }] }),
      ...(change.add &&
        { add: { number: this.#name(change.add), resource: writeState(change.add, this.#encrypt) } })
    })
  }

  /** Takes over a state that did not change. Only its place is recorded. */
  keep (old: ResourceState, state: ResourceState): void {
    const name = this.#names.get(old)
    if (name === undefined || !('old' in name)) return this.end({ remove: old, add: state })
    this.#record({ kind: 'end', keep: { number: this.#name(state), old: name.old } })
  }

  /**
   * Replaces the base after a refresh. States that did not change are not written again; those that
   * the operation has added or removed before stay so.
   */
  refresh (resources: ResourceState[], changed: (state: ResourceState) => boolean): void {
    this.#record({
      kind: 'refresh',
      resources: resources.map((state) => {
        const name = this.#names.get(state)
        return name && 'old' in name && !changed(state)
          ? { old: name.old }
          : { resource: writeState(state, this.#encrypt) }
      })
    })
    const added = [...this.#names].filter(([, name]) => 'add' in name)
    this.#names = new Map([...added, ...resources.map((state, old) => [state, { old }] as const)])
  }

  forgetPending (): void {
    this.#record({ kind: 'forget' })
  }

  deployment (): DeploymentV3 {
    return this.#ledger.deployment()
  }

  #name (state: ResourceState): number {
    const number = ++this.#numbers
    this.#names.set(state, { add: number })
    return number
  }

  #record (change: Change): void {
    this.#ledger.apply(change)
    this.#journal?.write(change)
  }
}
