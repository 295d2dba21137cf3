/**
 * Tries a removal of a grant without deploying anything: every call of the federation's life that
 * the grant may be needed for is judged again, as the clouds judge it, over records without it.
 */
import { callerKey } from '../../../rehearsal/clouds/caller.ts'
import type { RefusedCloudCall } from '../../../rehearsal/clouds/duties/cloud-calls/refused-call.ts'
import {
  cloudCallQueries,
  refusedCloudCalls
} from '../../../rehearsal/clouds/duties/cloud-calls/refused-cloud-calls.ts'
import type { Identity } from '../../../rehearsal/clouds/identity-model.ts'
import { matches } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import type { CloudQuery, CloudRecord } from '../../../rehearsal/store.ts'
import { bareOf } from './bare.ts'
import type { LifeCall } from './life.ts'
import type { Removal } from './removal.ts'

/** Somebody, what says who they are and what they may do, and their calls. */
interface Maker {
  readonly queries: readonly CloudQuery[]
  readonly calls: readonly LifeCall[]
  identify(records: CloudRecord[]): Identity
}

/** The makers of calls, each once. */
function makersOf (calls: readonly LifeCall[]): Maker[] {
  const makers = new Map<string, Maker & { calls: LifeCall[] }>()
  for (const one of calls) {
    const { pack, identifying } = one.heard
    const { caller, instance, actingAs } = identifying
    const key = JSON.stringify([pack.pkg, instance.account, callerKey(caller), actingAs])
    const known = makers.get(key)
    if (known) {
      known.calls.push(one)
      continue
    }
    const queries = pack.identities?.looksAt(identifying) ?? []
    makers.set(key, {
      queries,
      calls: [one],
      identify: (records) => {
        const seen = records.filter((record) => queries.some((query) => matches(record, query)))
        const identity = pack.identities?.identify(identifying, seen)
        if (!identity) throw new RangeError(`${pack.pkg} has no identities`)
        return identity
      }
    })
  }
  return [...makers.values()]
}

/** The first refusal that an identity's calls meet. */
function firstRefusal (identity: Identity, calls: readonly LifeCall[]): string | undefined {
  for (const { unit, heard: { call } } of calls) {
    const judgement = identity.judge(call)
    const failure = identity.refused ?? (judgement.kind === 'denied' ? judgement.failure : undefined)
    if (failure) return `${unit}: ${call.operation} ${call.type}: ${failure.code}: ${failure.message}`
  }
  return undefined
}

/**
 * The first refusal of a call that reads once, when its maker has only what was there at the time:
 * what is granted later does not help it.
 */
function earlyRefusal ({ identify, calls }: Maker, records: CloudRecord[], at: number): string | undefined {
  const once = calls.filter(({ heard, seen }) => heard.call.urn === undefined && seen > at)
  for (const call of once) {
    const refusal = firstRefusal(identify(records.slice(0, call.seen)), [call])
    if (refusal !== undefined) return refusal
  }
  return undefined
}

const asksAbout = (record: CloudRecord): boolean => cloudCallQueries.some((query) => matches(record, query))
const askedAbout = (records: readonly CloudRecord[]): CloudRecord[] => records.filter(asksAbout)
const told = ({ claim, from, why }: RefusedCloudCall): string => `${claim}: ${from}: ${why}`

/** Refusals of calls that workloads and services make, where what is taken out may say of them. */
function refusedWorkloads (own: CloudRecord, records: readonly CloudRecord[]): string[] {
  return asksAbout(own) ? refusedCloudCalls(askedAbout(records)).map(told) : []
}

/** Judges the calls of a life without one grant or another. */
export class Replay {
  readonly #records: readonly CloudRecord[]
  readonly #makers: readonly Maker[]

  constructor (records: readonly CloudRecord[], calls: readonly LifeCall[]) {
    this.#records = records
    this.#makers = makersOf(calls)
  }

  /** Lists calls that are refused with every grant in place: their makers lack something. */
  lacking (): string[] {
    const own = this.#makers.flatMap((maker) => {
      const refusal = firstRefusal(maker.identify([...this.#records]), maker.calls)
      return refusal === undefined ? [] : [refusal]
    })
    return [...own, ...refusedCloudCalls(askedAbout(this.#records)).map(told)]
  }

  /** The cloud's refusal of a call that needs what is removed; undefined: no call does. */
  refusalOf (removal: Removal): string | undefined {
    const bare = bareOf(this.#records, removal)
    if (!bare) return undefined
    const [workload] = refusedWorkloads(bare.own, bare.records)
    if (workload !== undefined) return workload
    const at = this.#records.indexOf(bare.own)
    for (const maker of this.#makers) {
      if (!maker.queries.some((query) => matches(bare.own, query))) continue
      const refusal = firstRefusal(maker.identify(bare.records), maker.calls) ??
        earlyRefusal(maker, bare.records, at)
      if (refusal !== undefined) return refusal
    }
    return undefined
  }
}
