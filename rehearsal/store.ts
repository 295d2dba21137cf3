/**
 * The stores that the rehearsal engine and the simulated clouds need. `automation/store` has them
 * in PostgreSQL; `memory-store.ts` and `clouds/memory-cloud-store.ts` have them in memory, for
 * tests and for the engine on its own.
 *
 * An implementation belongs to one world. One in PostgreSQL also belongs to one lease: every write
 * of a process that lost its lease rejects with a LeaseLostError.
 */
import { type Fault } from '../contract/launch.ts'
import { type WireObject } from './wire.ts'

/** Identity of a stack. */
export interface StackRef {
  project: string
  stack: string
}

/**
 * A Pulumi deployment of version 3, secrets encrypted: the `deployment` of a `pulumi stack export`
 * document (apitype.DeploymentV3).
 */
export interface DeploymentV3 {
  manifest: { time: string, magic: string, version: string, plugins?: unknown[] }
  secrets_providers?: { type: string, state?: unknown }
  /** In an order in which dependencies come first. */
  resources?: ResourceV3[]
  /** Operations that had begun and whose end is not known. */
  pending_operations?: {
    resource: ResourceV3
    type: 'creating' | 'updating' | 'deleting' | 'reading' | 'importing'
  }[]
  metadata?: Record<string, unknown>
}

/** One resource of a deployment (apitype.ResourceV3). Empty fields are left out. */
export interface ResourceV3 {
  urn: string
  /** Tells a resource of a provider from a component. */
  custom: boolean
  /** It was replaced, and its deletion is still to come. */
  delete?: boolean
  id?: string
  type: string
  inputs?: WireObject
  outputs?: WireObject
  /** URN of the parent. */
  parent?: string
  protect?: boolean
  /** It was read, and is not managed. */
  external?: boolean
  /** URNs. */
  dependencies?: string[]
  /** Reasons why it did not become ready. */
  initErrors?: string[]
  /** Reference to the provider: its URN and id, with `::` between. */
  provider?: string
  /** URNs by the input that depends on them. */
  propertyDependencies?: Record<string, string[]>
  /** It was deleted, and its replacement is still to come. */
  pendingReplacement?: boolean
  additionalSecretOutputs?: string[]
  /** URNs that it had before. */
  aliases?: string[]
  /** Seconds. */
  customTimeouts?: { create?: number, update?: number, delete?: number }
  importID?: string
  retainOnDelete?: boolean
  /** URN of the resource whose deletion deletes this one too. */
  deletedWith?: string
  created?: string
  modified?: string
  sourcePosition?: string
  ignoreChanges?: string[]
  replaceOnChanges?: string[]
  /** Fields of later versions, kept as they are. */
  [key: string]: unknown
}

/** One entry of `pulumi stack history --json`. */
export interface HistoryEntry {
  /** Operation: update, refresh, destroy. */
  kind: string
  startTime: string
  message: string
  /** Names of flags and variables of the call, without their values. */
  environment: Record<string, string>
  /** Configuration; secret values are encrypted. */
  config: Record<string, {
    value?: string
    secret: boolean
    /** The value is the JSON of an object; secrets inside are `{ secure: ciphertext }`. */
    object?: true
  }>
  /** `succeeded` or `failed`. */
  result: string
  endTime: string
  version: number
  /** Number of steps by their operation. */
  resourceChanges?: Record<string, number>
  deployment?: unknown
}

/** One stack in a list. */
export interface StackSummary extends StackRef {
  /** Time of the last operation that changed the stack: ISO 8601. */
  lastUpdate?: string
  resourceCount?: number
  /** An operation holds the stack's lock. */
  updateInProgress: boolean
}

/**
 * One change of a stack's state while an operation runs: an entry of the engine's journal, opaque
 * to the store, JSON. The engine's `replay(base, entries)` makes the deployment after them.
 */
export interface JournalEntry {
  /** Number in the journal. Later entries have higher numbers. */
  seq: number
  [key: string]: unknown
}

/** Everything that is stored of a stack's state. */
export interface StoredStack {
  /** Last complete deployment; undefined for a stack that never had one. */
  deployment: DeploymentV3 | undefined
  /** Journal of an operation that has not finished, in order. */
  journal: JournalEntry[]
}

