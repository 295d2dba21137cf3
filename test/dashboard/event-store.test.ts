/** The events that the page holds: kept, filtered and counted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { eventTypes, type Event, type EventType } from '../../contract/event.ts'
import { EventStore, type Filter } from '../../dashboard/src/live/event-store.ts'
import { kinds } from '../../dashboard/src/live/event-text.ts'
import { sampleEvents } from './sample-events.ts'

const all: Filter = { kinds, level: 'all', text: '' }
const event = (seq: number, type: EventType, fields: Record<string, unknown> = {}): Event =>
  ({ ...sampleEvents[type], ...fields, seq, type }) as Event

test('events that arrive again are kept once, in order', () => {
  const store = new EventStore(all)
  store.append([event(1, 'unit.started'), event(2, 'resource.started')])
  store.append([event(2, 'resource.started'), event(3, 'resource.succeeded')])
  assert.equal(store.total, 3)
  assert.deepEqual(store.window(0, 10).map(({ seq }) => seq), [1, 2, 3])
  assert.equal(store.lastSeq, 3)
})

test('a filter lets the same rows through, whether it is set before or after them', () => {
  const anyEvent = fc.record({
    type: fc.constantFrom(...eventTypes),
    unit: fc.constantFrom('a', 'b'),
    message: fc.constantFrom('quota exceeded', 'fine', '')
  })
  const anyFilter = fc.record({
    kinds: fc.subarray([...kinds]),
    level: fc.constantFrom('all' as const, 'warning' as const, 'error' as const),
    text: fc.constantFrom('', 'QUOTA', 'unit.'),
    unit: fc.constantFrom('a', undefined)
  })
    .map(({ unit, ...rest }): Filter => ({ ...rest, ...(unit !== undefined && { unit }) }))
  fc.assert(fc.property(fc.array(anyEvent, { maxLength: 60 }), anyFilter, (list, filter) => {
    const events = list.map(({ type, ...fields }, index) => event(index + 1, type, fields))
    const before = new EventStore(all)
    before.filter(filter)
    before.append(events)
    const after = new EventStore(all)
    after.append(events)
    after.filter(filter)
    assert.deepEqual(before.window(0, 100), after.window(0, 100))
    assert.equal(before.matching, after.matching)
  }))
})

test('the oldest rows are dropped beyond a bound, and the counts stay right', () => {
  const store = new EventStore({ ...all, text: 'even' }, 1000)
  for (let seq = 1; seq <= 5000; seq++) {
    store.append([event(seq, 'diagnostic', { message: seq % 2 === 0 ? 'even' : 'odd' })])
  }
  assert.ok(store.total <= 1000 && store.total >= 900, `${store.total} kept`)
  assert.equal(store.dropped + store.total, 5000)
  const rows = store.window(0, 2000)
  assert.equal(rows.length, store.matching)
  assert.ok(rows.every(({ seq }) => seq % 2 === 0 && seq > store.dropped))
})

test("a running unit's resources are counted from its start until its end", () => {
  const store = new EventStore(all)
  store.append([
    event(1, 'resource.succeeded', { unit: 'a' }),
    event(2, 'unit.started', { unit: 'b' }),
    event(3, 'resource.succeeded', { unit: 'b' })
  ])
  assert.deepEqual([...store.resources], [['b', 1]])
  store.append([event(4, 'unit.succeeded', { unit: 'b' })])
  assert.deepEqual([...store.resources], [])
})
