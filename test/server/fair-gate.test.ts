import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FairGate } from '../../server/fair-gate.ts'

/** Runs what asks in this order through a gate, and gives the order in which it came in. */
async function orderOf (keys: readonly string[], bounds: { atOnce: number, waiting: number }) {
  const gate = new FairGate(bounds)
  const entered: string[] = []
  const refused: string[] = []
  let most = 0
  let inside = 0
  await Promise.all(keys.map(async (key) => {
    const leave = await gate.enter(key)
    if (!leave) {
      refused.push(key)
      return
    }
    most = Math.max(most, ++inside)
    entered.push(key)
    await new Promise(setImmediate)
    inside--
    leave()
    leave()
  }))
  assert.ok(most <= bounds.atOnce)
  assert.equal(gate.waiting, 0)
  return { entered, refused }
}

test('who asks for one waits for no more than one turn of each other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      async (many, atOnce) => {
        const { entered, refused } = await orderOf([...many, 'one'], { atOnce, waiting: 1_000 })
        assert.equal(refused.length, 0)
        assert.ok(entered.indexOf('one') <= atOnce + new Set(many).size)
      }
    ),
    { numRuns: 100, seed: 12 }
  )
})

test('when too much waits, the key with the most loses its latest', async () => {
  const { entered, refused } = await orderOf(
    [...Array.from({ length: 20 }, () => 'many'), 'one', 'two'],
    { atOnce: 1, waiting: 5 }
  )
  assert.ok(entered.includes('one') && entered.includes('two'))
  assert.deepEqual(new Set(refused), new Set(['many']))
  assert.equal(entered.length, 6)
})
