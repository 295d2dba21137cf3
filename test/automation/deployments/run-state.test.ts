import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type Look, RunState } from '../../../automation/deployments/run/state.ts'
import { type UnitState } from '../../../automation/store/units/units.ts'

const self = 'this-process'
const limits = { deployment: Infinity, perCloud: Infinity, free: Infinity }

function unit (id: string, more: Partial<UnitState> = {}): UnitState {
  return {
    id,
    phase: 1,
    scope: { kind: 'cloud', name: id, clusters: [] },
    stack: `f.prerequisites.${id}`,
    dependsOn: [],
    reads: [],
    follows: [],
    virtualEnd: null,
    status: 'waiting',
    attempt: 0,
    failures: 0,
    losses: 0,
    retryAt: null,
    executor: null,
    fence: 0,
    leftovers: null,
    declaredBy: null,
    ...more
  }
}

/**
 * A store with attempts of this process and of another, and looks of this process that take time.
 */
class World {
  readonly state = new RunState('running')
  readonly stored = new Map<string, UnitState>()
  readonly underWay = new Map<string, { unit: UnitState, done: boolean }>()
  look: { begun: Look, read: UnitState[] } | undefined

  constructor (ids: readonly string[]) {
    for (const id of ids) this.stored.set(id, unit(id))
    this.state.load(ids.map((id) => unit(id)))
  }

  /** This process claims a unit that it takes for waiting; the store knows better sometimes. */
  start (id: string): void {
    const stored = this.stored.get(id)
    const known = this.state.units.find((one) => one.id === id)
    if (known?.status !== 'waiting' || stored?.status !== 'waiting') return
    const begun = this.state.begin(id)
    assert.ok(begun)
    Object.assign(stored, { status: 'running', executor: self, fence: stored.fence + 1 })
    this.underWay.set(id, { unit: begun, done: false })
  }

  /** The store takes the result of an attempt. */
  commit (id: string): void {
    const attempt = this.underWay.get(id)
    if (!attempt || attempt.done) return
    attempt.done = true
    Object.assign(this.stored.get(id) ?? {}, { status: 'succeeded', executor: null })
  }

  /** This process hears that the store took it. */
  hear (id: string): void {
    const attempt = this.underWay.get(id)
    if (!attempt?.done) return
    this.state.take(attempt.unit, { kind: 'ended', status: 'succeeded', leftovers: null })
    this.state.end(id)
    this.underWay.delete(id)
  }

  /** Another process ends a unit that waits. */
  endElsewhere (id: string): void {
    const stored = this.stored.get(id)
    if (stored?.status === 'waiting') stored.status = 'skipped'
  }

  beginLook (): void {
    this.look = { begun: this.state.look(), read: structuredClone([...this.stored.values()]) }
  }

  endLook (): UnitState[] {
    if (!this.look) return []
    const { begun, read } = this.look
    this.look = undefined
    return this.state.merge(begun, read, self)
  }
}

suite('the state of a run', () => {
  test('a look into the store never undoes what an attempt does meanwhile', () => {
    const ids = ['a', 'b', 'c']
    const step = fc.record({
      what: fc.constantFrom('start', 'commit', 'hear', 'endElsewhere', 'beginLook', 'endLook'),
      id: fc.constantFrom(...ids)
    })
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World(ids)
      for (const { what, id } of steps) {
        if (what === 'beginLook') world.beginLook()
        else if (what === 'endLook') assert.deepEqual(world.endLook(), [], 'nobody here lost a unit')
        else world[what as 'start'](id)
        for (const { unit: { status } } of world.underWay.values()) assert.equal(status, 'running')
      }
      for (const id of ids) {
        world.commit(id)
        world.hear(id)
      }
      world.beginLook()
      assert.deepEqual(world.endLook(), [])
      assert.deepEqual(
        world.state.units.map(({ id, status }) => [id, status]),
        [...world.stored.values()].map(({ id, status }) => [id, status])
      )
    }))
  })

  test('a unit that runs here by the store alone is one whose claim was not heard of', () => {
    const state = new RunState('running')
    state.load([unit('a'), unit('b')])
    const look = state.look()
    const stored = [
      unit('a', { status: 'running', executor: self }),
      unit('b', {
        status: 'running',
        executor: 'another'
      })
    ]
    assert.deepEqual(state.merge(look, stored, self).map(({ id }) => id), ['a'])
    assert.deepEqual(state.units.map(({ status }) => status), ['running', 'running'])
  })

  test('what succeeded elsewhere is told once', () => {
    const state = new RunState('running')
    state.load([unit('a', { status: 'succeeded' }), unit('b')])
    const stored = [unit('a', { status: 'succeeded' }), unit('b', { status: 'succeeded' })]
    assert.deepEqual(state.succeededElsewhere(stored).map(({ id }) => id), ['b'])
    state.merge(state.look(), stored, self)
    assert.deepEqual(state.succeededElsewhere(stored), [])
  })

  test('a unit that could not be claimed waits for its time, and the store is asked', () => {
    const state = new RunState('running')
    state.load([unit('a')])
    state.look()
    const begun = state.begin('a')
    assert.ok(begun)
    assert.equal(state.begin('a'), undefined, 'one attempt at a time')
    state.deny(begun, 5_000)
    state.end('a')
    assert.equal(state.stale, true)
    state.merge(state.look(), [unit('a')], self)
    assert.deepEqual(state.schedule(undefined, limits, 4_999), {
      start: [],
      skip: [],
      wakeAt: 5_000,
      done: false
    })
    assert.deepEqual(state.schedule(undefined, limits, 5_000).start, ['a'])
  })

  test('phases end once all of their units are settled', () => {
    const state = new RunState('running')
    state.load([
      unit('a', { status: 'succeeded' }),
      unit('b', { phase: 2, status: 'failed' }),
      unit('c', { phase: 2, status: 'skipped' }),
      unit('d', { phase: 3 })
    ])
    assert.deepEqual(state.settledPhases([3, 2, 1, 2]), [{ phase: 1, units: ['succeeded'] }, {
      phase: 2,
      units: ['failed', 'skipped']
    }])
    assert.equal(state.result([1]), 'succeeded')
    assert.equal(state.result([1, 2]), 'failed')
    assert.equal(state.hear('canceling'), true)
    assert.equal(state.hear('canceling'), false)
    assert.equal(state.result([1, 2]), 'canceled')
    state.close(['d'], 'canceled')
    assert.deepEqual(state.settledPhases([3]), [{ phase: 3, units: ['canceled'] }])
  })
})
