import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import picocolors from 'picocolors'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { lineOf } from '../../../cli/view/lines.ts'
import { screenOf } from '../../../cli/view/screen.ts'
import { countUnits, initialState, keptFailures, reduce } from '../../../cli/view/state.ts'
import { type Deployment } from '../../../contract/deployment.ts'
import { type Event } from '../../../contract/event.ts'
import { phaseNames } from '../../../contract/words.ts'
import { anyEvent } from '../../fixtures/any-event.ts'
import { created, operation } from '../../fixtures/events.ts'

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

const stream = fc.array(anyEvent, { maxLength: 80 }).map((events) =>
  events.map((event, index): Event => ({
    ...event,
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

/** Numbers drafts, a second apart. */
const numbered = (first: number, ...drafts: EventDraft[]): Event[] =>
  drafts.map((draft, index) => ({
    ...draft,
    seq: first + index,
    time: new Date((first + index) * 1000).toISOString(),
    deployment: 'd1'
  }))

test('the sums of a rollout that fails and is resumed are right', () => {
  const run = (events: Event[]) => events.reduce(reduce, initialState(deployment))
  const subject = { phase: 1, unit: 'a' }
  const error = { code: 'x', message: 'no', retryable: false }
  const first = numbered(
    1,
    { type: 'deployment.queued', federation: 'nautilus', operation: 'up', mode: 'rehearsal', units: 24 },
    { type: 'deployment.started', run: 1 },
    { type: 'phase.started', phase: 1 },
    { type: 'unit.started', ...subject, attempt: 1 },
    { type: 'resource.started', ...operation(subject) },
    {
      type: 'resource.failed',
      ...operation(subject),
      resource: { type: 't', name: 'n' },
      message: 'quota'
    },
    { type: 'unit.failed', ...subject, attempt: 1, resourceChanges: created(3), error },
    { type: 'phase.failed', phase: 1 },
    { type: 'deployment.failed', error }
  )
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
    ...numbered(
      10,
      { type: 'deployment.resumed', run: 2 },
      { type: 'deployment.started', run: 2 },
      { type: 'unit.started', ...subject, attempt: 2 }
    )
  ])
  assert.equal(resumed.status, 'running')
  assert.equal(resumed.error, undefined)
  assert.deepEqual([resumed.units.a?.status, resumed.units.a?.attempt], ['running', 2])
})
