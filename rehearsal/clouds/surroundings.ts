/** Everything that the providers of one set of clouds share. */
import { type CloudStore } from '../store.ts'
import { type Activity } from './activity.ts'
import { type Authorizer } from './authorizer.ts'
import { type DurationTable } from './durations.ts'
import { type Fault, type FaultCounts } from './faults.ts'
import { type CallCounter } from './judged-calls.ts'
import { type KeyedLock } from './keyed-lock.ts'
import { type Outages } from './outages.ts'
import { type Quotas } from './package-model.ts'
import { type SharedLook } from './shared-look.ts'
import { type Timeline } from './time/timeline.ts'

/** The options of a set of clouds with their defaults, and its locks. */
export interface Surroundings {
  store: CloudStore
  /** Looks at the whole world that operations share. */
  look: SharedLook
  durations: DurationTable
  timeScale: number
  seed: number
  faults: readonly Fault[]
  outages: Outages
  /** Hits of faults so far. */
  counts: FaultCounts
  /** Address ranges from which API servers of clusters are called; empty: unknown. */
  operators: readonly string[]
  /** The federation's clusters that the running unit is about. */
  clusters: readonly string[]
  /** Objects in a cluster that cannot be reached count as deleted. */
  deleteUnreachable: boolean
  quotas: Quotas
  /** Nobody prepared the accounts: what has to be switched on or made first is checked. */
  fresh: boolean
  /** Decides who may make which call. */
  authorizer: Authorizer
  /** Counts calls, and what is not known of them. */
  counter: CallCounter
  locks: KeyedLock
  /** Calls that go on. */
  activity: Activity
  /** The clouds' time, for the operation that asks: models read time here and nowhere else. */
  now: () => Date
  /** The clouds' time when the unit began. */
  begun: Date
  /** The attempt's virtual time; absent: `now` is all there is. */
  timeline?: Timeline
  signal?: AbortSignal
}

/** Seconds of the clouds' time since the unit began. */
export function secondsOf ({ now, begun }: Surroundings): number {
  return (now().getTime() - begun.getTime()) / 1000
}

/** Facts about the running unit, as faults see it. */
export function unitOf (surroundings: Surroundings): { clusters: readonly string[], seconds: number } {
  return { clusters: surroundings.clusters, seconds: secondsOf(surroundings) }
}
