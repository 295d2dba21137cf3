/**
 * The virtual time of one attempt at a unit: when each of its operations would have started and
 * ended against real clouds. An operation starts when the last of those that it waited for has
 * ended, and takes as long as the clouds' models say. Nothing of it depends on the time that the
 * rehearsal itself takes.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type OperationClock, type TimedOperation, type TimedSubject } from '../../provider.ts'

/** Times of an operation, milliseconds since the epoch. */
export interface OperationSpan {
  readonly start: number
  /** Absent while it is under way. */
  readonly end?: number
  /** Operations in the longest chain that ends with it: it orders what happens at once. */
  readonly level: number
}

export interface TimelineOptions {
  /** Virtual time at which the attempt begins. */
  readonly start: Date
  /**
   * Seconds before its first operation: the engine and its plugins start.
   * @default 0
   */
  readonly overheadSeconds?: number
}

/** An operation under way. */
class Operation implements TimedOperation {
  readonly start: number
  readonly level: number
  now: number
  ended = false
  readonly #timeline: Timeline
  readonly #work: AsyncLocalStorage<Operation>
  readonly #urn: string

  constructor (
    { start, level, urn }: { start: number, level: number, urn: string },
    timeline: Timeline,
    work: AsyncLocalStorage<Operation>
  ) {
    this.start = start
    this.level = level
    this.now = start
    this.#urn = urn
    this.#timeline = timeline
    this.#work = work
  }

  run<T> (work: () => Promise<T>): Promise<T> {
    return this.#work.run(this, work)
  }

  end (): void {
    if (this.ended) return
    this.ended = true
    this.#timeline.note(this.#urn, this)
  }
}

/** Virtual times of the operations of one attempt. */
export class Timeline implements OperationClock {
  readonly #begin: number
  readonly #work = new AsyncLocalStorage<Operation>()
  /** URN -> when its latest operation ended, and how deep that was. */
  readonly #ends = new Map<string, { end: number, level: number }>()
  readonly #operations = new Map<string, Operation>()
  /** The latest operation on each URN. */
  readonly #going = new Map<string, Operation>()
  /** Operations that make what was not there, by URN. */
  readonly #makers = new Map<string, Operation>()
  /** Everything that begins later begins here at the earliest. */
  #floor: { end: number, level: number }
  #latest: { end: number, level: number }

  constructor ({ start, overheadSeconds = 0 }: TimelineOptions) {
    this.#begin = start.getTime()
    this.#floor = this.#latest = { end: this.#begin + overheadSeconds * 1000, level: 0 }
  }

  /** The time of the operation that asks; outside of one, the beginning of the attempt. */
  now (): Date {
    return new Date(this.#work.getStore()?.now ?? this.#floor.end)
  }

  /** Lets time pass for the operation that asks. */
  spend (seconds: number): void {
    const operation = this.#work.getStore()
    if (operation) operation.now += seconds * 1000
  }

  /** Lets time pass for the operation on a resource that is under way. */
  spendOn (urn: string, seconds: number): void {
    const going = this.#going.get(urn)
    if (going) going.now += seconds * 1000
  }

  begin ({ urn, op, after }: TimedSubject): TimedOperation {
    let { end, level } = this.#floor
    for (const other of after) {
      const ended = this.#ends.get(other)
      if (!ended) continue
      end = Math.max(end, ended.end)
      level = Math.max(level, ended.level)
    }
    const operation = new Operation({ start: end, level: level + 1, urn }, this, this.#work)
    this.#operations.set(`${op} ${urn}`, operation)
    this.#going.set(urn, operation)
    if (op.startsWith('create')) this.#makers.set(urn, operation)
    return operation
  }

  barrier (): void {
    this.#floor = this.#latest
  }

  /**
   * Tells if what a resource's operation of this attempt makes is there when the operation that
   * asks begins. What did not wait for it comes too early, whichever was first in this process.
   */
  there (urn: string): boolean {
    const [asks, makes] = [this.#work.getStore(), this.#makers.get(urn)]
    if (!asks || !makes || asks === makes) return true
    const made = makes.ended ? makes.now : makes.start
    // Much takes no time: what is as deep in the chain was begun together with it.
    return made < asks.start || (made === asks.start && makes.level < asks.level)
  }

  /** Takes the end of an operation. */
  note (urn: string, { now, level }: { now: number, level: number }): void {
    const before = this.#ends.get(urn)
    const ended = { end: Math.max(before?.end ?? 0, now), level: Math.max(before?.level ?? 0, level) }
    this.#ends.set(urn, ended)
    this.#latest = {
      end: Math.max(this.#latest.end, ended.end),
      level: Math.max(this.#latest.level, ended.level)
    }
  }

  /** Times of an operation, by the engine's name for it; undefined for one that never began. */
  spanOf (urn: string, op: string): OperationSpan | undefined {
    // A call over gRPC is known by the provider's own name for it.
    const operation = this.#operations.get(`${op} ${urn}`) ??
      this.#operations.get(`${/^[a-z]+/.exec(op)?.[0] ?? ''} ${urn}`)
    return operation && {
      start: operation.start,
      level: operation.level,
      ...(operation.ended && { end: operation.now })
    }
  }

  /** Times of the attempt so far: from its beginning to the end of its last operation. */
  span (): { start: number, end: number } {
    return { start: this.#begin, end: this.#latest.end }
  }
}
