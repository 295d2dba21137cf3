/** Directed graphs of named nodes. Pure; nothing recurses, so depth is bounded by memory only. */

/** Node -> the nodes it waits for. Every node is a key; the order of keys breaks ties. */
export type Graph = ReadonlyMap<string, readonly string[]>

/**
 * The same nodes, in the same order, with every edge turned round. Edges to nodes that are no keys
 * are dropped.
 */
export function reverse (graph: Graph): Graph {
  const turned = new Map<string, string[]>([...graph.keys()].map((node) => [node, []]))
  for (const [node, waitsFor] of graph) for (const other of waitsFor) turned.get(other)?.push(node)
  return turned
}

/** The nodes of one cycle in the order of its edges, or undefined when there is none. */
export function findCycle (graph: Graph): string[] | undefined {
  const done = new Set<string>()
  for (const start of graph.keys()) {
    const walk: { readonly node: string, next: number }[] = done.has(start) ? [] : [{ node: start, next: 0 }]
    const onWalk = new Set([start])
    for (let last = walk.at(-1); last; last = walk.at(-1)) {
      const other = graph.get(last.node)?.[last.next++]
      if (other === undefined) {
        done.add(last.node)
        onWalk.delete(last.node)
        walk.pop()
      } else if (onWalk.has(other)) {
        return walk.slice(walk.findIndex((step) => step.node === other)).map((step) => step.node)
      } else if (!done.has(other) && graph.has(other)) {
        onWalk.add(other)
        walk.push({ node: other, next: 0 })
      }
    }
  }
  return undefined
}

/**
 * All nodes, each after those it waits for; among the ready ones, the graph's first comes first.
 * Undefined when there is a cycle.
 */
export function topologicalOrder (graph: Graph): string[] | undefined {
  const waiters = reverse(graph)
  const position = new Map([...graph.keys()].map((node, index) => [node, index]))
  const open = new Map(
    [...graph].map(([node, waitsFor]) => [node, waitsFor.filter((other) => graph.has(other)).length])
  )
  const before = (a: string, b: string) => (position.get(a) ?? 0) - (position.get(b) ?? 0)
  const ready = [...graph.keys()].filter((node) => open.get(node) === 0)
  const order: string[] = []
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    order.push(node)
    for (const waiter of waiters.get(node) ?? []) {
      const left = (open.get(waiter) ?? 0) - 1
      open.set(waiter, left)
      if (left > 0) continue
      const place = ready.findIndex((other) => before(waiter, other) < 0)
      ready.splice(place === -1 ? ready.length : place, 0, waiter)
    }
  }
  return order.length === graph.size ? order : undefined
}

/** A longest path and its weight. */
export interface LongestPath {
  readonly nodes: readonly string[]
  readonly weight: number
}

/**
 * For each node the weight of the heaviest path from it, itself included, along its edges (towards
 * what it waits for). Undefined when there is a cycle.
 */
export function longestFrom (
  graph: Graph,
  weight: (node: string) => number
): ReadonlyMap<string, number> | undefined {
  const order = topologicalOrder(graph)
  if (!order) return undefined
  const longest = new Map<string, number>()
  for (const node of order) {
    longest.set(
      node,
      weight(node) + Math.max(0, ...(graph.get(node) ?? []).map((other) => longest.get(other) ?? 0))
    )
  }
  return longest
}

/**
 * The heaviest path, first node first (the one that waits for nothing). Undefined when there is a
 * cycle; empty for an empty graph.
 */
export function longestPath (graph: Graph, weight: (node: string) => number): LongestPath | undefined {
  const longest = longestFrom(graph, weight)
  if (!longest) return undefined
  // The first of the heaviest: keys come in a fixed order, so the same graph always has the same
  // path.
  const heaviest = (nodes: Iterable<string>) => {
    let best: string | undefined
    for (const node of nodes) {
      if (graph.has(node) && (best === undefined || (longest.get(node) ?? 0) > (longest.get(best) ?? 0))) {
        best = node
      }
    }
    return best
  }
  const nodes: string[] = []
  let node = heaviest(graph.keys())
  const total = node === undefined ? 0 : longest.get(node) ?? 0
  while (node !== undefined) {
    nodes.unshift(node)
    node = heaviest(graph.get(node) ?? [])
  }
  return { nodes, weight: total }
}
