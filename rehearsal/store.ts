/**
 * The stores that the rehearsal engine and the simulated clouds need. `automation/store` implements
 * them in PostgreSQL; `memory-store.ts` serves tests and the engine on its own. An implementation
 * is bound to one world (and, in PostgreSQL, to one lease: a writer that lost its lease gets
 * LeaseLostError from every write).
 */
import { type WireObject } from './wire.ts'

/** A stack's identity. */
export interface StackRef {
  project: string
  stack: string
}

/**
 * A Pulumi deployment, version 3 (`deployment` of a `pulumi stack export` document), secrets
 * encrypted.
 */
export interface DeploymentV3 {
  manifest: { time: string, magic: string, version: string, plugins?: unknown[] }
  secrets_providers?: { type: string, state?: unknown }
  resources?: ResourceV3[]
  pending_operations?: {
    resource: ResourceV3
    type: 'creating' | 'updating' | 'deleting' | 'reading' | 'importing'
  }[]
  metadata?: Record<string, unknown>
}
/** One resource of a deployment (apitype.ResourceV3); empty fields are left out. */
export interface ResourceV3 {
  urn: string
  custom: boolean
  delete?: boolean
  id?: string
  type: string
  inputs?: WireObject
  outputs?: WireObject
  parent?: string
  protect?: boolean
  external?: boolean
  dependencies?: string[]
  initErrors?: string[]
  provider?: string
  propertyDependencies?: Record<string, string[]>
  pendingReplacement?: boolean
  additionalSecretOutputs?: string[]
  aliases?: string[]
  customTimeouts?: { create?: number, update?: number, delete?: number }
  importID?: string
  retainOnDelete?: boolean
  deletedWith?: string
  created?: string
  modified?: string
  sourcePosition?: string
  ignoreChanges?: string[]
  replaceOnChanges?: string[]
  [key: string]: unknown
}

/** One entry of `pulumi stack history --json`. */
export interface HistoryEntry {
  kind: string
  startTime: string
  message: string
  environment: Record<string, string>
  config: Record<string, { value?: string, secret: boolean }>
  result: string
  endTime: string
  version: number
  resourceChanges?: Record<string, number>
  deployment?: unknown
}

export interface StackSummary extends StackRef {
  lastUpdate?: string
  resourceCount?: number
  updateInProgress: boolean
}

/**
 * One change of a stack's state while an operation runs: an opaque, JSON-serialisable entry of the
 * engine's journal. The engine exports a pure `replay(base, entries)` that gives the deployment
 * after them.
 */
export interface JournalEntry {
  seq: number
  [key: string]: unknown
}

/**
 * What is stored of a stack: the last complete deployment, and the journal of an operation that has
 * not finished.
 */
export interface StoredStack {
  deployment: DeploymentV3 | undefined
  journal: JournalEntry[]
}

/** An operation that holds the stack's lock. */
export interface StackUpdate {
  /** Appends to the journal; resolved when it is stored. Entries arrive in seq order. */
  append(entries: JournalEntry[]): Promise<void>
  /**
   * Stores the deployment, empties the journal, adds the history entry when there is one, and
   * releases the lock, all in one transaction.
   */
  finish(deployment: DeploymentV3 | undefined, history?: HistoryEntry): Promise<void>
  /** Releases the lock and leaves the state as stored. */
  release(): Promise<void>
}

/**
 * Another operation holds the stack's lock. `owner` is for the message: who, since when (ISO 8601).
 */
export class StackLockedError extends Error {
  override readonly name = 'StackLockedError'
  readonly owner: { id: string, user: string, host: string, pid: number, since: string }
  constructor (owner: StackLockedError['owner']) {
    super(`the stack is locked by ${owner.user}@${owner.host} (pid ${owner.pid}) since ${owner.since}`)
    this.owner = owner
  }
}
/** The writer's lease was taken over: nothing was written, and the process should end. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

/** Where stacks and their states are kept. */
export interface StackStore {
  list(): Promise<StackSummary[]>
  has(ref: StackRef): Promise<boolean>
  /** False when it exists already. */
  create(ref: StackRef): Promise<boolean>
  /** False when it did not exist. History goes with it. */
  remove(ref: StackRef): Promise<boolean>
  rename(from: StackRef, to: StackRef): Promise<void>
  load(ref: StackRef): Promise<StoredStack>
  /**
   * Takes the stack's lock. Rejects with StackLockedError when another operation holds it. `kind`:
   * update, preview, refresh, destroy, import.
   */
  begin(ref: StackRef, kind: string): Promise<StackUpdate>
  /** Removes a lock without asking its holder (`pulumi cancel`). */
  unlock(ref: StackRef): Promise<void>
  /** Newest first. */
  history(ref: StackRef, page?: { size: number, number: number }): Promise<HistoryEntry[]>
}

/** One thing that exists in a simulated cloud. */
export interface CloudRecord {
  /** The provider's id of the resource, unique within (pkg, account, type). */
  id: string
  /** aws, gcp, azure-native, kubernetes, tls, random. */
  pkg: string
  /** Pulumi type token. */
  type: string
  /** Account, project, subscription, or the kubernetes cluster's endpoint. */
  account: string
  /** Empty for global resources. */
  region: string
  /** The physical name, where uniqueness is by name; else the id. */
  name: string
  /** The URN that the create carried: what a lookup after a crash goes by. */
  token: string
  /**
   * Tells it from an earlier one with the same id: what the cloud makes up for it (endpoints, keys)
   * is another.
   */
  incarnation: string
  /** When it was made: ISO 8601, whole seconds. */
  created: string
  inputs: WireObject
  outputs: WireObject
}
export interface CloudQuery {
  pkg?: string
  type?: string
  account?: string
  region?: string
  name?: string
  id?: string
  token?: string
  /**
   * A union: a record also has to match at least one of these (one round trip for all that one
   * operation needs to know).
   */
  any?: CloudQuery[]
}

/** What exists in the simulated clouds of one world. */
export interface CloudStore {
  /**
   * True when `find` understands `any`: one round trip an operation. A store without it is asked
   * once for each part.
   */
  readonly unions?: boolean
  /** What it gives is everybody's: inputs and outputs are frozen. */
  find(query: CloudQuery): Promise<CloudRecord[]>
  count(query: CloudQuery): Promise<number>
  /** Inserts or replaces by (pkg, account, type, id). */
  put(record: CloudRecord): Promise<void>
  /** False when it did not exist. */
  delete(key: Pick<CloudRecord, 'pkg' | 'account' | 'type' | 'id'>): Promise<boolean>
  /**
   * Counts a fault's firing and gives how often it had fired before; `key` names the fault within a
   * deployment.
   */
  countFault(key: string): Promise<number>
}
