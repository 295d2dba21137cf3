/** The records of one package in a world's clouds, under the ids that its provider gives out. */
import { type CloudQuery, type CloudRecord, type CloudStore } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Draft, type Instance, type Place } from './draft.ts'
import { findIn } from './finding.ts'
import { deletionRecord, deletions, isMemory, keptRecord } from './kept-names.ts'
import { type PackageModel, modelOf } from './package-model.ts'
import { joined, type SharedLook } from './shared-look.ts'
import { isRecordOf, storedId, withProviderId } from './stored-ids.ts'

/** Identity of a resource that a call is about. */
export interface RecordSubject extends Place {
  type: string
  urn: string
  id: string
}

/** Contents of a record that is written. */
interface Putting {
  inputs: WireObject
  outputs: WireObject
  /** Its record before an update. */
  own: CloudRecord | undefined
  /** Records that the cloud makes along with it. */
  along: CloudRecord[]
}

/** Access of a package to what exists in its cloud. */
export class CloudRecords {
  readonly #package: PackageModel
  readonly #store: CloudStore
  readonly #look: SharedLook
  readonly #operators: readonly string[]

  /** `operators`: ranges from which calls come. */
  constructor (pack: PackageModel, look: SharedLook, operators: readonly string[] = []) {
    this.#package = pack
    this.#look = look
    this.#store = look.store
    this.#operators = operators
  }

  async find (query: CloudQuery): Promise<CloudRecord[]> {
    return (await findIn(this.#store, query)).map((record) => withProviderId(this.#package, record))
  }

  /**
   * Asks for several things at once, and for what is around by a look that others share. Throws
   * when the answer says that the cloud cannot be reached.
   */
  async reach (
    queries: CloudQuery[],
    instance: Instance,
    around: CloudQuery[] = []
  ): Promise<CloudRecord[]> {
    const { reachable } = this.#package
    const all = reachable ? [...queries, ...reachable.looksAt(instance, this.#operators)] : queries
    const records = await this.find(all.length === 1 && all[0] ? all[0] : { any: all })
    reachable?.check(instance, records, this.#operators)
    if (around.length === 0) return records
    const shared = await this.#look.find(around)
    return joined(records, shared.map((record) => withProviderId(this.#package, record)))
  }

  /** Query for the record of a resource. */
  queryOf (subject: RecordSubject): CloudQuery {
    return {
      pkg: this.#package.pkg,
      type: subject.type,
      id: this.#storedId(subject, subject.region),
      account: subject.account
    }
  }

  /** The record of a resource among those that a query brought. */
  ownIn (records: CloudRecord[], subject: RecordSubject): CloudRecord | undefined {
    return records.find((record) => isRecordOf(this.#package, record, subject))
  }

  /** Stores a draft and, in the same step, what the cloud makes along with it. */
  async put (draft: Draft, { inputs, outputs, own, along }: Putting): Promise<void> {
    const region = modelOf(this.#package, draft.type)?.global ? '' : draft.region
    const record = {
      id: this.#storedId(draft, region),
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
    }
    await this.#store.put(record, ...along)
  }

  /** Gives a record other outputs. */
  async change (subject: { urn: string }, own: CloudRecord, outputs: WireObject): Promise<void> {
    await this.#store.put({ ...own, id: this.#idOf(subject, own), outputs })
  }

  /** Deletes a record; `now`: what its cloud keeps of it is kept from then on. */
  async delete (subject: { urn: string }, own: CloudRecord, now?: Date): Promise<void> {
    const { pkg, account, type } = own
    const kept = now && keptRecord(this.#package, own, now)
    if (kept) await this.#store.put(kept)
    await this.#store.delete({ pkg, account, type, id: this.#idOf(subject, own) })
  }

  /** How often a resource that no cloud keeps was deleted, where that matters. */
  async deletions (urn: string): Promise<number> {
    return await deletions(this.#package, urn, (query) => this.#store.find(query))
  }

  /** Counts the deletion of a resource that no cloud keeps, where that matters. */
  async countDeletion (urn: string, now: Date): Promise<void> {
    if (!this.#package.anew) return
    await this.#store.put(deletionRecord(this.#package, urn, await this.deletions(urn) + 1, now))
  }

  /** Deletes the records, of any package, that go away with another one. */
  async sweep (query: CloudQuery, goes: (other: CloudRecord) => boolean, now: Date): Promise<void> {
    for (const other of await findIn(this.#store, query)) {
      if (isMemory(other) || !goes(other)) continue
      const kept = other.pkg === this.#package.pkg ? keptRecord(this.#package, other, now) : undefined
      if (kept) await this.#store.put(kept)
      await this.#store.delete(other)
    }
  }

  #storedId (subject: { type: string, urn: string, id: string }, region: string): string {
    return storedId(this.#package, subject, subject.id, region)
  }

  #idOf ({ urn }: { urn: string }, own: CloudRecord): string {
    return this.#storedId({ urn, type: own.type, id: own.id }, own.region)
  }
}
