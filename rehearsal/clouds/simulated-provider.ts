/**
 * One instance of a simulated provider. What a package and its types are is in their models; this
 * is what all of them have in common: the protocol's operations over what exists in the CloudStore.
 *
 * A create costs one query (everything it has to look at: references, siblings, names, quotas) and
 * one write. It is in the store from the moment the cloud accepts it, before its latency: so a
 * process that dies while it waits leaves what a real cloud would have.
 */
import {
  ProviderError,
  Status,
  type CheckRequest,
  type CheckResponse,
  type ConfigureRequest,
  type ConfigureResponse,
  type CreateRequest,
  type CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type InvokeRequest,
  type InvokeResponse,
  type Provider,
  type ReadRequest,
  type ReadResponse,
  type Subject,
  type UpdateRequest,
  type UpdateResponse
} from '../provider.ts'
import { type CloudQuery, type CloudRecord, type CloudStore } from '../store.ts'
import { type WireObject, type WireValue } from '../wire.ts'
import { changesBetween, detailed, observedInputs } from './changes.ts'
import { checkInputs, isMadeUp } from './checking.ts'
import { createdAt, outputsOf, previewOutputs } from './composing.ts'
import { decodedConfig } from './configuring.ts'
import { operationSeconds, type DurationTable } from './durations.ts'
import { fromOutside, hitBy, type Fault } from './faults.ts'
import { findIn, foundIn, queriesOf, usersOf, type ReverseReferences, withId } from './finding.ts'
import { identifiers, identifiersOf } from './identifiers.ts'
import { type KeyedLock } from './keyed-lock.ts'
import { latencyMs, wait } from './latency.ts'
import {
  type Draft,
  type Failure,
  type Instance,
  type Operation,
  type PackageModel,
  type Place,
  type Quotas,
  type ResourceModel
} from './model.ts'
import { withProperty } from './outside.ts'
import { schemaVersion, typeFacts } from './schema-table.ts'
import { validateDraft } from './validating.ts'
import { equal, plainObject, stableText, valueAt } from './wire-values.ts'

/** What all instances of one set of clouds share. */
export interface Surroundings {
  store: CloudStore
  durations: DurationTable
  timeScale: number
  seed: number
  faults: Fault[]
  /** Faults are counted within it. */
  deployment: string
  /** The federation's clusters that the running unit concerns. */
  clusters: string[]
  /** What is in a cluster that can't be reached counts as deleted. */
  deleteUnreachable: boolean
  quotas: Quotas
  locks: KeyedLock
  now: () => Date
  signal?: AbortSignal
}

/** Names that are tried when an identifier is taken: more than ever live under one URN at once. */
const ATTEMPTS = 100

/** Divides a shared resource's id from its owner's mark in the store. */
const OWNER = '#owner-'

/** A provider of one package over the shared surroundings. */
export class SimulatedProvider implements Provider {
  readonly #package: PackageModel
  readonly #around: Surroundings
  readonly #reverse: ReverseReferences
  #instance: Instance

  constructor (pack: PackageModel, around: Surroundings, reverse: ReverseReferences) {
    this.#package = pack
    this.#around = around
    this.#reverse = reverse
    this.#instance = { account: '', region: '', config: {}, unknown: true }
  }

