/**
 * What describes a simulated cloud: one PackageModel a package, and in it a ResourceModel for each
 * type that needs more than conventions.
 */
import { type CheckFailure, type ProviderError } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject, type WireValue } from '../wire.ts'
import { type Identifiers } from './identifiers.ts'
import { type PropertyFacts, type TypeFacts } from './schema-table.ts'

/** The packages that are simulated. */
export type PackageName = 'aws' | 'gcp' | 'azure-native' | 'kubernetes' | 'tls' | 'random'

/** What is done to a resource, as errors and faults name it. */
export type Operation = 'create' | 'update' | 'delete' | 'read'

/**
 * Where a resource lives. `region` is empty for what is global; `account` is the account, project,
 * subscription, or the cluster's endpoint.
 */
export interface Place {
  account: string
  region: string
}

/**
 * A configured provider instance: its default place, and its configuration without secrets'
 * wrappers.
 */
export interface Instance extends Place {
  config:
    WireObject /** What an API server has to show a certificate of (kubernetes), read out of the configuration once: every object's operation asks. */
  authority?: string /** True while the place depends on something that is not known yet (previews). */
  unknown?: boolean
}

/**
 * A resource as its model sees it: inputs are plain (no secret wrappers, no nulls, no `__` keys),
 * everything derived is stable for the same resource.
 */
export interface Draft extends Place {
  type: string
  urn: string
  /** The URN's name. */
  urnName: string
  inputs: WireObject
  /** The physical name: the name property's value, else the URN's name. */
  name: string
  /** Empty until the model's `id` gave it. */
  id: string
  /** When it was made (ISO 8601, whole seconds). */
  created: string
  /** As in the record: follows from seed, URN and the inputs it was created with. */
  incarnation: string
  /**
   * Before `id` is known: derived from seed, incarnation, URN and place; afterwards: from type,
   * account, id and incarnation.
   */
  make: Identifiers
  instance: Instance
  /** Outputs before an update. */
  previous?: WireObject
}

/** What one query brought: everything an operation may look at. */
export interface Found {
  /** Records of a type. */
  of(type: string): CloudRecord[]
  /** The record with this id, whatever its type. */
  id(id: string): CloudRecord | undefined
  /** The record that a reference's value (id, name, ARN, self link) means. */
  by(type: string | string[], value: WireValue | undefined): CloudRecord | undefined
}

/** A property that names another resource. */
export interface Reference {
  /** Dotted path into the inputs; `[]` for each element. */
  path: string
  /** Pulumi type tokens that it may be. */
  types: string[]
  /** May be in another region or account. */
  anywhere?: boolean
  /** Whether the other has to be there (default true). */
  checked?: boolean
  /** Whether the other cannot be deleted while this exists (default true). */
  holds?: boolean
  /** Values that are never looked for: what exists without having been made. */
  except?: RegExp
  /** How the cloud says that it is not there. */
  missing?: (value: string, draft: Draft) => Failure
}

/** An error as a cloud's API gives it, before it is worded. */
export interface Failure {
  status: number
  code: string
  message: string
}

/** Names: which property holds it, how one is made up, and what the cloud accepts. */
export interface NameRule {
  property: string
  /**
   * `random`: URN name and random digits; `copy`: the URN's name; `uuid`; `none`: nothing is made
   * up.
   */
  auto: 'random' | 'copy' | 'uuid' | 'none'
  separator?: string
  /** Longest name; a longer URN name is cut before the digits are appended. */
  max?: number
  lower?: boolean
  /** Hexadecimal digits that are appended (7 after a separator, 8 without one). */
  digits?: number
  /** What a name must match, and the cloud's words for it. */
  pattern?: RegExp
  rule?: string
}

/** A quota that creating one counts against. */
export interface QuotaUse {
  /** Key in the quota table. */
  quota: string
  /** Types that count; the type itself when absent. */
  types?: string[]
  /** Units that one resource takes (default 1). */
  units?: (inputs: WireObject, type: string) => number
}

