/** The model of a package: the conventions of one provider, and the models of its types. */
import type { FaultCloud, FaultOperation } from '../../contract/words.ts'
import { type CheckFailure, type ProviderError } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject, type WireValue } from '../wire.ts'
import { type Draft, type Failure, type Found, type Instance, type Place } from './draft.ts'
import { type Identifiers } from './identifiers.ts'
import { type IdentityModel } from './identity-model.ts'
import { type RegistrationModel } from './registrations.ts'
import { type NameRule, type ResourceModel } from './resource-model.ts'
import { type PackageName, type PropertyFacts, type TypeFacts } from './schema-table.ts'

/** A limit on how many units of something may exist at once. */
export interface Quota {
  /** Limit in force: that of an account which runs production clusters. */
  limit: number
  /** Published limit of a new account. */
  initial: number
  /** The cloud's own name for the quota. */
  name: string
  /** Scope in which resources are counted together. */
  per: 'region' | 'account'
}

/** Quotas by key. */
export type Quotas = Record<string, Quota>

/** Everything that a function of a package may use. */
export interface InvokeContext {
  /** Arguments in plain values. */
  args: WireObject
  /** The provider instance that was asked. */
  instance: Instance
  find: (query: CloudQuery) => Promise<CloudRecord[]>
  quotas: Quotas
  /** Words an API error of an operation, such as `DescribeCluster`. */
  fail: (failure: Failure, operation: string) => ProviderError
  /** Current time: ISO 8601. */
  now: string
  /** Keeps what the cloud makes because it was asked. */
  note: (record: CloudRecord) => Promise<void>
  /** Finds whoever asks, by the cloud's own name. */
  who: () => Promise<string>
}

/** One function of a package; gives its result in wire form. */
export type Invoke = (context: InvokeContext) => WireObject | Promise<WireObject>

/** Errors that every package has, in the words of its cloud. */
export interface PackageFailures {
  /** The request is wrong; also what a fault of kind `fail` gives. */
  invalid: (message: string) => Failure
  /** HTTP status of a code that a fault names; undefined: that of what it gives otherwise. */
  statusOf?: (code: string) => number | undefined
  /** The caller's credentials are not, or no longer, taken. */
  denied: () => Failure
  /** Too many requests. */
  throttled: () => Failure
  /** A quota is used up. */
  overQuota: (quota: string, limit: number, place: Place, type: string) => Failure
  /** A record cannot be deleted while another one uses it. */
  inUse: (record: CloudRecord, user: CloudRecord) => Failure
  /** A referenced resource, or the resource itself, does not exist. */
  notFound: (value: string, types: string[], place: Place) => Failure
  /** The id or name of a new resource is taken. */
  taken: (draft: Draft) => Failure
}

/** A precondition of every operation: the way to the cloud itself. */
export interface Reachability {
  /** Queries whose answer tells; they are part of the operation's own query. */
  looksAt: (instance: Instance, operators: readonly string[]) => CloudQuery[]
  /**
   * Throws when the cloud cannot be reached from one of the operators' ranges; without any, from
   * nowhere in particular.
   */
  check: (instance: Instance, found: CloudRecord[], operators: readonly string[]) => void
}

/**
 * One simulated package: how its provider configures itself, names, places, compares and refuses.
 */
export interface PackageModel {
  pkg: PackageName
  /** Cloud that faults name; undefined for packages without one. */
  cloud: FaultCloud | undefined
  /** Resources exist in the state only: nothing is kept in the cloud (tls, random). */
  stateOnly?: boolean
  /** What is made again after a deletion is something else, although its inputs are the same. */
  anew?: boolean
  /**
   * Tells that an operation is one call, although the duration of its type is that of others which
   * have to become ready.
   */
  atOnce?: (type: string, inputs: WireObject) => boolean
  /** Models by type token. */
  models: Record<string, ResourceModel>
  /** Model of a type that is not in `models`. */
  modelOf?: (type: string) => ResourceModel | undefined
  /** Functions by token. */
  invokes: Record<string, Invoke>

  /**
   * Instance that a configuration makes. Its values are plain, and JSON in text is decoded. Throws
   * a ProviderError for one that cannot work.
   */
  configure: (config: WireObject) => Instance
  /** Failures of a configuration. */
  checkConfig?: (config: WireObject) => CheckFailure[]
  /** Configuration whose change replaces the provider, and with it everything that it made. */
  replacingConfig: string[]
  /** Configuration whose change replaces for these values only. */
  replacesConfigWhen?: (olds: WireObject, news: WireObject) => string[]

  /** Place of a resource. */
  place: (inputs: WireObject, instance: Instance, type: string) => Place
  /** Name rule of a type whose model has none. */
  nameRule: (type: string, facts: TypeFacts | undefined) => NameRule | undefined
  /** Id of a type whose model has none. */
  id: (draft: Draft) => string
  /**
   * Id that a record is stored under, where the provider's own ids repeat from region to region.
   * The id itself when absent.
   */
  storedId?: (id: string, region: string) => string
  /** Ids and names that a reference's value may mean. */
  candidates: (value: string) => string[]

  /** Failures at check for every type. */
  check?: (inputs: WireObject, type: string, facts: TypeFacts | undefined) => CheckFailure[]
  /** Defaults at check for every type; `find` looks into the cloud. */
  defaults?: (
    inputs: WireObject,
    instance: Instance,
    type: string,
    facts: TypeFacts | undefined,
    find: (query: CloudQuery) => Promise<CloudRecord[]>
  ) => Promise<WireObject>
  /**
   * Tells if a change of the input at a path replaces, by the package's conventions. `after` is the
   * value that comes, absent for one that goes.
   */
  replaces: (
    path: string,
    type: string,
    facts: TypeFacts | undefined,
    instance: Instance,
    after: WireValue | undefined
  ) => boolean
  /**
   * Tells if a replacement deletes first. `named`: the physical name was given and stays the same.
   */
  deletesFirst: (named: boolean, type: string) => boolean

  /** Names what nothing says about a new resource, for the count of what was not judged. */
  unknown?: (type: string, inputs: WireObject) => string | undefined

  /** Further records that every create and update looks at (parents, the cluster). */
  looksAt?: (draft: Draft) => CloudQuery[]
  /** Throws what the cloud refuses for every type; `fail` words the error. */
  validate?: (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError) => void
  /** Value of a computed output by convention. */
  computed: (draft: Draft, property: PropertyFacts) => WireValue
  /** Outputs for every type (default tags, labels). */
  outputs?: (draft: Draft, facts: TypeFacts | undefined) => WireObject

  /** Finds where what a provider instance talks to runs, when that is in another cloud. */
  hostOf?: (
    instance: Instance,
    find: (query: CloudQuery) => Promise<CloudRecord[]>
  ) => Promise<{ cloud: FaultCloud, region: string } | undefined>
  /** Identities that make calls, and what they may do; absent where nobody asks. */
  identities?: IdentityModel
  /** Services that have to be switched on; absent where all are. */
  registrations?: RegistrationModel
  /** Present where a cloud may be out of reach. */
  reachable?: Reachability
  /** Words an API error as this cloud's provider does. */
  fail: (
    failure: Failure,
    operation: FaultOperation,
    type: string,
    name: string,
    make: Identifiers,
    place?: Place
  ) => ProviderError
  failures: PackageFailures
}

/** Model of a type, from the table or by convention. */
export function modelOf (pack: PackageModel, type: string): ResourceModel | undefined {
  return pack.models[type] ?? pack.modelOf?.(type)
}