  async getPluginInfo (): Promise<{ version: string }> {
    return { version: schemaVersion(this.#package.pkg) }
  }

  async checkConfig (request: CheckRequest): Promise<CheckResponse> {
    const config = decodedConfig(request.news, {}, this.#package.pkg)
    return { inputs: request.news, failures: this.#package.checkConfig?.(config) ?? [] }
  }

  async diffConfig (request: DiffRequest): Promise<DiffResponse> {
    const changes = changesBetween(request.oldInputs, request.news, request.ignoreChanges)
    const decode = (config: WireObject): WireObject => decodedConfig(config, {}, this.#package.pkg)
    const replacingKeys = [
      ...this.#package.replacingConfig,
      ...changes.length === 0
        ? []
        : this.#package.replacesConfigWhen?.(decode(request.oldInputs), decode(request.news)) ?? []
    ]
    const replacing = changes.filter((change) => replacingKeys.includes(change.keys.split('.')[0] ?? ''))
    return diffResponse(changes, replacing, false)
  }

  async configure (request: ConfigureRequest): Promise<ConfigureResponse> {
    this.#instance = this.#package.configure(
      decodedConfig(request.args, request.variables, this.#package.pkg)
    )
    return { acceptSecrets: true, supportsPreview: true, acceptResources: false, acceptOutputs: false }
  }

  async check (request: CheckRequest): Promise<CheckResponse> {
    const model = this.#modelOf(request.type)
    return checkInputs(request, {
      package: this.#package,
      model,
      instance: this.#instance,
      seed: this.#around.seed,
      find: (query) => this.#query(query)
    })
  }

  async diff (request: DiffRequest): Promise<DiffResponse> {
    const model = this.#modelOf(request.type)
    const facts = typeFacts(this.#package.pkg, request.type)
    const changes = changesBetween(request.oldInputs, request.news, request.ignoreChanges)
    const covers = (paths: string[] | undefined, keys: string): boolean =>
      paths?.some((path) => keys === path || keys.startsWith(`${path}.`) || path.startsWith(`${keys}.`)) ??
        false
    const replacing = changes.filter(({ keys }) =>
      !covers(model?.mutable, keys) &&
      (covers(model?.immutable, keys) ||
        covers(model?.replacesWhen?.(plainObject(request.oldInputs), plainObject(request.news)), keys) ||
        this.#package.replaces(keys, request.type, facts, this.#instance))
    )
    const rule = model?.name ?? this.#package.nameRule(request.type, facts)
    const nameKept = rule !== undefined && valueAt(request.news, rule.property) !== undefined &&
      equal(valueAt(request.oldInputs, rule.property), valueAt(request.news, rule.property))
    return diffResponse(
      changes,
      replacing,
      replacing.length > 0 && this.#package.deletesFirst(nameKept && !isMadeUp(request.news, rule))
    )
  }

  async create (request: CreateRequest, signal?: AbortSignal): Promise<CreateResponse> {
    const model = this.#modelOf(request.type)
    if (request.preview) return { id: '', properties: previewOutputs(this.#package, model, request) }
    const place = this.#place(request.type, request.properties)
    const slow = await this.#faults('create', request, place)
    const created = await this.#around.locks.run(this.#lockKey(request.type, place), async () => {
      const draft = this.#draft(
        request,
        request.properties,
        place,
        model,
        this.#around.now().toISOString().replace(/\.\d+Z$/, 'Z')
      )
      const records = this.#package.stateOnly
        ? []
        : await this.#find(draft, model, this.#rivals(draft, model))
      const found = foundIn(records, this.#package)
      this.#identify(draft, model, records)
      validateDraft(draft, model, found, records, {
        package: this.#package,
        quotas: this.#around.quotas,
        fail: this.#failing('create', request, place)
      })
      const outputs = outputsOf(this.#package, model, draft, found, request.properties)
      await this.#put(draft, request.properties, outputs)
      return { id: draft.id, properties: outputs }
    })
    try {
      await this.#wait('create', request.type, slow, signal)
    } catch (error) {
      // It is being made whether or not anyone waits: the real providers report what they no longer
      // wait for as a resource that exists and did not get ready.
      if (!(error instanceof ProviderError) || error.code !== Status.Canceled) throw error
      throw new ProviderError(error.message, {
        code: error.code,
        initFailed: {
          id: created.id,
          properties: created.properties,
          reasons: [error.message],
          inputs: request.properties
        }
      })
    }
    return created
  }

  async read (request: ReadRequest, signal?: AbortSignal): Promise<ReadResponse> {
    const place = this.#place(request.type, { ...request.properties, ...request.inputs })
    const hit = await this.#hit('read', request, place)
    if (hit && !fromOutside(hit)) this.#suffer(hit, 'read', request, place)
    await this.#wait(undefined, request.type, false, signal)
    // While the provider's own configuration is unknown (a preview before its cluster exists) there
    // is nobody to ask.
    if (this.#package.stateOnly || this.#instance.unknown) {
      return { id: request.id, properties: request.properties, inputs: request.inputs }
    }
    const own = await this.#own(request, request.id, place)
    const record = own && hit && fromOutside(hit) ? await this.#changeOutside(own, hit, request) : own
    if (!record) return { id: '' }
    // An import knows nothing yet: it gets what the cloud has.
    const known = Object.keys(request.inputs).length > 0
    return {
      id: record.id,
      properties: record.outputs,
      inputs: known
        ? observedInputs(request.inputs, request.properties, record.outputs)
        : observedInputs(record.inputs, record.inputs, record.outputs)
    }
  }

  async update (request: UpdateRequest, signal?: AbortSignal): Promise<UpdateResponse> {
    const model = this.#modelOf(request.type)
    if (request.preview) {
      return {
        properties: previewOutputs(this.#package, model, { ...request, properties: request.news }, {
          inputs: request.oldInputs,
          outputs: request.olds
        })
      }
    }
    const place = this.#place(request.type, request.news)
    const slow = await this.#faults('update', request, place)
    const properties = await this.#around.locks.run(this.#lockKey(request.type, place), async () => {
      const draft = this.#draft(
        request,
        request.news,
        place,
        model,
        createdAt(request.olds) ?? this.#around.now().toISOString().replace(/\.\d+Z$/, 'Z')
      )
      draft.id = request.id
      draft.previous = request.olds
      const records = this.#package.stateOnly
        ? []
        : await this.#find(draft, model, [{
          pkg: this.#package.pkg,
          type: request.type,
          id: this.#storedId(request, request.id, place.region)
        }])
      const found = foundIn(records, this.#package)
      const fail = this.#failing('update', request, place)
      const own = records.find((record) =>
        record.type === request.type && record.id === request.id && record.account === place.account &&
        this.#sameRegion(record, place)
      )
      if (!own && !this.#package.stateOnly) {
        throw fail(this.#package.failures.notFound(request.id, [request.type], place))
      }
      if (own) Object.assign(draft, { incarnation: own.incarnation, created: own.created })
      draft.make = identifiersOf(draft)
      validateDraft(draft, model, found, records, {
        package: this.#package,
        quotas: this.#around.quotas,
        fail
      })
      const outputs = outputsOf(this.#package, model, draft, found, request.news)
      await this.#put(draft, request.news, outputs, own)
      return outputs
    })
    await this.#wait('update', request.type, slow, signal)
    return { properties }
  }

  async delete (request: DeleteRequest, signal?: AbortSignal): Promise<void> {
    const place = this.#place(request.type, { ...request.properties, ...request.oldInputs })
    const slow = await this.#faults('delete', request, place)
    if (!this.#package.stateOnly) await this.#remove(request, place)
    await this.#wait('delete', request.type, slow, signal)
  }

  async invoke (request: InvokeRequest): Promise<InvokeResponse> {
    const invoke = this.#package.invokes[request.tok]
    if (!invoke) {
      throw new ProviderError(
        `the simulated ${this.#package.pkg} package has no function ${request.tok}; it has ` +
          `${Object.keys(this.#package.invokes).join(', ') || 'none'}`,
        { code: Status.Unimplemented }
      )
    }
    const args = plainObject(request.args)
    const make = identifiers(this.#around.seed, request.tok, stableText(args))
    const result = await invoke({
      args,
      instance: this.#instance,
      find: (query) => this.#query(query),
      quotas: this.#around.quotas,
      now: this.#around.now().toISOString(),
      fail: (failure, operation) =>
        this.#package.fail(failure, 'read', request.tok, operation, make, this.#instance)
    })
    return { return: result, failures: [] }
  }

  async lookup (
    request: Subject & { inputs: WireObject, known?: string[] }
  ): Promise<CreateResponse | undefined> {
    if (this.#package.stateOnly) return undefined
    const place = this.#place(request.type, request.inputs)
    const records = (await this.#query({
      pkg: this.#package.pkg,
      type: request.type,
      account: place.account,
      token: request.urn
    }))
      .filter((record) =>
        record.token === request.urn && record.type === request.type && record.account === place.account &&
        !request.known?.includes(record.id)
      )
    // A replacement lives beside what it replaces under the same URN: the one with these inputs is
    // what the create made.
    const wanted = plainObject(request.inputs)
    const record = records.find((candidate) => equal(plainObject(candidate.inputs), wanted)) ??
      (records.length === 1 ? records[0] : undefined)
    return record && { id: record.id, properties: record.outputs }
  }

  async cancel (): Promise<void> {
    // What has begun in a cloud goes on, and its caller may wait for it: an engine that is asked to
    // stop lets running operations end.
  }

  #modelOf (type: string): ResourceModel | undefined {
    return this.#package.models[type] ?? this.#package.modelOf?.(type)
  }

  /**
   * Types whose names are unique everywhere are serialised everywhere; all others where they live.
   */
  #lockKey (type: string, place: Place): string {
    const model = this.#modelOf(type)
    return model?.unique === 'world' ? type : `${type}\n${place.account}\n${place.region}`
  }

  #place (type: string, inputs: WireObject): Place {
    return this.#package.place(plainObject(inputs), this.#instance, type)
  }

  #draft (
    subject: Subject,
    inputs: WireObject,
    place: Place,
    model: ResourceModel | undefined,
    created: string
  ): Draft {
    const facts = typeFacts(this.#package.pkg, subject.type)
    const rule = model?.name ?? this.#package.nameRule(subject.type, facts)
    const seen = plainObject(inputs)
    const name = rule && valueAt(seen, rule.property)
    const incarnation = identifiers(this.#around.seed, subject.urn, stableText(seen)).hex(8)
    return {
      ...place,
      incarnation,
      type: subject.type,
      urn: subject.urn,
      urnName: subject.name,
      inputs: seen,
      name: typeof name === 'string' ? name : subject.name,
      id: '',
      created,
      make: identifiers(this.#around.seed, incarnation, subject.urn, place.account, place.region),
      instance: this.#instance
    }
  }

  /** Gives the draft its id: the next one when an earlier resource of this URN still has it. */
  #identify (draft: Draft, model: ResourceModel | undefined, records: CloudRecord[]): void {
    const idOf = model?.id ?? this.#package.id
    if (this.#package.stateOnly) {
      draft.make = identifiers(this.#around.seed, draft.urn, stableText(draft.inputs))
      draft.id = idOf(draft)
      return
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        draft.make = identifiers(
          this.#around.seed,
          draft.incarnation,
          draft.urn,
          draft.account,
          draft.region,
          attempt
        )
      }
      draft.id = idOf(draft)
      if (
        !records.some((record) =>
          record.type === draft.type && record.account === draft.account && record.id === draft.id &&
          this.#sameRegion(record, draft)
        )
      ) break
    }
    draft.make = identifiersOf(draft)
  }

  /** Ids of packages that store them by region count as equal only inside one. */
  #sameRegion (record: CloudRecord, place: Place): boolean {
    return !this.#package.storedId || record.region === '' || record.region === place.region
  }

  #storedId (subject: { type: string, urn: string }, id: string, region: string): string {
    if (this.#modelOf(subject.type)?.shared) {
      return `${id}${OWNER}${identifiers(subject.urn).hex(16, 'owner')}`
    }
    return this.#package.storedId?.(id, region) ?? id
  }

  /** Asks the store; ids come back as the provider gives them. */
  async #query (query: CloudQuery): Promise<CloudRecord[]> {
    const records = await findIn(this.#around.store, query)
    return records.map((record) => {
      const owner = record.id.lastIndexOf(OWNER)
      if (owner > 0) return withId(record, record.id.slice(0, owner))
      const region = `@${record.region}`
      return this.#package.storedId && record.pkg === this.#package.pkg && record.id.endsWith(region)
        ? withId(record, record.id.slice(0, -region.length))
        : record
    })
  }

  /** What a new resource could be taken for: earlier ones of its URN, and whatever has its id. */
  #rivals (draft: Draft, model: ResourceModel | undefined): CloudQuery[] {
    const { pkg } = this.#package
    const id = (model?.id ?? this.#package.id)(draft)
    return [{ pkg, type: draft.type, token: draft.urn }, {
      pkg,
      type: draft.type,
      account: draft.account,
      id: this.#storedId(draft, id, model?.global ? '' : draft.region)
    }]
  }

  async #find (draft: Draft, model: ResourceModel | undefined, own: CloudQuery[]): Promise<CloudRecord[]> {
    const records = await this.#query({
      any: [...own, ...queriesOf(draft, model, this.#package, this.#around.quotas)]
    })
    this.#package.reachable?.check(this.#instance, records)
    return records
  }

