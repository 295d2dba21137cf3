/** The model of a package's identities: who calls, and what they may do. */
import type { FaultOperation } from '../../contract/words.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Caller, type IdentityCloud } from './caller.ts'
import { type Failure, type Instance, type Place } from './draft.ts'

/** A call that somebody makes. */
export interface Call extends Place {
  operation: FaultOperation
  /** Pulumi type token, or the token of a function. */
  type: string
  /** Name of the resource in its stack; absent for functions. */
  urn?: string
  /** Inputs or arguments in plain values. */
  inputs: WireObject
  /** The provider's id; empty for what is not made yet. */
  id: string
  /** Outputs so far; absent where there are none. */
  outputs?: WireObject
  instance: Instance
}

/** Result of looking at a call. */
export type Judgement =
  | { readonly kind: 'allowed' }
  /** The cloud refuses the call, in its own words. */
  | { readonly kind: 'denied', readonly failure: Failure }
  /** Nothing known says whether the cloud takes the call. */
  | { readonly kind: 'unknown', readonly why: string }

export const allowed: Judgement = { kind: 'allowed' }

/** Somebody in a world. */
export interface Identity {
  /** Name in the cloud's own words: an ARN, an address, an object id. */
  readonly name: string
  /** Everything is allowed, and nothing had to be looked up. */
  readonly administrator?: boolean
  /** Reason why nobody can act as this identity. */
  readonly refused?: Failure
  judge(call: Call): Judgement
  /** Tells if a resource that was made, changed or deleted may change what the identity may do. */
  affectedBy(resource: { type: string, inputs: WireObject, id: string }): boolean
}

/**
 * Identities of the unit itself by cloud, which act where a configuration names none. Null: one
 * that may do nothing but act as another.
 */
export type ActingAs = Readonly<Partial<Record<IdentityCloud, string | null>>>

/** Everything that finding an identity goes by. */
export interface Identifying {
  caller: Caller
  instance: Instance
  /**
   * Identity of the unit itself: a role's ARN, a service account's address, a managed identity's
   * resource id. Undefined: the unit acts as an administrator; null: as somebody who may only
   * act as others.
   */
  actingAs: string | null | undefined
  /** The unit's identities in all clouds. */
  acting: ActingAs
  /** Identities that the federation makes: where one is missing, nobody can act as it. */
  made: readonly string[]
  /**
   * Client ids by which the federation's file names identities that the federation makes, with
   * their resource ids: what a rehearsal makes has another. Undefined: nobody knows.
   */
  applications: Readonly<Record<string, string>> | undefined
  /** Time of the call. */
  now: Date
}

/** Identities of one cloud. */
export interface IdentityModel {
  /** Queries for all that says who a caller is and what they may do: asked once a caller. */
  looksAt: (identifying: Identifying) => CloudQuery[]
  identify: (identifying: Identifying, records: CloudRecord[]) => Identity
  /** Ids of resources follow from their names, so that refusals of a creation name them. */
  idsFollowNames?: boolean
}

/** An identity that may do everything: whoever made the account. */
export function administrator (name: string): Identity {
  return { name, administrator: true, judge: () => allowed, affectedBy: () => false }
}
