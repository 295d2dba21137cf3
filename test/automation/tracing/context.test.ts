import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  activeTrace,
  contextOf,
  derivedSpanId,
  newSpanId,
  spanTime,
  traceFields,
  traceparentOf,
  underTrace
} from '../../../automation/tracing/context.ts'

const id = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length }).filter((
    text
  ) => !/^0+$/.test(text))

test('a traceparent is read as it was written', () => {
  fc.assert(fc.property(id(32), id(16), fc.boolean(), (traceId, spanId, sampled) => {
    assert.deepEqual(contextOf(traceparentOf({ traceId, spanId, sampled })), { traceId, spanId, sampled })
  }))
})

test('what is no traceparent is none; later versions and flags are read as far as they are known', () => {
  const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  for (
    const wrong of [
      undefined,
      null,
      '',
      'x',
      `00-${trace}-${span}`,
      `ff-${trace}-${span}-01`,
      `00-${'0'.repeat(32)}-${span}-01`,
      `00-${trace}-${'0'.repeat(16)}-01`,
      `00-${trace.toUpperCase()}-${span}-01`,
      `00-${trace}-${span}-01x`
    ]
  ) assert.equal(contextOf(wrong), undefined, String(wrong))
  assert.equal(contextOf(`01-${trace}-${span}-03-more`)?.sampled, true)
  assert.equal(contextOf(`00-${trace}-${span}-02`)?.sampled, false)
})

test('ids of long spans depend on every part, and those of others on nothing', () => {
  assert.equal(derivedSpanId('a', 1), derivedSpanId('a', 1))
  assert.match(derivedSpanId('a', 1), /^[0-9a-f]{16}$/)
  assert.equal(
    new Set([
      derivedSpanId('a', 1),
      derivedSpanId('a', 2),
      derivedSpanId('a1'),
      derivedSpanId('b', 1),
      newSpanId(),
      newSpanId()
    ]).size,
    6
  )
})

test('what runs under a span names it, also after a wait, and nothing else does', async () => {
  const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true }
  assert.deepEqual([activeTrace(), traceFields()], [undefined, {}])
  const seen = await underTrace(context, async () => {
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
    return [activeTrace(), traceFields()]
  })
  assert.deepEqual(seen, [context, { trace_id: context.traceId, span_id: context.spanId }])
  assert.equal(activeTrace(), undefined)
})

test('the clock of spans is the wall clock, and goes on between its ticks', () => {
  assert.ok(Math.abs(spanTime() - Date.now()) < 100)
  const times = Array.from({ length: 50 }, () => spanTime())
  assert.ok(new Set(times).size > 10)
})
