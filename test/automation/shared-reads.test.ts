import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SharedReads } from '../../automation/shared-reads.ts'

/** A store whose reads take until they are let go, and how often it was asked. */
function slowStore () {
  const waiting: (() => void)[] = []
  let value = 0
  let reads = 0
  return {
    write () {
      value++
    },
    get value () {
      return value
    },
    get reads () {
      return reads
    },
    async read () {
      reads++
      const seen = value
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
      return seen
    },
    async finish () {
      waiting.shift()?.()
      // The read's end, and the beginning of the one that waited for it.
      for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    }
  }
}

test('many who ask at once share two reads', async () => {
  const store = slowStore()
  const shared = new SharedReads(() => store.read())
  const first = shared.get('a')
  const rest = Array.from({ length: 100 }, () => shared.get('a'))
  await store.finish()
  await store.finish()
  assert.equal(await first, 0)
  assert.deepEqual(new Set(await Promise.all(rest)), new Set([0]))
  assert.equal(store.reads, 2)
})

test('nobody is given what was true before they asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('write', 'ask', 'finish'), { maxLength: 60 }),
      async (steps) => {
        const store = slowStore()
        const shared = new SharedReads(() => store.read())
        const asked: { since: number, got: Promise<number> }[] = []
        for (const step of steps) {
          if (step === 'write') store.write()
          else if (step === 'ask') asked.push({ since: store.value, got: shared.get('a') })
          else await store.finish()
        }
        for (let turn = 0; turn < steps.length + 2; turn++) await store.finish()
        for (const { since, got } of asked) assert.ok(await got >= since)
      }
    )
  )
})

test('a read that fails fails for those who shared it, and the next is made anew', async () => {
  let reads = 0
  const shared = new SharedReads(async (key) => {
    if (++reads === 1) throw new Error('away')
    return `${key} ${reads}`
  })
  const both = await Promise.allSettled([shared.get('a'), shared.get('a'), shared.get('b')])
  assert.deepEqual(both.map(({ status }) => status), ['rejected', 'fulfilled', 'fulfilled'])
  assert.equal(await shared.get('a'), 'a 4')
})
