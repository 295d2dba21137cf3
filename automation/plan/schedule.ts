/**
 * List scheduling: when each task starts and ends if those with the longest way still to go are
 * taken first. Pure.
 */
import { longestFrom, reverse, type Graph } from './graph.ts'

export interface Task {
  /** Duration in seconds, 0 or more. */
  readonly seconds: number
  /** The cloud whose limit it counts against, beside that of the whole. */
  readonly lane?: string | undefined
}

export interface Limits {
  /** Tasks at once. Unlimited when absent. */
  readonly parallelism?: number | undefined
  /** Tasks at once of one lane. */
  readonly perLane?: number | undefined
}

/** The place of a task in the schedule. */
export interface Slot {
  /** Seconds since the beginning. */
  readonly start: number
  readonly end: number
  /**
   * Tasks whose room it takes, of the whole and of its lane: it starts after them although it waits
   * for nothing of theirs.
   */
  readonly follows: readonly string[]
}

type Running = { readonly node: string, readonly end: number }

/** Room for so many tasks, and who had each part of it last. */
class Room {
  #unused: number
  /** Tasks whose parts are free again, the first to end first. */
  readonly #left: string[] = []

  constructor (size: number) {
    this.#unused = size
  }

  get free (): boolean {
    return this.#unused > 0 || this.#left.length > 0
  }

  /**
   * Takes a part: that of a task which was waited for anyway, else one that nobody had, else the
   * one that is free for the longest time. Gives the task that is followed without need.
   */
  take (waitsFor: readonly string[]): string[] {
    const own = this.#left.findIndex((node) => waitsFor.includes(node))
    if (own >= 0) {
      this.#left.splice(own, 1)
      return []
    }
    if (this.#unused > 0) {
      this.#unused--
      return []
    }
    return this.#left.splice(0, 1)
  }

  leave (node: string): void {
    this.#left.push(node)
  }
}

/**
 * Simulates the run of all tasks of an acyclic graph. A task that is ready starts as soon as the
 * limits let it; of several, the one with the longest path to the end first, and of those the
 * graph's first. Throws a RangeError when the graph has a cycle.
 */
export function schedule (
  graph: Graph,
  tasks: ReadonlyMap<string, Task>,
  limits: Limits = {}
): ReadonlyMap<string, Slot> {
  const waiters = reverse(graph)
  const seconds = (node: string) => tasks.get(node)?.seconds ?? 0
  const toEnd = longestFrom(waiters, seconds)
  if (!toEnd) throw new RangeError('a graph with a cycle has no schedule')
  const position = new Map([...graph.keys()].map((node, index) => [node, index]))
  const first = (a: string, b: string) =>
    (toEnd.get(b) ?? 0) - (toEnd.get(a) ?? 0) || (position.get(a) ?? 0) - (position.get(b) ?? 0)
  const open = new Map(
    [...graph].map(([node, waitsFor]) => [node, waitsFor.filter((other) => graph.has(other)).length])
  )
  let ready = [...graph.keys()].filter((node) => open.get(node) === 0)
  let running: Running[] = []
  const laneOf = (node: string) => tasks.get(node)?.lane
  const slots = new Map<string, Slot>()
  const whole = new Room(limits.parallelism ?? Infinity)
  const lanes = new Map<string, Room>()
  const roomsOf = (node: string): Room[] => {
    const lane = laneOf(node)
    if (lane === undefined) return [whole]
    const room = lanes.get(lane) ?? new Room(limits.perLane ?? Infinity)
    lanes.set(lane, room)
    return [whole, room]
  }
  let now = 0
  while (ready.length > 0 || running.length > 0) {
    const held: string[] = []
    for (const node of ready.sort(first)) {
      const rooms = roomsOf(node)
      if (!rooms.every((room) => room.free)) {
        held.push(node)
        continue
      }
      const end = now + seconds(node)
      const follows = new Set(rooms.flatMap((room) => room.take(graph.get(node) ?? [])))
      slots.set(node, { start: now, end, follows: [...follows] })
      running.push({ node, end })
    }
    ready = held
    now = Math.min(...running.map((task) => task.end))
    const ended = running.filter((task) => task.end <= now)
    running = running.filter((task) => task.end > now)
    for (const { node } of ended) {
      for (const room of roomsOf(node)) room.leave(node)
      for (const waiter of waiters.get(node) ?? []) {
        const left = (open.get(waiter) ?? 0) - 1
        open.set(waiter, left)
        if (left === 0) ready.push(waiter)
      }
    }
  }
  return slots
}
