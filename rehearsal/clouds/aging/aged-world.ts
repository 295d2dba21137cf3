/** A world that grows older, as what ages in it is looked at. */
import { type AgingFinding, type AgingHappened } from '../../../contract/aging.ts'
import { type CloudRecord, type ResourceV3 } from '../../store.ts'

export const dayMs = 24 * 60 * 60_000

/** A stack of the world. */
export interface AgedStack {
  readonly stack: string
  readonly unit: string
  readonly phase: number
  readonly resources: readonly ResourceV3[]
}

/** A schedule of a federation's file that is about the world, or about what it stands for. */
export interface AgedSchedule {
  readonly name: string
  readonly operation: string
  readonly phases: { readonly from: number, readonly to: number }
  /** Gives the first time after an instant at which it comes. */
  next(after: number): number | undefined
}

export interface AgedWorld {
  /** The world's time before and after, milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  readonly stacks: readonly AgedStack[]
  readonly records: readonly CloudRecord[]
  readonly schedules: readonly AgedSchedule[]
  /** Gives the first time after an instant that a cron expression names, in UTC. */
  next(cron: string, after: number): number | undefined
}

/** A finding before its day is counted; `at` in milliseconds. */
export type Found = Omit<AgingFinding, 'at' | 'day'> & { readonly at: number }

/** Everything that one look at a world tells. */
export interface Seen {
  readonly findings: readonly Found[]
  readonly happened?: readonly AgingHappened[]
  readonly unknown?: readonly string[]
}

/** Stack that a URN belongs to. */
export function stackOf (urn: string): string {
  return urn.split('::')[0]?.slice('urn:pulumi:'.length) ?? ''
}

/** Name at the end of a URN. */
export function nameOf (urn: string): string {
  return urn.split('::').at(-1) ?? urn
}

/** Who deployed a record: its URN and, where the stack is known, its unit. */
export function placeOf ({ stacks }: AgedWorld, record: CloudRecord): { urn: string, unit?: string } {
  const stack = stackOf(record.token)
  const unit = stacks.find((one) => one.stack === stack)?.unit
  return { urn: record.token, ...(unit !== undefined && { unit }) }
}

/** Phase that a record is deployed in; undefined for what no stack has. */
export function phaseOf ({ stacks }: AgedWorld, urn: string): number | undefined {
  const stack = stackOf(urn)
  return stacks.find((one) => one.stack === stack)?.phase
}

/** Tells if something came while the world aged. */
export function isWithin ({ from, to }: AgedWorld, at: number): boolean {
  return at > from && at <= to
}

/**
 * The most times that one thing is counted: finding the next time of a cron expression takes some
 * 25 microseconds, and whoever reads it wants to know whether it came, not how often an hour.
 */
const mostTimes = 2_000

/** How often something comes while the world ages, up to a bound. */
export function timesIn ({ from, to }: AgedWorld, next: (after: number) => number | undefined): number {
  let times = 0
  for (let at = next(from); at !== undefined && at <= to && times < mostTimes; at = next(at)) times++
  return times
}