  async #own (subject: Subject, id: string, place: Place): Promise<CloudRecord | undefined> {
    const { type } = subject
    const query: CloudQuery = {
      pkg: this.#package.pkg,
      type,
      id: this.#storedId(subject, id, place.region),
      account: place.account
    }
    const reachable = this.#package.reachable
    const records = await this.#query(
      reachable ? { any: [query, ...reachable.looksAt(this.#instance)] } : query
    )
    reachable?.check(this.#instance, records)
    return records.find((record) =>
      record.pkg === this.#package.pkg && record.type === type && record.id === id &&
      record.account === place.account && this.#sameRegion(record, place)
    )
  }

  async #put (draft: Draft, inputs: WireObject, outputs: WireObject, own?: CloudRecord): Promise<void> {
    if (this.#package.stateOnly) return
    const region = this.#modelOf(draft.type)?.global ? '' : draft.region
    await this.#around.store.put({
      id: this.#storedId(draft, draft.id, region),
      pkg: this.#package.pkg,
      type: draft.type,
      account: draft.account,
      region,
      name: draft.name,
      token: own?.token ?? draft.urn,
      incarnation: draft.incarnation,
      created: draft.created,
      inputs,
      outputs
    })
  }

  async #remove (request: DeleteRequest, place: Place): Promise<void> {
    const model = this.#modelOf(request.type)
    const users = this.#reverse.get(request.type) ?? []
    const reachable = this.#package.reachable
    const queries: CloudQuery[] = [{
      pkg: this.#package.pkg,
      type: request.type,
      id: this.#storedId(request, request.id, place.region),
      account: place.account
    }]
    for (const type of new Set(users.map((user) => user.type))) {
      queries.push({ pkg: this.#package.pkg, type, account: place.account })
    }
    if (reachable) queries.push(...reachable.looksAt(this.#instance))
    const records = await this.#query(queries.length === 1 && queries[0] ? queries[0] : { any: queries })
    try {
      reachable?.check(this.#instance, records)
    } catch (error) {
      if (
        this.#around.deleteUnreachable && error instanceof ProviderError && error.code === Status.Unavailable
      ) return
      throw error
    }
    const own = records.find((record) =>
      record.pkg === this.#package.pkg && record.type === request.type && record.id === request.id &&
      record.account === place.account && this.#sameRegion(record, place)
    )
    // What is gone already is deleted.
    if (!own) return
    const fail = this.#failing('delete', request, place)
    const refusal = model?.refusesDelete?.(own)
    if (refusal) throw fail(refusal)
    const user = usersOf(own, users, records, this.#package)[0]
    if (user) throw fail(this.#package.failures.inUse(own, user))
    const swept = model?.sweeps?.(own)
    if (swept) {
      for (const other of await findIn(this.#around.store, swept.query)) {
        if (swept.goes(other)) await this.#around.store.delete(other)
      }
    }
    await this.#around.store.delete({ ...own, id: this.#storedId(request, own.id, own.region) })
  }

  /** Throws when a fault hits the operation; true when it is to be slow. */
  async #faults (operation: Operation, subject: Subject, place: Place): Promise<boolean> {
    const fault = await this.#hit(operation, subject, place)
    return fault !== undefined && this.#suffer(fault, operation, subject, place)
  }

  async #hit (operation: Operation, subject: Subject, place: Place): Promise<Fault | undefined> {
    const { faults, store, deployment, clusters } = this.#around
    return await hitBy(
      faults,
      {
        pkg: this.#package.pkg,
        cloud: this.#package.cloud,
        region: place.region,
        clusters,
        type: subject.type,
        name: subject.name,
        operation
      },
      store,
      deployment
    )
  }

  /** Does to a resource what somebody did in the cloud itself; gives what is there now. */
  async #changeOutside (
    own: CloudRecord,
    { kind, property = '', value }: Fault,
    subject: Subject
  ): Promise<CloudRecord | undefined> {
    const key = { ...own, id: this.#storedId(subject, own.id, own.region) }
    if (kind === 'missing') {
      await this.#around.store.delete(key)
      return undefined
    }
    const outputs = withProperty(own.outputs, property, (value ?? null) as WireValue)
    await this.#around.store.put({ ...key, outputs })
    return { ...own, outputs }
  }

  #suffer (fault: Fault, operation: Operation, subject: Subject, place: Place): boolean {
    if (fault.kind === 'slow') return true
    const { failures } = this.#package
    const failure: Failure = fault.kind === 'throttle'
      ? failures.throttled()
      : fault.kind === 'quota'
      ? failures.overQuota(subject.type, 0, place, subject.type)
      : failures.invalid(fault.message ?? 'The request was refused: a fault was injected into this rehearsal')
    throw this.#failing(operation, subject, place)(
      fault.message ? { ...failure, message: fault.message } : failure
    )
  }

  #failing (operation: Operation, subject: Subject, place: Place): (failure: Failure) => ProviderError {
    const make = identifiers(this.#around.seed, subject.urn, operation)
    return (failure) => this.#package.fail(failure, operation, subject.type, subject.name, make, place)
  }

  async #wait (
    operation: 'create' | 'update' | 'delete' | undefined,
    type: string,
    slow: boolean,
    signal: AbortSignal | undefined
  ): Promise<void> {
    const seconds = operation && !this.#package.stateOnly
      ? operationSeconds(this.#around.durations, this.#package.pkg, type, operation)
      : 0
    await wait(latencyMs(seconds, this.#around.timeScale, slow), [signal, this.#around.signal])
  }
}

function diffResponse (
  changes: ReturnType<typeof changesBetween>,
  replacing: ReturnType<typeof changesBetween>,
  deleteBeforeReplace: boolean
): DiffResponse {
  const top = (
    list: typeof changes
  ): string[] => [...new Set(list.map(({ keys }) => keys.split('.')[0] ?? keys))]
  return {
    changes: changes.length > 0 ? 'some' : 'none',
    diffs: top(changes),
    replaces: top(replacing),
    stables: [],
    deleteBeforeReplace,
    ...changes.length > 0 && { detailedDiff: detailed(changes, (change) => replacing.includes(change)) }
  }
}
