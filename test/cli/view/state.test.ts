import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import picocolors from 'picocolors'
import { lineOf } from '../../../cli/view/lines.ts'
import { screenOf } from '../../../cli/view/screen.ts'
import { countUnits, initialState, keptFailures, reduce } from '../../../cli/view/state.ts'
import { type Deployment } from '../../../contract/deployment.ts'
import { eventTypes, type Event } from '../../../contract/event.ts'
import { phaseNames } from '../../../contract/words.ts'

const noChanges = { create: 0, update: 0, delete: 0, replace: 0, same: 0 }
const deployment: Deployment = {
  id: 'd1',
  federation: 'nautilus',
  operation: 'up',
  mode: 'rehearsal',
  world: 'default',
  status: 'queued',
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  phases: phaseNames.map((name, index) => ({
    number: index + 1,
    name,
    status: 'pending',
    startedAt: null,
    finishedAt: null,
    units: { total: 3, succeeded: 0, failed: 0, running: 0, skipped: 0, waiting: 3, canceled: 0 }
  })),
  resourceChanges: noChanges,
  lastEvent: 1,
  request: {
    federation: 'nautilus',
    operation: 'up',
    mode: 'rehearsal',
    phases: { from: 1, to: 8 },
    ordering: 'phased',
    approvals: 'none'
  }
}

const draft = fc.record({
  type: fc.constantFrom(...eventTypes),
  phase: fc.integer({ min: 1, max: 8 }),
  unit: fc.constantFrom('u1', 'u2', 'u3'),
  attempt: fc.integer({ min: 1, max: 4 }),
  message: fc.string(),
  resourceChanges: fc.constant({ ...noChanges, create: 2 })
}, { requiredKeys: ['type'] })
const stream = fc.array(draft, { maxLength: 80 }).map((drafts) =>
  drafts.map((fields, index): Event => ({
    ...fields,
    seq: index + 1,
    time: new Date(index * 1000).toISOString(),
    deployment: 'd1'
  }))
)

test('a stream gives the same state, however reconnects split or overlap it', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.tuple(fc.nat(80), fc.nat(80)), { maxLength: 8 }), (events, cuts) => {
      const whole = events.reduce(reduce, initialState(deployment))
      // Each connection begins at or before where the one before it ended, and the last reads to
      // the end.
      let state = initialState(deployment)
      for (const [back, forth] of [...cuts, [0, events.length] as const]) {
        const begin = Math.max(0, state.lastEvent - back)
        for (const event of events.slice(begin, begin + back + forth)) state = reduce(state, event)
      }
      assert.deepEqual(state, whole)
    })
  )
})

test('a state is made from events alone and never modified', () => {
  fc.assert(fc.property(stream, (events) => {
    let state = initialState(deployment)
    for (const event of events) {
      const before = structuredClone(state)
      const next = reduce(state, event)
      assert.deepEqual(state, before)
      state = next
    }
    assert.equal(state.lastEvent, events.length)
    assert.ok(state.failures.length <= keptFailures)
    for (const phase of state.phases) {
      const counts = countUnits(state, phase)
      assert.ok(Object.values(counts).reduce((sum, count) => sum + count, 0) >= phase.total)
    }
  }))
})

test('a screen fits its terminal', () => {
  fc.assert(
    fc.property(
      stream,
      fc.integer({ min: 20, max: 200 }),
      fc.integer({ min: 3, max: 60 }),
      (events, columns, rows) => {
        const state = events.reduce(reduce, initialState(deployment))
        const lines = screenOf(state, { columns, rows, now: 100_000, colors: picocolors.createColors(false) })
        assert.ok(lines.length < Math.max(2, rows))
        for (const line of lines) assert.ok(line.length <= columns, `${line.length} > ${columns}: ${line}`)
      }
    )
  )
})

test('a line is one line, without control characters', () => {
  fc.assert(fc.property(stream, (events) => {
    for (const event of events) assert.doesNotMatch(lineOf(event, { verbose: true }) ?? '', /[\p{Cc}]/u)
  }))
})

const event = (seq: number, type: Event['type'], fields: Partial<Event> = {}): Event => ({
  seq,
  type,
  time: new Date(seq * 1000).toISOString(),
  deployment: 'd1',
  ...fields
})

test('the sums of a rollout that fails and is resumed are right', () => {
  const run = (events: Event[]) => events.reduce(reduce, initialState(deployment))
  const first = [
    event(1, 'deployment.queued'),
    event(2, 'deployment.started'),
    event(3, 'phase.started', { phase: 1 }),
    event(4, 'unit.started', { phase: 1, unit: 'a', attempt: 1 }),
    event(5, 'resource.started', { phase: 1, unit: 'a' }),
    event(6, 'resource.failed', {
      phase: 1,
      unit: 'a',
      resource: { type: 't', name: 'n' },
      message: 'quota'
    }),
    event(7, 'unit.failed', {
      phase: 1,
      unit: 'a',
      attempt: 1,
      resourceChanges: { ...noChanges, create: 3 },
      error: { code: 'x', message: 'no', retryable: false }
    }),
    event(8, 'phase.failed', { phase: 1 }),
    event(9, 'deployment.failed', { error: { code: 'x', message: 'no', retryable: false } })
  ]
  const failed = run(first)
  assert.equal(failed.status, 'failed')
  assert.deepEqual(failed.failures.map(({ unit, resource, message }) => [unit, resource, message]), [[
    'a',
    't n',
    'quota'
  ], ['a', undefined, 'no']])
  assert.equal(failed.changes.create, 3)
  const resumed = run([
    ...first,
    event(10, 'deployment.resumed'),
    event(11, 'deployment.started'),
    event(12, 'unit.started', { phase: 1, unit: 'a', attempt: 2 })
  ])
  assert.equal(resumed.status, 'running')
  assert.equal(resumed.error, undefined)
  assert.deepEqual([resumed.units.a?.status, resumed.units.a?.attempt], ['running', 2])
})
