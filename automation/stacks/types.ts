/**
 * Messages between the deployment workflow and the unit hosts. JSON only: it crosses a process
 * boundary.
 */
import {
  type Failure,
  type JudgedCalls,
  type Leftover,
  type ResourceChanges
} from '../../contract/deployment.ts'
import { type DriftCounts } from '../../contract/drift.ts'
import { type RehearsalOptions } from '../../contract/launch.ts'
import { type PhaseName, type Operation, type Mode } from '../../contract/words.ts'
import { type CostRecord } from '../../pricing/change.ts'
import { type Federation, type Scope } from '../../programs/types.ts'
import { type DriftDraft } from '../drift/draft.ts'
import { type EventDraft } from '../event-draft.ts'
import { type TraceContext } from '../tracing/context.ts'

export type {
  StackStore,
  CloudStore,
  CloudRecord,
  CloudQuery,
  StackRef,
  StackUpdate,
  JournalEntry,
  DeploymentV3,
  ResourceV3,
  HistoryEntry
} from '../../rehearsal/store.ts'
export { unknownValue } from '../../rehearsal/wire.ts'

/**
 * A stack output with its value; secrets are kept encrypted wherever this is stored. One of a
 * preview has `UNKNOWN` wherever a value is not known yet.
 */
export interface OutputValue {
  value: unknown
  secret: boolean
}
export type OutputValues = Record<string, OutputValue>

/** One attempt at one unit. */
export interface UnitRun {
  deployment: string
  unit: string
  attempt: number
  operation: Operation
  mode: Mode
  federation: Federation
  phase: PhaseName
  phaseNumber: number
  scope: Scope
  stack: string
  /**
   * Outputs of the units it depends on, by unit id: in a preview, what the units before it in the
   * deployment would hand on. Null: not deployed (previews get unknowns).
   */
  upstream: Record<string, OutputValues | null>
  /** Values of the federation's secrets, by name. */
  secrets: Record<string, string>
  /** In mode rehearsal. `world` is resolved (never `fresh`). */
  rehearsal?: RehearsalOptions
  /** Its place in the time of its world, in mode rehearsal. */
  virtual?: VirtualBegin
  /** The lease: writes of an older fence are refused by the store. */
  fence: number
  /** An earlier attempt was interrupted: settle what was pending first. */
  settle: boolean
  /** The attempt's span, when somebody keeps its trace: what the host does goes below it. */
  trace?: TraceContext
}

/** Virtual time of an attempt before anything is known of it. */
export interface VirtualBegin {
  /** When it begins, milliseconds since the epoch. */
  start: number
  /** Seconds before its first operation. */
  overheadSeconds: number
  /** Seconds that it takes beside the overhead although it changes nothing. */
  leastSeconds: number
}

/** An event of an attempt with its place among the others; absent: as it comes. */
export type OrderedDraft = EventDraft & {
  order?: {
    /** When it happened in the world, milliseconds since the epoch. */
    at: number
    /** Depth in the chain of what waited for what: starts are even, ends odd. */
    rank: number
  }
}

/** Findings of a drift check in a unit. */
export interface DriftRecord {
  counts: DriftCounts
  /** May be fewer than were counted: as many as are listed. */
  findings: DriftDraft[]
}

/** The end of an attempt. */
export interface UnitOutcome {
  status: 'succeeded' | 'failed' | 'canceled'
  /**
   * Only after an up, refresh or preview that succeeded, or whose only failures are `leftovers`.
   */
  outputs?: OutputValues
  /** Changes of the attempt, also of one that failed. */
  resourceChanges: ResourceChanges
  /** Cost of the attempt's resources before and after, as far as it came. */
  cost?: CostRecord
  /** Of a drift check, as far as the attempt came. */
  drift?: DriftRecord
  /** Calls that simulated clouds judged. */
  judged?: JudgedCalls
  error?: Failure
  /** Times in its world, milliseconds since the epoch, in mode rehearsal. */
  virtual?: { start: number, end: number }
  /** Replaced resources that are still used by others: all that went wrong in a failed up. */
  leftovers?: Leftover[]
}

/** The hosts of this process. */
export interface HostFigures {
  total: number
  busy: number
  memoryBytes: number[]
  /** Reason why the last ones ended before they could take a unit, when several did in a row. */
  failing?: string
}

/** Runs units on warm hosts. */
export interface UnitRunner {
  /**
   * Runs one attempt; `onEvents` gets redacted drafts in order. When `signal` aborts, running
   * resource operations end (or are cut off after a grace time) and the outcome is `canceled`.
   * Rejects with HostLostError when the host died (crash, kill, hang, memory): the attempt was
   * interrupted and what was pending must be settled.
   */
  run(
    unit: UnitRun,
    options: { signal: AbortSignal, onEvents: (events: OrderedDraft[]) => void }
  ): Promise<UnitOutcome>
  readonly size: number
  figures(): HostFigures
  /** Kills the hosts that run a unit; their runs reject with HostLostError. */
  cutOff(why: string): void
  close(): Promise<void>
}

/** The unit's host is gone. */
export class HostLostError extends Error {
  override readonly name = 'HostLostError'
  readonly reason: 'exited' | 'silent' | 'out-of-memory' | 'lease-lost'
  readonly detail: string
  constructor (reason: HostLostError['reason'], detail: string) {
    super(`the unit host was lost (${reason}): ${detail}`)
    this.reason = reason
    this.detail = detail
  }
}
