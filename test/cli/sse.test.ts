import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EventStreamParser } from '../../cli/sse.ts'

test('a stream gives the same messages however it is cut into pieces', () => {
  const message = fc.record({
    id: fc.nat(),
    data: fc.array(fc.string().map((text) => text.replaceAll(/[\r\n]/g, '')), { minLength: 1, maxLength: 3 })
  })
  fc.assert(
    fc.property(
      fc.array(message),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.integer({ min: 1, max: 20 })),
      (messages, end, sizes) => {
        const text =
          messages.map(({ id, data }) =>
            [': comment', `id: ${id}`, ...data.map((line) => `data: ${line}`), '', ''].join(end).slice(
              0,
              -end.length
            ) + end
          ).join('') + `: end${end}`
        const parser = new EventStreamParser()
        const found = []
        let at = 0
        for (const size of sizes) {
          found.push(...parser.push(text.slice(at, at + size)))
          at += size
        }
        found.push(...parser.push(text.slice(at)))
        assert.deepEqual(found, messages.map(({ id, data }) => ({ id: String(id), data: data.join('\n') })))
      }
    )
  )
})

test('comments, retry and unknown fields are no messages', () => {
  assert.deepEqual(new EventStreamParser().push('retry: 2000\n\n: still here\n\nevent: x\n\nfoo\n\n'), [])
})
