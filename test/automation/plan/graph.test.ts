import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  findCycle,
  longestFrom,
  longestPath,
  reverse,
  topologicalOrder,
  type Graph
} from '../../../automation/plan/graph.ts'
import { acyclic, anyGraph } from './fixtures.ts'

const weigh = (node: string) => (node.charCodeAt(1) * 7) % 11

/** The weight of the heaviest path from a node, by trying all paths. */
function heaviestFrom (graph: Graph, node: string): number {
  return weigh(node) + Math.max(0, ...(graph.get(node) ?? []).map((other) => heaviestFrom(graph, other)))
}

describe('graphs', () => {
  test('a topological order has every node once, each after those it waits for', () => {
    fc.assert(fc.property(acyclic, (graph) => {
      const order = topologicalOrder(graph)
      assert.deepEqual([...order ?? []].sort(), [...graph.keys()].sort())
      for (const [node, waitsFor] of graph) {
        for (const other of waitsFor) {
          assert.ok((order?.indexOf(other) ?? -1) < (order?.indexOf(node) ?? -1))
        }
      }
    }))
  })

  test('nodes that wait for nothing keep the order of the graph', () => {
    assert.deepEqual(topologicalOrder(new Map([['c', []], ['a', []], ['b', []]])), ['c', 'a', 'b'])
    assert.deepEqual(topologicalOrder(new Map([['c', ['b']], ['a', []], ['b', []]])), ['a', 'b', 'c'])
  })

  test('there is an order exactly when there is no cycle', () => {
    fc.assert(fc.property(anyGraph, (graph) => {
      assert.equal(topologicalOrder(graph) === undefined, findCycle(graph) !== undefined)
    }))
  })

  test('a graph without a cycle has none found, however often its paths meet', () => {
    fc.assert(fc.property(acyclic, (graph) => {
      assert.equal(findCycle(graph), undefined)
    }))
  })

  test('a cycle that is found is one: each node waits for the next, and the last for the first', () => {
    fc.assert(fc.property(anyGraph, (graph) => {
      const cycle = findCycle(graph)
      if (!cycle) return
      assert.ok(cycle.length > 0 && new Set(cycle).size === cycle.length)
      for (const [index, node] of cycle.entries()) {
        assert.ok(graph.get(node)?.includes(cycle[(index + 1) % cycle.length] ?? ''))
      }
    }))
  })

  test('reversing twice gives the same edges', () => {
    fc.assert(fc.property(anyGraph, (graph) => {
      const twice = reverse(reverse(graph))
      assert.deepEqual([...twice.keys()], [...graph.keys()])
      for (const [node, waitsFor] of graph) {
        assert.deepEqual([...twice.get(node) ?? []].sort(), [...waitsFor].sort())
      }
    }))
  })

  test('the longest path is a path, weighs what it says, and none weighs more', () => {
    fc.assert(fc.property(acyclic, (graph) => {
      const path = longestPath(graph, weigh)
      assert.ok(path)
      for (const [index, node] of path.nodes.entries()) {
        if (index > 0) assert.ok(graph.get(node)?.includes(path.nodes[index - 1] ?? ''))
      }
      assert.equal(path.nodes.reduce((sum, node) => sum + weigh(node), 0), path.weight)
      assert.equal(path.weight, Math.max(0, ...[...graph.keys()].map((node) => heaviestFrom(graph, node))))
    }))
  })

  test('weights from each node are those of all paths tried', () => {
    fc.assert(fc.property(acyclic, (graph) => {
      for (const [node, weight] of longestFrom(graph, weigh) ?? []) {
        assert.equal(weight, heaviestFrom(graph, node))
      }
    }))
  })

  test('a chain of fifty thousand nodes is no problem', () => {
    const chain = new Map(
      Array.from(
        { length: 50_000 },
        (_, index): [string, string[]] => [`n${index}`, index === 0 ? [] : [`n${index - 1}`]]
      )
    )
    assert.equal(topologicalOrder(chain)?.length, 50_000)
    assert.equal(findCycle(chain), undefined)
    assert.deepEqual(findCycle(new Map([...chain, ['n0', ['n49999']]]))?.length, 50_000)
  })
})
