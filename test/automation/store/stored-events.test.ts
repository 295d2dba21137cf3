/**
 * Events that earlier commits stored are still read. `stored-events.ndjson` has one of each shape
 * that commit 327516e stored in rehearsals and in its tests; its last two are older still: a
 * violation with `level` in the place of `enforcement`, and an interruption with a reason that is
 * gone.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { eventOf } from '../../../automation/store/deployments/events.ts'
import { lineOf } from '../../../cli/view/lines.ts'
import { eventTypes, type Event, type EventType } from '../../../contract/event.ts'
import { levelOf, textOf } from '../../../dashboard/src/live/event-text.ts'
import { wrongWith } from '../../fixtures/event-check.ts'
import { repository } from '../../fixtures/service.ts'

interface Stored {
  type: EventType
  phase?: number
  unit?: string
  [field: string]: unknown
}

const file = join(repository, 'test', 'fixtures', 'stored-events.ndjson')
const stored = (await readFile(file, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Stored)
const older = 2

/** Events as the store puts them together from their columns. */
const events: Event[] = stored.map(({ type, phase, unit, ...body }, index) =>
  eventOf('d', {
    seq: index + 1,
    time: new Date('2026-11-30T19:00:00Z'),
    type,
    phase: phase ?? null,
    unit: unit ?? null,
    body
  })
)

suite('events that were stored before', () => {
  test('are of every type', () => {
    assert.deepEqual([...new Set(stored.map(({ type }) => type))].sort(), [...eventTypes].sort())
  })

  test('are read with every field they were stored with', () => {
    for (const [index, event] of events.entries()) {
      const common = { seq: index + 1, time: '2026-11-30T19:00:00.000Z', deployment: 'd' }
      assert.deepEqual(event, { ...common, ...stored[index] })
    }
  })

  test('have the fields of their schemas', () => {
    assert.deepEqual(events.slice(0, -older).map(wrongWith).filter((wrong) => wrong !== undefined), [])
  })

  test('have a line for people', () => {
    for (const event of events) {
      for (const line of [lineOf(event, { verbose: true }), `${levelOf(event)} ${textOf(event)}`]) {
        if (event.type !== 'deployment.drift') assert.ok(line, JSON.stringify(event))
        assert.doesNotMatch(line ?? '', /undefined|\[object/)
      }
    }
  })
})
