/**
 * One instance of a simulated provider: the operations of the protocol over what exists in the
 * world. Everything that differs from package to package and from type to type is in their models.
 *
 * A create costs one query (references, siblings, names, quotas) and one write. The resource is in
 * the store from the moment the cloud accepts it, before its latency, so that a process which dies
 * while it waits leaves what a real cloud would have.
 */
import type { FaultOperation } from '../../contract/words.ts'
import {
  type ProviderError,
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
  type LookupRequest,
  type Provider,
  type ReadRequest,
  type ReadResponse,
  type Subject,
  type UpdateRequest,
  type UpdateResponse
} from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { givenUp, type Taken, untilReady } from './awaiting.ts'
import { type Asking, broughtBy, refusalOf } from './calls.ts'
import { observedInputs } from './changes.ts'
import { checkInputs } from './checking.ts'
import { CloudRecords } from './cloud-records.ts'
import { createdAt, outputsOf, previewOutputs, wholeSeconds } from './composing.ts'
import { decodedConfig } from './configuring.ts'
import { diffConfigs, diffInputs } from './diffing.ts'
import { type Draft, type Failure, type Instance, type Place } from './draft.ts'
import { continued, draftOf, idAhead, identified, rivalQueries } from './drafting.ts'
import { type TimedOperation } from './durations.ts'
import { type Fault, failureOf, type FaultSubject, fromOutside, leftOut, mistaken } from './faults.ts'
import { foundIn, queriesOf, type ReverseReferences } from './finding.ts'
import { identifiers } from './identifiers.ts'
import { invokeFunction } from './invoking.ts'
import { unanswered, unheard } from './outages.ts'
import { withProperty } from './outside.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { removeResource } from './removing.ts'
import { schemaVersion } from './schema-table.ts'
import { type Surroundings, unitOf } from './surroundings.ts'
import { present } from './time/present.ts'
import { takeTime } from './time/take-time.ts'
import { validateDraft } from './validating.ts'
import { equal, plainObject } from './wire-values.ts'

/** A provider of one package in shared surroundings. */
export class SimulatedProvider implements Provider {
  readonly #package: PackageModel
  readonly #surroundings: Surroundings
  readonly #reverse: ReverseReferences
  readonly #records: CloudRecords
  #instance: Instance = { account: '', region: '', config: {}, unknown: true }

  constructor (pack: PackageModel, surroundings: Surroundings, reverse: ReverseReferences) {
    this.#package = pack
    this.#surroundings = surroundings
    this.#reverse = reverse
    this.#records = new CloudRecords(pack, surroundings.look, surroundings.operators)
  }

