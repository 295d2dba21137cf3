import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Timeline } from '../../../../rehearsal/clouds/time/timeline.ts'

const start = new Date('2026-12-01T00:00:00Z')
const seconds = (time: number | undefined): number => ((time ?? Number.NaN) - start.getTime()) / 1000

/** Runs operations in an order that keeps every operation after those that it waits for. */
async function run (
  order: readonly number[],
  operations: readonly { after: readonly number[], seconds: number }[]
): Promise<(number | undefined)[]> {
  const timeline = new Timeline({ start, overheadSeconds: 3 })
  for (const index of order) {
    const { after, seconds: takes } = operations[index] ?? { after: [], seconds: 0 }
    const operation = timeline.begin({ urn: `${index}`, op: 'create', after: after.map(String) })
    await operation.run(async () => {
      timeline.spend(takes)
    })
    operation.end()
  }
  return operations.map((_, index) => timeline.spanOf(`${index}`, 'create')?.end)
}

test('an operation starts when the last that it waited for ends', async () => {
  const ends = await run([0, 1, 2, 3], [
    { after: [], seconds: 600 },
    { after: [], seconds: 15 },
    { after: [1], seconds: 20 },
    { after: [0, 2], seconds: 5 }
  ])
  assert.deepEqual(ends.map(seconds), [603, 18, 38, 608])
})

test('times do not depend on the order in which a rehearsal gets to operations', async () => {
  const graphs = fc.array(
    fc.record({ picks: fc.array(fc.nat(), { maxLength: 3 }), seconds: fc.nat({ max: 900 }) }),
    { minLength: 1, maxLength: 12 }
  ).map((nodes) =>
    nodes.map(({ picks, seconds: takes }, index) => ({
      after: index === 0 ? [] : picks.map((pick) => pick % index),
      seconds: takes
    }))
  )
  await fc.assert(
    fc.asyncProperty(graphs, fc.array(fc.nat()), async (operations, choices) => {
      const order: number[] = []
      while (order.length < operations.length) {
        const ready = operations.map((_, index) => index).filter((index) =>
          !order.includes(index) && operations[index]?.after.every((other) => order.includes(other))
        )
        order.push(ready[(choices[order.length] ?? 0) % ready.length] ?? 0)
      }
      assert.deepEqual(
        await run(order, operations),
        await run(operations.map((_, index) => index), operations)
      )
    }),
    { numRuns: 50 }
  )
})

test('each of several operations at once has its own time', async () => {
  const timeline = new Timeline({ start })
  const seen = await Promise.all([10, 600, 5].map(async (takes, index) => {
    const operation = timeline.begin({ urn: `${index}`, op: 'create', after: [] })
    return await operation.run(async () => {
      await Promise.resolve()
      timeline.spend(takes)
      await Promise.resolve()
      return seconds(timeline.now().getTime())
    })
  }))
  assert.deepEqual(seen, [10, 600, 5])
})

test('what begins behind a barrier waited for all before it', async () => {
  const timeline = new Timeline({ start })
  for (const takes of [30, 90]) {
    const operation = timeline.begin({ urn: `${takes}`, op: 'delete', after: [] })
    await operation.run(async () => {
      timeline.spend(takes)
    })
    operation.end()
  }
  timeline.barrier()
  timeline.begin({ urn: 'last', op: 'delete', after: [] }).end()
  assert.equal(seconds(timeline.spanOf('last', 'delete')?.start), 90)
  assert.equal(seconds(timeline.span().end), 90)
})

test('what did not wait for a creation begins before it is there, whichever was done first', async () => {
  for (const takes of [0, 5]) {
    const timeline = new Timeline({ start })
    const made = timeline.begin({ urn: 'namespace', op: 'create', after: [] })
    await made.run(async () => {
      timeline.spend(takes)
    })
    made.end()
    const sees = async (op: string, after: string[]): Promise<boolean> =>
      await timeline.begin({ urn: `${op} ${after.join()}`, op, after }).run(async () =>
        timeline.there('namespace')
      )
    assert.equal(await sees('create', []), false)
    assert.equal(await sees('create', ['namespace']), true)
    assert.equal(await sees('update', []), false)
    // What was there before this attempt is there at once.
    timeline.begin({ urn: 'older', op: 'update', after: [] }).end()
    assert.equal(timeline.there('older'), true)
    timeline.barrier()
    assert.equal(await sees('create-replacement', []), true)
  }
})
