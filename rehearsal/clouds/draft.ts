/** A resource on its way into a simulated cloud, and what its model may look at. */
import { type CloudRecord } from '../store.ts'
import { type WireObject, type WireValue } from '../wire.ts'
import { type Caller } from './caller.ts'
import { type Identifiers } from './identifiers.ts'

/** Location of a resource. */
export interface Place {
  /** Account, project, subscription, or the address of the cluster's API server. */
  account: string
  /** Region in the cloud's own spelling; empty for what is global. */
  region: string
}

/** A configured provider instance, with the place of resources that do not name another. */
export interface Instance extends Place {
  /** Configuration in plain values, without the marks of secrets. */
  config: WireObject
  /**
   * Authority that the API server's certificate has to come from (kubernetes). Read out of the
   * configuration once, since every operation on an object asks for it.
   */
  authority?: string
  /** True while the place depends on a value that is not known yet (previews). */
  unknown?: boolean
  /** Nobody prepared the account: what has to be switched on or made first is checked. */
  fresh?: boolean
  /** Grants take effect after a while: the world's time says when they were made. */
  late?: boolean
  /** Identity that the configuration names; absent in packages without one (tls, random). */
  caller?: Caller
}

/**
 * A resource as its model sees it. Inputs are plain: no marks of secrets, no nulls, no keys that
 * begin with `__`. Everything derived from a draft is the same each time for the same resource.
 */
export interface Draft extends Place {
  /** Pulumi type token. */
  type: string
  urn: string
  /** Last part of the URN: the name that the program gave. */
  urnName: string
  inputs: WireObject
  /** Physical name: the value of the name property, or the URN's name where there is none. */
  name: string
  /** The provider's id; empty until the model's `id` gave it. */
  id: string
  /** Time of creation: ISO 8601, whole seconds. */
  created: string
  /** See `CloudRecord`; follows from the seed, the URN and the inputs of the creation. */
  incarnation: string
  /**
   * Source of everything that the cloud makes up. Before the id is known it follows from seed,
   * incarnation, URN and place; afterwards from type, account, id and incarnation.
   */
  make: Identifiers
  /** The provider instance that was asked. */
  instance: Instance
  /** Outputs before an update; absent in a creation. */
  previous?: WireObject
}

/** Records that the operation's one query brought, and ways to find one among them. */
export interface Found {
  /** All of them. */
  all(): readonly CloudRecord[]
  /** Records of a type. */
  of(type: string): CloudRecord[]
  /** The record with this id, of any type. */
  id(id: string): CloudRecord | undefined
  /** The record of a type that a reference's value means: its id, name, ARN or self link. */
  by(type: string | string[], value: WireValue | undefined): CloudRecord | undefined
}

/** An error as a cloud's API gives it, before its provider words it. */
export interface Failure {
  /** HTTP status. */
  status: number
  /** The API's own error code, such as `InvalidSubnet.Conflict`. */
  code: string
  /** The API's own message. */
  message: string
}