  async getPluginInfo (): Promise<{ version: string }> {
    return { version: schemaVersion(this.#package.pkg) }
  }

  async checkConfig (request: CheckRequest): Promise<CheckResponse> {
    const config = decodedConfig(request.news, {}, this.#package.pkg)
    return { inputs: request.news, failures: this.#package.checkConfig?.(config) ?? [] }
  }

  async diffConfig (request: DiffRequest): Promise<DiffResponse> {
    return diffConfigs(this.#package, request)
  }

  async configure (request: ConfigureRequest): Promise<ConfigureResponse> {
    const instance = this.#package.configure(
      decodedConfig(request.args, request.variables, this.#package.pkg)
    )
    const { fresh, timeline } = this.#surroundings
    this.#instance = { ...instance, ...(fresh && { fresh }), ...(fresh && timeline && { late: true }) }
    return { acceptSecrets: true, supportsPreview: true, acceptResources: false, acceptOutputs: false }
  }

  async check (request: CheckRequest): Promise<CheckResponse> {
    const { type, news: given } = request
    const subject = () => this.#subject('read', request, this.#place(type, given))
    const news = mistaken(this.#surroundings.faults, subject, given)
    return checkInputs({ ...request, news }, {
      package: this.#package,
      instance: this.#instance,
      seed: this.#surroundings.seed,
      find: (query) => this.#records.find(query)
    })
  }

  async diff (request: DiffRequest): Promise<DiffResponse> {
    return diffInputs(this.#package, this.#instance, request, this.#surroundings.now())
  }

  async create (request: CreateRequest, signal?: AbortSignal): Promise<CreateResponse> {
    const { type, properties } = request
    if (request.preview) return { id: '', properties: previewOutputs(this.#package, request) }
    const place = this.#place(type, properties)
    const fault = await this.#struck('create', request, place)
    const asked = this.#draft(request, {
      inputs: properties,
      place,
      created: wholeSeconds(this.#surroundings.now())
    })
    await this.#authorize('create', request, { inputs: properties, place, id: idAhead(this.#package, asked) })
    const taken = await this.#locked(type, place, async () => {
      const records = await this.#present(asked, () => rivalQueries(this.#package, asked))
      const draft = identified(this.#drafting(), asked, records, await this.#records.deletions(request.urn))
      const outputs = this.#accept(draft, records, properties, this.#failing('create', request, place))
      await this.#put(draft, properties, outputs)
      return { draft, records, inputs: properties, outputs }
    })
    this.#lose(fault, type, place)
    try {
      await this.#wait('create', type, properties, fault?.kind === 'slow', signal)
    } catch (error) {
      throw givenUp(error, taken)
    }
    return { id: taken.draft.id, properties: await this.#ready(taken, signal) }
  }

  async read (request: ReadRequest, signal?: AbortSignal): Promise<ReadResponse> {
    const { id, properties, inputs } = request
    const place = this.#place(request.type, { ...properties, ...inputs })
    const fault = await this.#hit('read', request, place)
    if (fault && !fromOutside(fault)) this.#suffer(fault, 'read', request, place)
    await this.#wait(undefined, request.type, {}, false, signal)
    await this.#authorize('read', request, { inputs, outputs: properties, id, place })
    // While the provider's configuration is unknown (a preview) there is nobody to ask.
    const late = modelOf(this.#package, request.type)?.overdue?.(properties, this.#surroundings.now())
    const aged = { id, properties: { ...properties, ...late }, inputs }
    if (this.#package.stateOnly || this.#instance.unknown) return aged
    const subject = { ...request, ...place }
    const records = await this.#records.reach([this.#records.queryOf(subject)], this.#instance)
    const own = this.#records.ownIn(records, subject)
    const record = own && fault && fromOutside(fault) ? await this.#changeOutside(own, fault, request) : own
    if (!record) return { id: '' }
    // An import knows nothing yet: it gets everything that the cloud has.
    const [known, before] = Object.keys(inputs).length > 0
      ? [inputs, properties]
      : [record.inputs, record.inputs]
    return {
      id: record.id,
      properties: record.outputs,
      inputs: observedInputs(known, before, record.outputs)
    }
  }

  async update (request: UpdateRequest, signal?: AbortSignal): Promise<UpdateResponse> {
    const { id, type, olds, news } = request
    if (request.preview) {
      const before = { inputs: request.oldInputs, outputs: olds }
      return { properties: previewOutputs(this.#package, { type, properties: news }, before) }
    }
    const place = this.#place(type, news)
    const fault = await this.#struck('update', request, place)
    await this.#authorize('update', request, { inputs: news, outputs: olds, id, place })
    const taken = await this.#locked(type, place, async () => {
      const created = createdAt(olds) ?? wholeSeconds(this.#surroundings.now())
      const asked = { ...this.#draft(request, { inputs: news, place, created }), id, previous: olds }
      const records = await this.#present(asked, () => [this.#records.queryOf(asked)])
      const fail = this.#failing('update', request, place)
      const own = this.#records.ownIn(records, asked)
      if (!own && !this.#package.stateOnly) throw fail(this.#package.failures.notFound(id, [type], place))
      const draft = continued(asked, own)
      const outputs = this.#accept(draft, records, news, fail)
      await this.#put(draft, news, outputs, own)
      return { draft, records, inputs: news, outputs, own }
    })
    this.#lose(fault, type, place)
    await this.#wait('update', type, news, fault?.kind === 'slow', signal)
    return { properties: await this.#ready(taken, signal) }
  }

  async delete (request: DeleteRequest, signal?: AbortSignal): Promise<void> {
    const place = this.#place(request.type, { ...request.properties, ...request.oldInputs })
    const fault = await this.#struck('delete', request, place)
    const { id, oldInputs: inputs } = request
    await this.#authorize('delete', request, { inputs, outputs: request.properties, id, place })
    if (this.#package.stateOnly) {
      await this.#records.countDeletion(request.urn, this.#surroundings.now())
    } else {
      await removeResource({ ...request, ...place }, {
        package: this.#package,
        instance: this.#instance,
        records: this.#records,
        reverse: this.#reverse,
        deleteUnreachable: this.#surroundings.deleteUnreachable,
        now: this.#surroundings.now(),
        fail: this.#failing('delete', request, place)
      })
      await this.#surroundings.authorizer.changed({ type: request.type, inputs: plainObject(inputs), id })
    }
    this.#lose(fault, request.type, place)
    await this.#wait('delete', request.type, request.oldInputs, fault?.kind === 'slow', signal)
  }

  async invoke (request: InvokeRequest): Promise<InvokeResponse> {
    const subject = { urn: '', name: '', type: request.tok }
    return invokeFunction(request, {
      package: this.#package,
      instance: this.#instance,
      surroundings: this.#surroundings,
      find: (query) => this.#records.find(query),
      ask: async (inputs, place) => {
        const fault = await this.#hit('read', subject, this.#instance)
        if (fault?.kind === 'outage' || fault?.kind === 'denied') {
          this.#suffer(fault, 'read', subject, this.#instance)
        }
        await this.#authorize('read', subject, { inputs, place })
      }
    })
  }

  async lookup (request: LookupRequest): Promise<CreateResponse | undefined> {
    if (this.#package.stateOnly) return undefined
    const { pkg } = this.#package
    const { type, urn: token } = request
    const { account } = this.#place(type, request.inputs)
    const records = (await this.#records.find({ pkg, type, account, token }))
      .filter((record) => !request.known?.includes(record.id))
    // A replacement lives beside what it replaces under the same URN: the one with these inputs is
    // what the create made.
    const wanted = plainObject(request.inputs)
    const record = records.find((candidate) => equal(plainObject(candidate.inputs), wanted)) ??
      (records.length === 1 ? records[0] : undefined)
    return record && { id: record.id, properties: record.outputs }
  }

  async cancel (): Promise<void> {
    // What has begun in a cloud goes on: an engine that is asked to stop lets it end.
  }

  #place (type: string, inputs: WireObject): Place {
    return this.#package.place(plainObject(inputs), this.#instance, type)
  }

  #drafting () {
    return { package: this.#package, instance: this.#instance, seed: this.#surroundings.seed }
  }

  #draft (subject: Subject, resource: { inputs: WireObject, place: Place, created: string }): Draft {
    return draftOf(this.#drafting(), subject, resource)
  }

  /**
   * Runs a check and the write that relies on it. Names that are unique everywhere lock everywhere.
   */
  async #locked<T> (type: string, place: Place, work: () => Promise<T>): Promise<T> {
    const key = modelOf(this.#package, type)?.unique === 'world'
      ? type
      : `${type}\n${place.account}\n${place.region}`
    return this.#surroundings.locks.run(key, work)
  }

  /** Everything that a create or update has to look at. */
  async #find (draft: Draft, own: () => CloudQuery[]): Promise<CloudRecord[]> {
    if (this.#package.stateOnly) return []
    return this.#records.reach(
      [...own(), ...queriesOf(draft, this.#package, this.#surroundings.quotas)],
      this.#instance,
      modelOf(this.#package, draft.type)?.looksAround?.(draft)
    )
  }

  async #present (draft: Draft, own: () => CloudQuery[]): Promise<CloudRecord[]> {
    return present(this.#surroundings.timeline, draft.type, await this.#find(draft, own))
  }

  /** The outputs of a draft that the cloud accepts; throws when it does not. */
  #accept (
    draft: Draft,
    records: CloudRecord[],
    inputs: WireObject,
    fail: (failure: Failure) => ProviderError
  ): WireObject {
    const found = foundIn(records, this.#package)
    validateDraft(draft, found, records, {
      package: this.#package,
      quotas: this.#surroundings.quotas,
      fail
    })
    return outputsOf(this.#package, draft, found, inputs)
  }

  async #put (draft: Draft, inputs: WireObject, outputs: WireObject, own?: CloudRecord): Promise<void> {
    if (this.#package.stateOnly) return
    const subject = { name: draft.urnName, type: draft.type }
    // A program without the resource would not have asked for it.
    if (leftOut(this.#surroundings.faults, this.#subject('create', subject, draft))) return
    const along = own ? [] : await broughtBy(draft, this.#package, this.#surroundings.authorizer)
    await this.#records.put(draft, { inputs, outputs, own, along })
    await this.#surroundings.authorizer.changed(draft)
  }

  /** Outputs of what the cloud took, once it is what the provider waits for. */
  #ready (taken: Taken, signal: AbortSignal | undefined): Promise<WireObject> {
    return untilReady(taken, {
      package: this.#package,
      activity: this.#surroundings.activity,
      records: this.#records,
      look: (draft) => this.#find(draft, () => []),
      put: (...args) => this.#put(...args),
      signal
    })
  }

  /** Throws the cloud's own refusal of a call that whoever makes it may not make. */
  async #authorize (operation: FaultOperation, subject: Subject, asked: Asking): Promise<void> {
    const maker = { surroundings: this.#surroundings, pack: this.#package, instance: this.#instance }
    const refusal = await refusalOf(maker, operation, subject, asked)
    if (refusal) throw this.#failing(operation, subject, asked.place)(refusal)
  }

  /** Throws when a fault hits the operation; gives one that the operation survives. */
  async #struck (operation: FaultOperation, subject: Subject, place: Place): Promise<Fault | undefined> {
    const fault = await this.#hit(operation, subject, place)
    if (fault) this.#suffer(fault, operation, subject, place)
    return fault
  }

  #subject (operation: FaultOperation, { type, name }: Omit<Subject, 'urn'>, place: Place): FaultSubject {
    const { pkg, cloud } = this.#package
    return { pkg, cloud, region: place.region, type, name, operation, ...unitOf(this.#surroundings) }
  }

  async #hit (operation: FaultOperation, subject: Subject, place: Place): Promise<Fault | undefined> {
    const { faults, outages, counts } = this.#surroundings
    const down = await outages.current()
    const all = down.length === 0 ? faults : [...faults, ...down]
    if (all.length === 0) return undefined
    const host = all.some(({ kind }) => kind === 'outage')
      ? await this.#package.hostOf?.(this.#instance, (query) => this.#records.find(query))
      : undefined
    const hit = { ...this.#subject(operation, subject, place), ...(host && { host }) }
    return counts.hitBy(all, hit, subject.urn)
  }

  #call (type: string, place: Place) {
    return { pkg: this.#package.pkg, type, place, instance: this.#instance }
  }

  /** Throws when the answer of an operation that was done is lost. */
  #lose (fault: Fault | undefined, type: string, place: Place): void {
    if (fault?.kind === 'lost-answer') throw unheard(this.#call(type, place))
  }

  #suffer (fault: Fault, operation: FaultOperation, subject: Subject, place: Place): void {
    if (fault.kind === 'outage') throw unanswered(this.#call(subject.type, place))
    const failure = failureOf(fault, this.#package, subject.type, place)
    if (failure) throw this.#failing(operation, subject, place)(failure)
  }

  /** Does to a resource what somebody did in the cloud itself; gives what is there now. */
  async #changeOutside (own: CloudRecord, fault: Fault, subject: Subject): Promise<CloudRecord | undefined> {
    if (fault.kind === 'missing') {
      await this.#records.delete(subject, own)
      return undefined
    }
    const outputs = withProperty(own.outputs, fault.property ?? '', fault.value ?? null)
    await this.#records.change(subject, own, outputs)
    return { ...own, outputs }
  }

  #failing (
    operation: FaultOperation,
    subject: Subject,
    place: Place
  ): (failure: Failure) => ProviderError {
    const make = identifiers(this.#surroundings.seed, subject.urn, operation)
    return (failure) => this.#package.fail(failure, operation, subject.type, subject.name, make, place)
  }

  #wait (
    operation: TimedOperation | undefined,
    type: string,
    inputs: WireObject,
    slow: boolean,
    signal: AbortSignal | undefined
  ): Promise<void> {
    return takeTime({ operation, type, inputs, slow, signal }, this.#package, this.#surroundings)
  }
}