/** What one type does beyond the conventions of its package. Everything is optional. */
export interface ResourceModel {
  name?: NameRule
  /** Global: not bound to a region. */
  global?: boolean
  /**
   * Physical names are taken: in the account and region, in the account, or by anyone. Absent:
   * names may repeat.
   */
  unique?: 'region' | 'account' | 'world'
  /**
   * Making what is there already succeeds (a service that is switched on, a role that is granted):
   * each owner has a record of its own.
   */
  shared?: boolean
  /** How the cloud says that the name is taken. */
  taken?: (draft: Draft) => Failure
  /** The provider's id; the package's convention when absent. */
  id?: (draft: Draft) => string
  /** Inputs (top-level names or dotted paths) whose change replaces, added to the table's. */
  immutable?: string[]
  /**
   * Inputs whose change replaces only from these values to those (a range that moves, but not one
   * that grows).
   */
  replacesWhen?: (olds: WireObject, news: WireObject) => string[]
  /** Inputs that change in place although the table or the convention says that they replace. */
  mutable?: string[]
  /** Values the provider fills in at check. */
  defaults?: (inputs: WireObject, instance: Instance) => WireObject
  /** Failures at check; unknown values must pass. */
  check?: (inputs: WireObject) => CheckFailure[]
  references?: Reference[]
  /** What else a create or update has to look at. */
  looksAt?: (draft: Draft) => CloudQuery[]
  /** Throws what the cloud would refuse; `fail` words it. */
  validate?: (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError) => void
  /** Outputs beyond the inputs and the table's computed ones. */
  outputs?: (draft: Draft, found: Found) => WireObject
  /**
   * Dotted paths of what the cloud fills in inside objects that the program gives: unknown in the
   * preview of a new resource.
   */
  filledIn?: string[]
  /** Outputs that are secret, added to the table's. */
  secrets?: string[]
  quota?: QuotaUse[]
  /** Why it cannot be deleted by itself (deletion protection), given the record. */
  refusesDelete?: (record: CloudRecord) => Failure | undefined
  /** What goes away with it. */
  sweeps?: (record: CloudRecord) => { query: CloudQuery, goes: (other: CloudRecord) => boolean }
}

/** What an invoke has at hand. */
export interface InvokeContext {
  args: WireObject
  instance: Instance
  find: (query: CloudQuery) => Promise<CloudRecord[]>
  quotas: Quotas
  fail: (failure: Failure, operation: string) => ProviderError
  /** ISO 8601. */
  now: string
}
/** One function of a package; gives its result, in wire form. */
export type Invoke = (context: InvokeContext) => WireObject | Promise<WireObject>

/** Limits by quota key. */
export type Quotas = Record<string, { limit: number, name: string, per: 'region' | 'account' }>

/** One simulated package. */
export interface PackageModel {
  pkg: PackageName
  cloud: 'aws' | 'gcp' | 'azure' | 'kubernetes' | undefined
  /** Nothing is kept in the cloud: state is all there is (tls, random). */
  stateOnly?: boolean
  models: Record<string, ResourceModel>
  /** The model of a type that is not in `models`. */
  modelOf?: (type: string) => ResourceModel | undefined
  invokes: Record<string, Invoke>
  /**
   * A provider resource's configuration; throws ProviderError when it cannot work. `config` is
   * plain, JSON-encoded values decoded.
   */
  configure: (config: WireObject) => Instance
  /** Failures of a configuration. */
  checkConfig?: (config: WireObject) => CheckFailure[]
  /** Config inputs whose change replaces the provider, and with it everything in it. */
  replacingConfig: string[]
  /** Config inputs whose change replaces only from these values to those. */
  replacesConfigWhen?: (olds: WireObject, news: WireObject) => string[]
  place: (inputs: WireObject, instance: Instance, type: string) => Place
  /** The name rule of a type without one of its own. */
  nameRule: (type: string, facts: TypeFacts | undefined) => NameRule | undefined
  /**
   * The id that a record is stored under, where the provider's ids repeat from region to region;
   * the id itself when absent.
   */
  storedId?: (id: string, region: string) => string
  /** The id by convention. */
  id: (draft: Draft) => string
  /** A computed output by convention. */
  computed: (draft: Draft, property: PropertyFacts) => WireValue
  /** Whether a change of an input replaces, by the package's conventions. */
  replaces: (path: string, type: string, facts: TypeFacts | undefined, instance: Instance) => boolean
  /**
   * Whether a replacement has to delete first. `named`: the physical name was given, not made up,
   * and stays the same.
   */
  deletesFirst: (named: boolean) => boolean
  /** Ids and names that a reference's value may mean. */
  candidates: (value: string) => string[]
  /** Further queries of every create and update (parents, the cluster). */
  looksAt?: (draft: Draft) => CloudQuery[]
  validate?: (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError) => void
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
  /** Outputs for every type (default tags, labels). */
  outputs?: (draft: Draft, facts: TypeFacts | undefined) => WireObject
  /**
   * Before any operation on the cloud: throws when it cannot be reached. Its query is part of the
   * operation's own.
   */
  reachable?: {
    looksAt: (instance: Instance) => CloudQuery[]
    check: (instance: Instance, found: CloudRecord[]) => void
  }
  /** An API error in this cloud's words. */
  fail: (
    failure: Failure,
    operation: Operation,
    type: string,
    name: string,
    make: Identifiers,
    place?: Place
  ) => ProviderError
  /** What the cloud answers for a fault, a quota that is used up, or something still in use. */
  failures: {
    invalid: (message: string) => Failure
    throttled: () => Failure
    overQuota: (quota: string, limit: number, place: Place, type: string) => Failure
    inUse: (record: CloudRecord, user: CloudRecord) => Failure
    notFound: (value: string, types: string[], place: Place) => Failure
    taken: (draft: Draft) => Failure
  }
}
