// How much work operations are, counted: what an up that changes nothing writes beside one that
// makes everything, and what a process holds after many operations.
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Chance } from './random/chance.ts'
import { randomProgram } from './random/random-program.ts'
import { World } from './random/world.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const resources = 100
const program = randomProgram(new Chance(5), resources).map((spec) => ({
  ...spec,
  imported: false,
  protect: false
}))

/**
 * Bytes that may stay after twelve operations: entries of the history, caches. One run over these
 * resources holds a megabyte, so that one run in six that stayed would be found.
 */
const mostGrown = 2_000_000

/** Bytes that stay after a collection. */
function heap (): number {
  collect()
  return process.memoryUsage().heapUsed
}

suite('the work of an operation', () => {
  const world = new World()
  before(() => world.open())
  after(() => world.close())

  test('is a fraction when nothing changes', async () => {
    const made = await world.run('up', program)
    const writtenToMake = world.written
    const again = await world.run('up', program)
    const writtenAgain = world.written - writtenToMake
    assert.deepEqual([made.how, again.how], ['succeeded', 'succeeded'], made.text + again.text)
    assert.ok(made.calls.length > resources / 2, 'the first up makes most of the resources itself')
    assert.deepEqual(again.calls, [])
    assert.ok(
      writtenAgain < writtenToMake / 10,
      `an up that changes nothing wrote ${writtenAgain} characters, the first one ${writtenToMake}`
    )
  })

  test('leaves nothing behind in the process', async () => {
    // Caches and compiled code are there after a few.
    const operations = ['up', 'preview', 'refresh'] as const
    const rounds = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        for (const operation of operations) await world.run(operation, program)
      }
    }
    await rounds(2)
    const held = heap()
    await rounds(4)
    const grown = heap() - held
    assert.ok(grown < mostGrown, `${grown} bytes stayed after 12 operations`)
  })
})
