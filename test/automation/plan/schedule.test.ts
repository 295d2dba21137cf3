import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { longestPath, type Graph } from '../../../automation/plan/graph.ts'
import { schedule, type Slot, type Task } from '../../../automation/plan/schedule.ts'
import { acyclic } from './fixtures.ts'

const withTasks: fc.Arbitrary<readonly [Graph, ReadonlyMap<string, Task>]> = acyclic.chain((graph) =>
  fc.tuple(
    ...[...graph.keys()].map((node) =>
      fc.record({
        seconds: fc.integer({ min: 0, max: 50 }),
        lane: fc.option(fc.constantFrom('aws', 'gcp'), { nil: undefined })
      }).map((task): [string, Task] => [node, task])
    )
  )
    .map((tasks): readonly [Graph, ReadonlyMap<string, Task>] => [graph, new Map(tasks)])
)
const limit = fc.integer({ min: 1, max: 5 })
const end = (slots: ReadonlyMap<string, Slot>) => Math.max(0, ...[...slots.values()].map((slot) => slot.end))

/** The most tasks that run at one instant, among those that take any time. */
function most (slots: ReadonlyMap<string, Slot>, counts: (node: string) => boolean = () => true): number {
  const busy = [...slots].filter(([node, slot]) => counts(node) && slot.end > slot.start).map(([, slot]) =>
    slot
  )
  return Math.max(
    0,
    ...busy.map((slot) => busy.filter((other) => other.start <= slot.start && slot.start < other.end).length)
  )
}

describe('a schedule', () => {
  test('starts nothing before what it waits for has ended, and runs each task for its time', () => {
    fc.assert(fc.property(withTasks, limit, limit, ([graph, tasks], parallelism, perLane) => {
      const slots = schedule(graph, tasks, { parallelism, perLane })
      assert.equal(slots.size, graph.size)
      for (const [node, waitsFor] of graph) {
        const slot = slots.get(node)
        assert.equal((slot?.end ?? 0) - (slot?.start ?? 0), tasks.get(node)?.seconds)
        for (const other of waitsFor) assert.ok((slots.get(other)?.end ?? Infinity) <= (slot?.start ?? -1))
      }
    }))
  })

  test('never runs more at once than the limits say, in all and of one lane', () => {
    fc.assert(fc.property(withTasks, limit, limit, ([graph, tasks], parallelism, perLane) => {
      const slots = schedule(graph, tasks, { parallelism, perLane })
      assert.ok(most(slots) <= parallelism)
      for (const lane of ['aws', 'gcp']) {
        assert.ok(most(slots, (node) => tasks.get(node)?.lane === lane) <= perLane)
      }
    }))
  })

  test('is the same when each task starts after what it waits for and those whose room it takes', () => {
    fc.assert(fc.property(withTasks, limit, limit, ([graph, tasks], parallelism, perLane) => {
      const slots = schedule(graph, tasks, { parallelism, perLane })
      for (const [node, { start, follows }] of slots) {
        const before = [...graph.get(node) ?? [], ...follows].map((other) => slots.get(other)?.end ?? 0)
        assert.ok(Math.max(0, ...before) <= start)
        if (follows.length > 0) assert.equal(Math.max(0, ...before), start)
      }
      const unlimited = schedule(graph, tasks)
      assert.ok([...unlimited.values()].every(({ follows }) => follows.length === 0))
    }))
  })

  test('lasts as long as the longest path without limits, and never less with them', () => {
    fc.assert(fc.property(withTasks, limit, ([graph, tasks], parallelism) => {
      const critical = longestPath(graph, (node) => tasks.get(node)?.seconds ?? 0)?.weight ?? 0
      assert.equal(end(schedule(graph, tasks)), critical)
      assert.ok(end(schedule(graph, tasks, { parallelism })) >= critical)
    }))
  })

  test('lasts as long as all tasks together when one runs at a time', () => {
    fc.assert(fc.property(withTasks, ([graph, tasks]) => {
      assert.equal(
        end(schedule(graph, tasks, { parallelism: 1 })),
        [...tasks.values()].reduce((sum, task) => sum + task.seconds, 0)
      )
    }))
  })

  test('is at most twice as long as the best one could be (Graham, 1966)', () => {
    fc.assert(fc.property(withTasks, limit, ([graph, tasks], parallelism) => {
      const work = [...tasks.values()].reduce((sum, task) => sum + task.seconds, 0)
      const critical = longestPath(graph, (node) => tasks.get(node)?.seconds ?? 0)?.weight ?? 0
      assert.ok(end(schedule(graph, tasks, { parallelism })) <= work / parallelism + critical)
    }))
  })

  test('takes the task with the longest way to go first', () => {
    const graph = new Map([['short', []], ['long', []], ['after', ['long']]])
    const slots = schedule(
      graph,
      new Map([['short', { seconds: 5 }], ['long', { seconds: 3 }], ['after', { seconds: 10 }]]),
      { parallelism: 1 }
    )
    assert.deepEqual(slots.get('long'), { start: 0, end: 3, follows: [] })
    assert.deepEqual(slots.get('after'), { start: 3, end: 13, follows: [] })
    assert.deepEqual(slots.get('short'), { start: 13, end: 18, follows: ['after'] })
  })

  test('does not keep other lanes waiting for a full one', () => {
    const graph = new Map([['a', []], ['b', []], ['c', []]])
    const slots = schedule(
      graph,
      new Map([['a', { seconds: 9, lane: 'aws' }], ['b', { seconds: 8, lane: 'aws' }], ['c', {
        seconds: 1,
        lane: 'gcp'
      }]]),
      { parallelism: 2, perLane: 1 }
    )
    assert.deepEqual([slots.get('a')?.start, slots.get('b')?.start, slots.get('c')?.start], [0, 9, 0])
  })

  test('there is none for a graph with a cycle', () => {
    assert.throws(() => schedule(new Map([['a', ['b']], ['b', ['a']]]), new Map()), RangeError)
  })
})
