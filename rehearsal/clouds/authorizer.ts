/**
 * Decides whether a cloud takes a call from whoever makes it. Who that is and what they may do is
 * read from the world once for each caller, and again after this unit changed it: other units
 * change the identities that deploy only in phase 1, which every unit of a later phase comes after.
 */
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Caller, callerKey } from './caller.ts'
import { type Failure, type Instance } from './draft.ts'
import { findIn } from './finding.ts'
import { type ActingAs, type Call, type Identifying, type Identity } from './identity-model.ts'
import { type CallCounter } from './judged-calls.ts'
import { effective } from './late-grants.ts'
import { type PackageModel } from './package-model.ts'
import { Registrations } from './registrations.ts'

/** A call, and everything that finding its maker goes by. */
export interface HeardCall {
  readonly pack: PackageModel
  readonly identifying: Identifying
  readonly call: Call
}

interface Parts {
  find: (query: CloudQuery) => Promise<CloudRecord[]>
  actingAs: ActingAs
  /** Identities that the federation makes. */
  made: readonly string[]
  /** See `Identifying`. */
  applications?: Readonly<Record<string, string>> | undefined
  counter: CallCounter
  /** Takes each call before it is judged. */
  heard?: ((heard: HeardCall) => void) | undefined
  now: () => Date
  /** Tells if a record is there for the operation that asks. @default always */
  there?: (record: CloudRecord) => boolean
  /** Nobody prepared the accounts: services have to be switched on. */
  fresh: boolean
  /** Keeps what the cloud makes along with a call. */
  note: (record: CloudRecord) => Promise<void>
}

/** Types whose resources switch services on and off. */
const switchTypes: ReadonlySet<string> = new Set(['gcp:projects/service:Service'])

/** The identities of one unit's calls. */
export class Authorizer {
  readonly #parts: Parts
  readonly #identities = new Map<string, Promise<Identity>>()
  /** Caller -> when the next of their grants takes effect, milliseconds since the epoch. */
  readonly #pending = new Map<string, number>()
  readonly #registrations: Registrations

  constructor (parts: Parts) {
    this.#parts = parts
    this.#registrations = new Registrations(parts.find, parts.there)
  }

  /** Resolves with the cloud's own refusal; undefined for a call that it takes. */
  async refusalOf (pack: PackageModel, call: Call): Promise<Failure | undefined> {
    if (!pack.identities || call.instance.unknown) return undefined
    const { counter, heard } = this.#parts
    const identity = await this.identityOf(pack, call.instance)
    if (!identity) return undefined
    const { caller } = call.instance
    const hears = (asked: Call): void => {
      if (heard && caller) {
        heard({ pack, identifying: this.#identifying(pack, asked.instance, caller), call: asked })
      }
    }
    hears(call)
    const off = await this.#switchedOff(pack, call, identity, hears)
    if (off) {
      counter.evaluated()
      return off
    }
    if (identity.refused) {
      counter.evaluated()
      return identity.refused
    }
    if (identity.administrator) {
      counter.unrestricted()
      return undefined
    }
    const judgement = identity.judge(call)
    if (judgement.kind === 'unknown') {
      counter.unknown(`${call.type}: ${judgement.why}`)
      return undefined
    }
    counter.evaluated()
    return judgement.kind === 'denied' ? judgement.failure : undefined
  }

  /** The refusal of a call to a service that is off, and that its caller cannot switch on. */
  async #switchedOff (
    pack: PackageModel,
    call: Call,
    identity: Identity,
    hears: (asked: Call) => void
  ): Promise<Failure | undefined> {
    const model = pack.registrations
    if (!this.#parts.fresh || !model) return undefined
    const { service, unknown } = model.serviceOf(call)
    if (unknown !== undefined) this.#parts.counter.unknown(`${call.type}: ${unknown}`)
    if (service === undefined || await this.#registrations.isOn(model, pack.pkg, call, service)) {
      return undefined
    }
    const switching = model.switchesOn?.(call, service, this.#parts.now())
    if (!switching) return model.refusal(call, service)
    hears(switching.asks)
    const judgement = identity.judge(switching.asks)
    if (judgement.kind === 'denied') return judgement.failure
    await this.#parts.note(switching.record)
    this.#registrations.changed()
    return undefined
  }

  /** Finds whoever an instance's calls are made by. */
  async identityOf (pack: PackageModel, instance: Instance): Promise<Identity | undefined> {
    const { identities } = pack
    const { caller } = instance
    if (!identities || !caller || instance.unknown) return undefined
    const key = [pack.pkg, instance.account, callerKey(caller)].join('\n')
    const known = this.#identities.get(key)
    const now = this.#parts.now()
    if (known && now.getTime() < (this.#pending.get(key) ?? Infinity)) return known
    const identifying = this.#identifying(pack, instance, caller)
    const found = this.#find(identities.looksAt(identifying)).then((all) => {
      const { records, until } = effective(all, { late: instance.late, now })
      if (until === undefined) this.#pending.delete(key)
      else this.#pending.set(key, until)
      return identities.identify(identifying, records)
    })
    this.#identities.set(key, found)
    // A look that failed is made again.
    found.catch(() => this.#identities.delete(key))
    return found
  }

  #identifying ({ cloud }: PackageModel, instance: Instance, caller: Caller): Identifying {
    const { actingAs: acting, made, applications, now } = this.#parts
    const actingAs = cloud && cloud !== 'kubernetes' ? acting[cloud] : undefined
    return { caller, instance, actingAs, acting, made, applications, now: now() }
  }

  /** Forgets identities that a resource which was made, changed or deleted may concern. */
  async changed (resource: { type: string, inputs: WireObject, id: string }): Promise<void> {
    if (switchTypes.has(resource.type)) this.#registrations.changed()
    for (const [key, identity] of this.#identities) {
      if ((await identity).affectedBy(resource)) this.#identities.delete(key)
    }
  }

  async #find (queries: CloudQuery[]): Promise<CloudRecord[]> {
    return queries.length === 0 ? [] : await this.#parts.find({ any: queries })
  }
}

/** Asks a store as `findIn` does. */
export function asking (store: Parameters<typeof findIn>[0]): Parts['find'] {
  return (query) => findIn(store, query)
}
