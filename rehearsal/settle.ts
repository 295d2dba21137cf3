/**
 * Settles the operations that were pending when an engine died, before anything else is done to its
 * stack. A resource whose creation had begun is looked for in the cloud, and adopted or proven
 * absent; one that was updated or deleted is read. Afterwards no operation is pending.
 */
import { EngineError, messageOf } from './engine/errors.ts'
import { subjectOf } from './engine/providers/operations.ts'
import { type ProviderInstance } from './engine/providers/provider-instance.ts'
import { ProviderRegistry, providerState } from './engine/providers/provider-registry.ts'
import { type Environment, crypterFor, deploymentSalt } from './engine/stack/stack-secrets.ts'
import { replay } from './engine/state/journal.ts'
import {
  type ResourceState,
  hideSecretOutputs,
  readState,
  writeState
} from './engine/state/resource-state.ts'
import { isProviderType } from './engine/urn.ts'
import { type Provider, type ProviderSource, type Subject } from './provider.ts'
import { type DeploymentV3, type ResourceV3, type StackRef, type StackStore } from './store.ts'

export interface SettleOptions {
  store: StackStore
  ref: StackRef
  providers: ProviderSource
  /**
   * Environment with the passphrase (PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE),
   * which only a state with secrets needs.
   */
  env: Environment
  signal?: AbortSignal
}

/** URNs by the outcome of their pending operation. */
export interface Settled {
  /** Creations that took place: the resources are now in the state. */
  adopted: string[]
  /** Creations that did not take place. */
  absent: string[]
  /** Updates: the state has the outputs as they are now. */
  updated: string[]
  /** Deletions that took place. */
  deleted: string[]
  /** Deletions that did not take place. */
  kept: string[]
  /** Reads and imports, and operations that touch nothing outside the state. */
  dropped: string[]
}

type Pending = NonNullable<DeploymentV3['pending_operations']>[number]

/**
 * Settles a stack, under its lock. Rejects with RHE_SETTLE_NO_LOOKUP when a provider cannot look
 * for resources, and with RHE_SETTLE_FAILED when a provider call fails; the stack then stays as it
 * was.
 */
export async function settle (options: SettleOptions): Promise<Settled> {
  const { store, ref, signal } = options
  const result: Settled = { adopted: [], absent: [], updated: [], deleted: [], kept: [], dropped: [] }
  const lock = await store.begin(ref, 'settle')
  let finished = false
  try {
    const stored = await store.load(ref)
    const deployment = replay(stored.deployment, stored.journal)
    const pending = deployment?.pending_operations ?? []
    if (deployment && (pending.length > 0 || stored.journal.length > 0)) {
      const settled = pending.length === 0
        ? deployment
        : await settleDeployment(options, deployment, pending, result)
      signal?.throwIfAborted()
      await lock.finish(settled)
      finished = true
    }
  } finally {
    if (!finished) await lock.release()
  }
  return result
}

async function settleDeployment (
  options: SettleOptions,
  deployment: DeploymentV3,
  pending: Pending[],
  result: Settled
): Promise<DeploymentV3> {
  // Only a state with secrets needs the passphrase.
  const secret = JSON.stringify([deployment.resources, pending]).includes('"ciphertext"')
  const crypter = secret ? await crypterFor(options.env, deploymentSalt(deployment)) : undefined
  const decrypt = (text: string): string => crypter?.decrypt(text) ?? text
  const registry = new ProviderRegistry({
    preview: false,
    connect: (pkg, version) => options.providers.connect(pkg, version)
  })
  const stack = new PendingStack(
    (deployment.resources ?? []).map((written) => readState(written, decrypt)),
    registry,
    result
  )
  try {
    const operations = pending.map(({ resource, type }) => ({ state: readState(resource, decrypt), type }))
    await stack.refuseWithoutLookup(
      operations.filter(({ type }) => type === 'creating').map(({ state }) => state)
    )
    for (const { state, type } of operations) {
      options.signal?.throwIfAborted()
      await stack.settle(state, type)
    }
    // A provider may have given the state its first secret, which has to be encrypted.
    const written = await stack.write(async () =>
      (crypter ?? await crypterFor(options.env, deploymentSalt(deployment))).encrypt
    )
    const { pending_operations: _, resources: __, ...rest } = deployment
    return { ...rest, ...(written.length > 0 && { resources: written }) }
  } finally {
    await registry.close()
  }
}

/** The resources of a stack while its pending operations are settled. */
class PendingStack {
  #resources: ResourceState[]
  readonly #registry: ProviderRegistry
  readonly #result: Settled

  constructor (resources: ResourceState[], registry: ProviderRegistry, result: Settled) {
    this.#resources = resources
    this.#registry = registry
    this.#result = result
  }

