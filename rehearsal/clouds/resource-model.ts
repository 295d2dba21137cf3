/**
 * The model of one resource type: what it does beyond the conventions of its package. A table by
 * type token holds one for each type that needs it; every field is optional, and a type without a
 * model follows the conventions alone.
 */
import { type CheckFailure, type ProviderError } from '../provider.ts'
import { type CloudQuery, type CloudRecord } from '../store.ts'
import { type WireObject } from '../wire.ts'
import { type Draft, type Failure, type Found, type Instance } from './draft.ts'

/** A property that names another resource. */
export interface Reference {
  /** Dotted path into the inputs; `[]` after a segment stands for each element of a list. */
  path: string
  /** Type tokens that the other resource may have. */
  types: string[]
  /**
   * The other may be in another region or account.
   * @default false
   */
  anywhere?: boolean
  /**
   * Refuse a create or update while the other does not exist.
   * @default true
   */
  checked?: boolean
  /**
   * Refuse to delete the other while this resource exists.
   * @default true
   */
  holds?: boolean
  /**
   * Values that are not looked for, because they exist without being made (`local`, AWS' own
   * policies).
   */
  except?: RegExp
  /** Error for a missing resource; the package's own `notFound` when absent. */
  missing?: (value: string, draft: Draft) => Failure
}

/** A reference to resources of one type. */
export function refersTo (
  path: string,
  type: string,
  options: Omit<Reference, 'path' | 'types'> = {}
): Reference {
  return { path, types: [type], ...options }
}

/** Physical names of a type: where they are, how one is made up, what the cloud accepts. */
export interface NameRule {
  /** Dotted path of the input that holds the name. */
  property: string
  /**
   * Name that is made up when none is given: the URN's name with digits that look `random`, a
   * `copy` of the URN's name, a `uuid`, or `none`.
   */
  auto: 'random' | 'copy' | 'uuid' | 'none'
  /**
   * Text between the URN's name and the digits.
   * @default '-'
   */
  separator?: string
  /** Longest name. A longer URN name is cut before the digits are appended. */
  max?: number
  /** Write made-up names in lower case. */
  lower?: boolean
  /**
   * Hexadecimal digits that are appended.
   * @default 7, or 8 without a separator
   */
  digits?: number
  /** Pattern that a name has to match. */
  pattern?: RegExp
  /** The cloud's own words for the pattern. */
  rule?: string
}

/** A quota that each resource of a type counts against. */
export interface QuotaUse {
  /** Key in the table of quotas. */
  quota: string
  /** Types that share the quota; only the type itself when absent. */
  types?: string[]
  /**
   * Units that one resource takes.
   * @default 1
   */
  units?: (inputs: WireObject, type: string) => number
}

/** Records that go away with another one. */
export interface Sweep {
  /** Query for every record that may go. */
  query: CloudQuery
  /** Tells which of them do. */
  goes: (other: CloudRecord) => boolean
}

/** A resource that was made and is not what its provider waits for. */
export interface Unready {
  /** The provider's error once it waits no longer. */
  message: string
  /** Reasons that it gives, one for each thing that is missing. */
  reasons: string[]
  /** The resource goes away again with the failure, as with an atomic Helm release. */
  gone?: boolean
}

/** A name that stays taken after the deletion of its resource. */
export interface KeptName {
  /** Days; absent: for ever. */
  days?: number
  /**
   * Days in which the provider recovers what was deleted when it is made again.
   * @default 0
   */
  recoveredFor?: number
  /** Refusal of whoever makes it again meanwhile; absent: it is only remembered. */
  refusal?: (draft: Draft) => Failure
}

/** Behaviour of one type beyond its package's conventions. */
export interface ResourceModel {
  /** Rule of its physical name; the package's when absent. */
  name?: NameRule
  /** The resource has no region. */
  global?: boolean
  /**
   * Scope in which a physical name can be taken: the account and region, the account, or all
   * accounts. Names may repeat when absent.
   */
  unique?: 'region' | 'account' | 'world'
  /**
   * Making what exists already succeeds, as for a service that is switched on or a role that is
   * granted. Each owner has a record of its own.
   */
  shared?: boolean
  /** Error for a name that is taken; the package's when absent. */
  taken?: (draft: Draft) => Failure
  /** The provider's id; the package's convention when absent. */
  id?: (draft: Draft) => string
  /** Inputs whose change replaces, besides those of the schema table: names or dotted paths. */
  immutable?: string[]
  /**
   * Inputs whose change replaces for these values only, such as a range that moves, not one that
   * grows.
   */
  replacesWhen?: (olds: WireObject, news: WireObject) => string[]
  /**
   * Outputs that time alone has changed, of which each replaces the resource; the outputs of its
   * state, and the clouds' time.
   */
  overdue?: (outputs: WireObject, now: Date) => WireObject
  /** Inputs that change in place although the table or the convention says that they replace. */
  mutable?: string[]
  /** Values that the provider fills in at check. */
  defaults?: (inputs: WireObject, instance: Instance) => WireObject
  /** Failures at check. Values may be unknown there, and have to pass. */
  check?: (inputs: WireObject) => CheckFailure[]
  /** Properties that name other resources. */
  references?: Reference[]
  /**
   * Further records that a create or update looks at, besides those of references, names and
   * quotas.
   */
  looksAt?: (draft: Draft) => CloudQuery[]
  /** Such records all over the world, which many resources of a unit look at alike. */
  looksAround?: (draft: Draft) => CloudQuery[]
  /** Throws what the cloud refuses at create or update; `fail` words the error. */
  validate?: (draft: Draft, found: Found, fail: (failure: Failure) => ProviderError) => void
  /**
   * Says what a resource that the cloud took still lacks; undefined once it is what its provider
   * waits for. Asked again while something else goes on, for what others bring.
   */
  awaits?: (draft: Draft, found: Found) => Unready | undefined
  /** Outputs besides the inputs and the computed ones of the schema table. */
  outputs?: (draft: Draft, found: Found) => WireObject
  /**
   * Dotted paths of what the cloud fills in inside objects that the program gives. They are unknown
   * in the preview of a new resource.
   */
  filledIn?: string[]
  /** Outputs that are secret, besides those of the schema table. */
  secrets?: string[]
  /** Quotas that a resource counts against. */
  quota?: QuotaUse[]
  /** Reason why a record cannot be deleted, such as deletion protection. */
  refusesDelete?: (record: CloudRecord) => Failure | undefined
  /**
   * Records that the cloud makes along with a new resource; `who` is the caller's own name. They
   * belong to no stack, and go with the resource (`sweeps`).
   */
  brings?: (draft: Draft, who: string) => CloudRecord[]
  /**
   * Says how long the name of a deleted resource stays taken; absent: it is free at once. The
   * record is that of what was deleted.
   */
  keepsName?: (record: CloudRecord) => KeptName
  /** Records that are deleted together with this one. */
  sweeps?: (record: CloudRecord) => Sweep
}
