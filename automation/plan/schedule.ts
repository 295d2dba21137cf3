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

/** Seconds since the beginning. */
export interface Slot {
  readonly start: number
  readonly end: number
}

type Running = { readonly node: string, readonly end: number }

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
  let now = 0

  const mayStart = (node: string) => {
    if (running.length >= (limits.parallelism ?? Infinity)) return false
    const lane = laneOf(node)
    return lane === undefined ||
      running.filter((task) => laneOf(task.node) === lane).length < (limits.perLane ?? Infinity)
  }
  while (ready.length > 0 || running.length > 0) {
    const held: string[] = []
    for (const node of ready.sort(first)) {
      if (!mayStart(node)) {
        held.push(node)
        continue
      }
      const end = now + seconds(node)
      slots.set(node, { start: now, end })
      running.push({ node, end })
    }
    ready = held
    now = Math.min(...running.map((task) => task.end))
    const ended = running.filter((task) => task.end <= now)
    running = running.filter((task) => task.end > now)
    for (const { node } of ended) {
      for (const waiter of waiters.get(node) ?? []) {
        const left = (open.get(waiter) ?? 0) - 1
        open.set(waiter, left)
        if (left === 0) ready.push(waiter)
      }
    }
  }
  return slots
}
