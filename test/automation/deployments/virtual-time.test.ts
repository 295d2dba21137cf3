import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EventOrder } from '../../../automation/deployments/run/event-order.ts'
import { seededChance, virtualStart } from '../../../automation/deployments/run/virtual-time.ts'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { type OrderedDraft } from '../../../automation/stacks/types.ts'
import { type UnitStatus } from '../../../contract/words.ts'

const unit = (id: string, more: {
  dependsOn?: string[]
  follows?: string[]
  status?: UnitStatus
  virtualEnd?: number | null
  phase?: number
} = {}) => ({
  id,
  phase: 1,
  dependsOn: [],
  follows: [],
  status: 'succeeded' as UnitStatus,
  virtualEnd: null,
  ...more
})

describe('a unit begins in the time of its world', () => {
  const past = new Set<number>()

  test('after what it depends on and after the unit whose room it takes', () => {
    const one = unit('c', { dependsOn: ['a'], follows: ['b'], status: 'waiting' })
    const units = [unit('a', { virtualEnd: 500 }), unit('b', { virtualEnd: 800 }), one]
    assert.equal(virtualStart(one, { units, base: 100, past }), 800)
  })

  test('when the run began, though what it depends on ended long before', () => {
    const one = unit('b', { dependsOn: ['a'], status: 'waiting' })
    assert.equal(virtualStart(one, { units: [unit('a', { virtualEnd: 5 }), one], base: 100, past }), 100)
  })

  test('after the room is left of a unit that was skipped', () => {
    const one = unit('c', { follows: ['b'], status: 'waiting' })
    const skipped = unit('b', { follows: ['a'], status: 'skipped' })
    const units = [unit('a', { virtualEnd: 700 }), skipped, one]
    assert.equal(virtualStart(one, { units, base: 100, past }), 700)
  })

  test('after every unit of the phases before, and after its own last attempt', () => {
    const one = unit('c', { phase: 2, status: 'waiting', virtualEnd: 950 })
    const units = [unit('a', { virtualEnd: 700 }), unit('b', { virtualEnd: 900 }), one]
    assert.equal(virtualStart(one, { units, base: 0, past: new Set([1]) }), 950)
    const first = { ...one, virtualEnd: null }
    assert.equal(virtualStart(first, { units, base: 0, past: new Set([1]) }), 900)
  })
})

test('chance is the same for the same seed, unit and failures', () => {
  assert.equal(seededChance(1, 'a', 1), seededChance(1, 'a', 1))
  assert.equal(new Set([1, 2, 3].map((seed) => seededChance(seed, 'a', 1))).size, 3)
  for (let seed = 0; seed < 100; seed++) {
    const chance = seededChance(seed, 'unit', 2)
    assert.ok(chance >= 0 && chance < 1)
  }
})

describe('the events of an attempt', () => {
  const event = (
    type: 'resource.started' | 'resource.succeeded',
    urn: string,
    at: number,
    rank: number
  ): OrderedDraft => ({
    type,
    phase: 1,
    unit: 'u',
    urn,
    resource: { type: 't', name: urn },
    op: 'create',
    emittedAt: '2026-12-01T00:00:00.000Z',
    order: { at, rank }
  })
  const said = (message: string, urn?: string): OrderedDraft => ({
    type: 'diagnostic',
    phase: 1,
    unit: 'u',
    severity: 'info',
    message,
    ...(urn !== undefined && { urn })
  })
  const given = (drafts: readonly OrderedDraft[], held: boolean): string[] => {
    const out: EventDraft[] = []
    const order = new EventOrder(held, (batch) => out.push(...batch))
    for (const draft of drafts) order.add([draft])
    order.flush()
    assert.ok(out.every((draft) => !('order' in draft)))
    return out.map((draft) =>
      draft.type === 'diagnostic'
        ? draft.message
        : `${draft.type.slice(9, 11)} ${'urn' in draft ? draft.urn : ''}`
    )
  }
  const drafts = [
    event('resource.started', 'b', 0, 2),
    event('resource.started', 'a', 0, 2),
    said('nobody'),
    event('resource.succeeded', 'b', 600_000, 3),
    event('resource.started', 'c', 15_000, 4),
    event('resource.succeeded', 'a', 15_000, 3),
    said('c is slow', 'c'),
    event('resource.succeeded', 'c', 15_000, 5)
  ]

  test('come in the order of their world, each operation after what it waited for', () => {
    assert.deepEqual(given(drafts, true), [
      'st a',
      'st b',
      'su a',
      'st c',
      'c is slow',
      'su c',
      'su b',
      'nobody'
    ])
  })

  test('come in the same order however the machine got to them', () => {
    const turned = [1, 0, 5, 4, 6, 3, 7, 2].flatMap((index) => drafts[index] ?? [])
    assert.deepEqual(given(turned, true), given(drafts, true))
  })

  test('come as they are told where time goes by', () => {
    assert.equal(given(drafts, false)[0], 'st b')
  })
})