/** An operation that holds the lock of a stack. Ends with one call of `finish` or `release`. */
export interface StackUpdate {
  /**
   * Appends to the journal. Resolves when the entries are stored. They come in the order of `seq`.
   */
  append(entries: JournalEntry[]): Promise<void>
  /**
   * Stores the deployment and the history entry, empties the journal and releases the lock, in one
   * transaction.
   */
  finish(deployment: DeploymentV3 | undefined, history?: HistoryEntry): Promise<void>
  /** Releases the lock. State and journal stay as they are stored. */
  release(): Promise<void>
}

/** Another operation holds the lock of the stack. */
export class StackLockedError extends Error {
  override readonly name = 'StackLockedError'
  /** The operation that holds it, for the message; `since` in ISO 8601. */
  readonly owner: { id: string, user: string, host: string, pid: number, since: string }
  constructor (owner: StackLockedError['owner']) {
    super(`the stack is locked by ${owner.user}@${owner.host} (pid ${owner.pid}) since ${owner.since}`)
    this.owner = owner
  }
}

/**
 * Another process took over the lease of the writer. Nothing was written; the process should end.
 */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** Stacks and their states. */
export interface StackStore {
  list(): Promise<StackSummary[]>
  has(ref: StackRef): Promise<boolean>
  /** Makes an empty stack. Resolves with false when it exists. */
  create(ref: StackRef): Promise<boolean>
  /** Removes a stack with its state and history. Resolves with false when it does not exist. */
  remove(ref: StackRef): Promise<boolean>
  rename(from: StackRef, to: StackRef): Promise<void>
  load(ref: StackRef): Promise<StoredStack>
  /**
   * Takes the lock of a stack. Rejects with a StackLockedError when another operation holds it.
   * @param kind name of the operation, such as update, import or settle
   */
  begin(ref: StackRef, kind: string): Promise<StackUpdate>
  /** Removes the lock without asking its holder (`pulumi cancel`). */
  unlock(ref: StackRef): Promise<void>
  /**
   * Entries of the history, newest first; all of them without a page. Pages are numbered from 1.
   */
  history(ref: StackRef, page?: { size: number, number: number }): Promise<HistoryEntry[]>
}

/** One thing that exists in a simulated cloud. */
export interface CloudRecord {
  /** Id of the resource, unique within package, account and type. */
  id: string
  /** Package: aws, gcp, azure-native or kubernetes. */
  pkg: string
  /** Pulumi type token. */
  type: string
  /** Account, project, subscription, or the address of the cluster's API server. */
  account: string
  /** Region; empty for what is global. */
  region: string
  /** Physical name where names are unique, otherwise the id. */
  name: string
  /** Token that the create carried, here the URN. A lookup after a crash goes by it. */
  token: string
  /**
   * Mark that tells a resource from an earlier one with the same id: everything that the cloud
   * makes up (endpoints, keys) follows from it.
   */
  incarnation: string
  /** Time of creation: ISO 8601, whole seconds. */
  created: string
  inputs: WireObject
  outputs: WireObject
}

/** A search for records. A record has to match every field that is given. */
export interface CloudQuery {
  pkg?: string
  type?: string
  account?: string
  region?: string
  name?: string
  id?: string
  token?: string
  /**
   * Union: a record also has to match one of these. One round trip brings everything that an
   * operation needs to know.
   */
  any?: CloudQuery[]
}

/** Everything that exists in the simulated clouds of one world. */
export interface CloudStore {
  /** `find` understands `any`. A store that does not is asked once for each part. */
  readonly unions?: boolean
  /** Finds records. All callers share them: their inputs and outputs are frozen. */
  find(query: CloudQuery): Promise<CloudRecord[]>
  count(query: CloudQuery): Promise<number>
  /**
   * Inserts a record, or replaces the one with its package, account, type and id.
   * @param along records that are put in the same step: all of them exist afterwards, or none
   */
  put(record: CloudRecord, ...along: CloudRecord[]): Promise<void>
  /** Deletes a record. Resolves with false when it does not exist. */
  delete(key: Pick<CloudRecord, 'pkg' | 'account' | 'type' | 'id'>): Promise<boolean>
  /**
   * Counts a hit of a fault. Resolves with the number of hits before it.
   * @param key names the fault within a deployment
   */
  countFault(key: string): Promise<number>
  /** Lists the outages of the world; a store without them has none. */
  outages?(): Promise<readonly Fault[]>
}
