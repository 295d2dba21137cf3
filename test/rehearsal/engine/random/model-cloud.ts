// A cloud that remembers what exists, by whom it was made, and what it was asked to do. Calls can
// be made to fail, and a call can be the one in which the engine dies.
import {
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  type ConfigureResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type InvokeResponse,
  type LookupRequest,
  type Provider,
  ProviderError,
  type ProviderSource,
  type ReadRequest,
  type ReadResponse,
  Status,
  type UpdateRequest,
  type UpdateResponse
} from '../../../../rehearsal/provider.ts'
import { type WireObject, unknownValue } from '../../../../rehearsal/wire.ts'

export type Operation = 'create' | 'update' | 'delete'
export interface Thing {
  id: string
  urn: string
  name: string
  account: string
  inputs: WireObject
}
/** A fault of one call: it fails, leaves a resource that is not ready, or the engine dies. */
export interface Fault {
  operation: Operation
  name: string
  kind: 'fail' | 'unready' | 'die before' | 'die after'
}
export interface Call {
  operation: Operation
  name: string
  urn: string
  id: string
  /** Ids of things that named this one by an input when it was deleted, and those inputs. */
  usedBy: { id: string, key: string }[]
}

/** Thrown in every call after the engine has died: nobody is there to make it. */
class Dead extends Error {}

export class ModelCloud {
  readonly things = new Map<string, Thing>()
  /** Calls that took effect since they were last cleared, in order. */
  calls: Call[] = []
  /** Mistakes that a call showed by itself. */
  readonly wrong: string[] = []
  faults: Fault[] = []
  /** Ids of things that cannot be read. */
  readonly unreadable = new Set<string>()
  /** Calls have to come from the provider that the thing was made with. */
  accountsMatter = true
  /** Called when the engine dies. */
  died: () => void = () => undefined
  /**
   * Things that may be deleted again: they went with another one, or the run in which they were
   * deleted before their replacement did not get to it. (The real engine asks again, too.)
   */
  readonly gone = new Set<string>()
  #dead = false
  #made = 0

  /** A new engine comes after one that died. */
  revive (): void {
    this.#dead = false
  }

  get source (): ProviderSource {
    return { connect: async (pkg) => pkg === 'model' ? new ModelProvider(this) : undefined }
  }

  newId (name: string): string {
    return `${name}-${++this.#made}`
  }

  forget (calls: readonly Call[]): void {
    for (const { operation, id } of calls) if (operation === 'delete') this.gone.add(id)
  }

  find (id: string): Thing | undefined {
    if (this.#dead) throw new Dead('the engine is dead')
    return this.things.get(id)
  }

  /** Carries a call out, with the fault that is planned for it. */
  act<T> (operation: Operation, name: string, work: () => T): T {
    if (this.#dead) throw new Dead('the engine is dead')
    const at = this.faults.findIndex((fault) => fault.operation === operation && fault.name === name)
    const fault = at < 0 ? undefined : this.faults.splice(at, 1)[0]
    const deletion = fault?.kind === 'unready' && operation === 'delete'
    if (fault?.kind === 'fail' || deletion) throw new ProviderError(`${operation} of ${name} failed`)
    if (fault?.kind === 'die before') this.#die()
    const result = work()
    if (fault?.kind === 'die after') this.#die()
    if (fault?.kind === 'unready') throw this.#unready(operation, name, result)
    return result
  }

  #die (): never {
    this.#dead = true
    this.died()
    throw new Dead('the engine dies')
  }

  #unready (operation: Operation, name: string, made: unknown): ProviderError {
    const { id, properties } = made as { id: string, properties: WireObject }
    const thing = this.things.get(id)
    return new ProviderError(`${operation} of ${name} is not ready`, {
      initFailed: { id, properties, reasons: ['not ready'], inputs: thing?.inputs ?? {} }
    })
  }
}

const outputsOf = (id: string, inputs: WireObject): WireObject => ({
  ...inputs,
  id,
  out: `${id}/${String(inputs['v'])}`
})

class ModelProvider implements Provider {
  readonly #cloud: ModelCloud
  #account = ''

  constructor (cloud: ModelCloud) {
    this.#cloud = cloud
  }

  async getPluginInfo (): Promise<{ version: string }> {
    return { version: '1.0.0' }
  }
  async checkConfig (request: CheckRequest): Promise<CheckResponse> {
    return { inputs: request.news, failures: [] }
  }
  async diffConfig (request: DiffRequest): Promise<DiffResponse> {
    return this.diff(request)
  }
  async configure ({ args }: ConfigureRequest): Promise<ConfigureResponse> {
    this.#account = String(args['fixed'] ?? '')
    return { acceptSecrets: true, supportsPreview: true, acceptResources: true, acceptOutputs: false }
  }
  async check (request: CheckRequest): Promise<CheckResponse> {
    return { inputs: request.news, failures: [] }
  }