  /** Refuses the stack as a whole, before anything is settled. */
  async refuseWithoutLookup (creating: readonly ResourceState[]): Promise<void> {
    const urns: string[] = []
    for (const state of creating) {
      if (isOutside(state) && (await this.#provider(state)).raw.lookup === undefined) urns.push(state.urn)
    }
    if (urns.length > 0) throw new EngineError('RHE_SETTLE_NO_LOOKUP', { urns })
  }

  async settle (state: ResourceState, type: Pending['type']): Promise<void> {
    if (!isOutside(state) || type === 'reading' || type === 'importing') {
      this.#result.dropped.push(state.urn)
      return
    }
    const provider = await this.#provider(state)
    try {
      if (type === 'creating') await this.#create(provider.raw, state)
      else await this.#read(provider, state, type)
    } catch (error) {
      throw new EngineError('RHE_SETTLE_FAILED', { urn: state.urn, problem: messageOf(error) }, {
        cause: error
      })
    }
  }

  async write (encrypter: () => Promise<(text: string) => string>): Promise<ResourceV3[]> {
    const encrypt = this.#resources.length > 0 ? await encrypter() : String
    const there = new Set(this.#resources.map(({ urn }) => urn))
    const keep = (urns: string[]): string[] => urns.filter((urn) => there.has(urn))
    return this.#resources.map((state) =>
      writeState({
        ...state,
        dependencies: keep(state.dependencies),
        propertyDependencies: state.propertyDependencies &&
          Object.fromEntries(
            Object.entries(state.propertyDependencies).map(([key, urns]) => [key, keep(urns)])
          ),
        deletedWith: there.has(state.deletedWith) ? state.deletedWith : ''
      }, encrypt)
    )
  }

  async #create (provider: Provider, state: ResourceState): Promise<void> {
    const subject: Subject = subjectOf(state.urn)
    // A replacement lives beside what it replaces under the same URN.
    const known = this.#resources.filter(({ urn }) => urn === state.urn).map(({ id }) => id)
    const found = await provider.lookup?.({ ...subject, inputs: state.inputs, known })
    if (found === undefined) {
      this.#result.absent.push(state.urn)
      return
    }
    const now = new Date().toISOString()
    this.#adopt(
      hideSecretOutputs({ ...state, id: found.id, outputs: found.properties, created: now, modified: now })
    )
    this.#result.adopted.push(state.urn)
  }

  /**
   * Puts a resource into the state, after everything that it depends on. The next update deletes
   * the resource that it replaces.
   */
  #adopt (state: ResourceState): void {
    const old = this.#resources.findIndex((other) => other.urn === state.urn && !other.delete)
    const replaced = this.#resources[old]
    const needs = new Set([
      state.parent,
      state.provider.slice(0, state.provider.lastIndexOf('::')),
      ...state.dependencies,
      ...Object.values(state.propertyDependencies ?? {}).flat()
    ])
    const after = this.#resources.findLastIndex((other) => needs.has(other.urn)) + 1
    const place = old < 0 ? this.#resources.length : Math.max(old, after)
    this.#resources = this.#resources.toSpliced(place, 0, state)
    if (replaced === undefined) return
    this.#resources = this.#resources.filter((other) => other !== replaced)
    // A resource that was deleted before its replacement is gone already.
    if (!replaced.pendingReplacement) this.#resources.push({ ...replaced, delete: true })
  }

  async #read (
    provider: ProviderInstance,
    state: ResourceState,
    type: 'updating' | 'deleting'
  ): Promise<void> {
    // A pending update is written with the new inputs and without an id.
    const held = this.#resources.findIndex((other) =>
      other.urn === state.urn && (type === 'deleting' ? other.id === state.id : !other.delete)
    )
    const resource = this.#resources[held]
    if (resource === undefined) {
      this.#result.dropped.push(state.urn)
      return
    }
    const read = await provider.read(
      { ...subjectOf(resource.urn), id: resource.id },
      resource.outputs ?? {},
      resource.inputs
    )
    const gone = read.id === '' || read.outputs === undefined
    if (type === 'deleting') {
      if (gone) this.#resources = this.#resources.toSpliced(held, 1)
      this.#result[gone ? 'deleted' : 'kept'].push(state.urn)
      return
    }
    // A resource that is gone stays in the state: the next update makes it again.
    if (!gone) {
      this.#resources = this.#resources.with(held, hideSecretOutputs({ ...resource, outputs: read.outputs }))
    }
    this.#result.updated.push(state.urn)
  }

  async #provider (state: ResourceState): Promise<ProviderInstance> {
    if (this.#registry.get(state.provider) === undefined) {
      const resource = providerState(this.#resources, state.provider)
      if (resource === undefined) {
        throw new EngineError('RHE_SETTLE_FAILED', {
          urn: state.urn,
          problem: `its provider ${state.provider} is not in the state`
        })
      }
      await this.#registry.same(resource, false)
    }
    const instance = this.#registry.get(state.provider)
    if (instance === undefined) {
      throw new EngineError('RHE_SETTLE_FAILED', {
        urn: state.urn,
        problem: `its provider ${state.provider} was not configured`
      })
    }
    return instance
  }
}

/** Tells if a resource exists outside the state. */
function isOutside (state: ResourceState): boolean {
  return state.custom && !isProviderType(state.type) && state.provider !== '' && !state.external
}