  async diff (request: DiffRequest): Promise<DiffResponse> {
    const keys = [...new Set([...Object.keys(request.news), ...Object.keys(request.oldInputs)])]
    const diffs = keys.filter((key) =>
      JSON.stringify(request.news[key]) !== JSON.stringify(request.oldInputs[key])
    )
    const replaces = diffs.filter((key) => key.startsWith('fixed'))
    return {
      changes: diffs.length > 0 ? 'some' : 'none',
      diffs,
      replaces,
      stables: [],
      deleteBeforeReplace: request.type.endsWith('T2'),
      detailedDiff: Object.fromEntries(
        diffs.map((key) => [
          key,
          { kind: replaces.includes(key) ? 'UPDATE_REPLACE' as const : 'UPDATE' as const, inputDiff: true }
        ])
      )
    }
  }

  async create ({ name, urn, properties, preview }: CreateRequest): Promise<CreateResponse> {
    if (preview) return { id: '', properties: { ...properties, id: unknownValue, out: unknownValue } }
    return this.#cloud.act('create', name, () => {
      const id = this.#cloud.newId(name)
      this.#cloud.things.set(id, { id, urn, name, account: this.#account, inputs: properties })
      this.#note('create', { name, urn, id })
      return { id, properties: outputsOf(id, properties) }
    })
  }

  async update ({ name, urn, id, news, preview }: UpdateRequest): Promise<UpdateResponse> {
    if (preview) return { properties: outputsOf(id, news) }
    return this.#cloud.act('update', name, () => {
      const thing = this.#own('update', id)
      if (thing) this.#cloud.things.set(id, { ...thing, urn, name, inputs: news })
      this.#note('update', { name, urn, id })
      return { id, properties: outputsOf(id, news) }
    })
  }

  async delete ({ name, urn, id }: DeleteRequest): Promise<void> {
    this.#cloud.act('delete', name, () => {
      const { things, gone } = this.#cloud
      if (gone.has(id)) return
      this.#own('delete', id)
      this.#note('delete', { name, urn, id })
      things.delete(id)
      for (const other of things.values()) {
        if (other.inputs['with'] !== id) continue
        things.delete(other.id)
        gone.add(other.id)
      }
    })
  }

  async read ({ id }: ReadRequest): Promise<ReadResponse> {
    if (this.#cloud.unreadable.has(id)) throw new ProviderError(`${id} cannot be read`)
    const thing = this.#cloud.find(id)
    return thing ? { id, properties: outputsOf(id, thing.inputs), inputs: thing.inputs } : { id: '' }
  }

  async lookup ({ urn, known }: LookupRequest): Promise<CreateResponse | undefined> {
    const found = [...this.#cloud.things.values()].findLast((thing) =>
      thing.urn === urn && !known?.includes(thing.id)
    )
    return found && { id: found.id, properties: outputsOf(found.id, found.inputs) }
  }

  async invoke (): Promise<InvokeResponse> {
    return { return: {}, failures: [] }
  }
  async cancel (): Promise<void> {/* Nothing takes time here. */}

  /** The thing that a call is about, which the provider must have made, in this account. */
  #own (operation: Operation, id: string): Thing | undefined {
    const thing = this.#cloud.things.get(id)
    if (thing === undefined) {
      this.#cloud.wrong.push(`${operation} of ${id}, which does not exist`)
      throw new ProviderError(`${id} does not exist`, { code: Status.NotFound })
    }
    if (this.#cloud.accountsMatter && thing.account !== this.#account) {
      this.#cloud.wrong.push(
        `${operation} of ${id} in account '${this.#account}', it is in '${thing.account}'`
      )
    }
    return thing
  }

  #note (operation: Operation, subject: { name: string, urn: string, id: string }): void {
    const usedBy = operation !== 'delete'
      ? []
      : [...this.#cloud.things.values()].flatMap((thing) =>
        Object.entries(thing.inputs)
          .filter(([key, value]) => key !== 'with' && mentions(value, subject.id))
          .map(([key]) => ({ id: thing.id, key }))
      )
    this.#cloud.calls.push({ operation, ...subject, usedBy })
  }
}

/** Tells if an input is an output of the thing with this id. */
function mentions (value: unknown, id: string): boolean {
  return typeof value === 'string' && (value === id || value.startsWith(`${id}/`))
}
