import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import {
  schedule,
  type SchedulableUnit,
  type ScheduleLimits
} from '../../../automation/deployments/run/schedule.ts'
import { isSettled, phaseResult } from '../../../automation/deployments/states.ts'
import { type UnitStatus, type CloudName } from '../../../contract/words.ts'

type Mutable = { -readonly [K in keyof SchedulableUnit]: SchedulableUnit[K] }
const clouds: (CloudName | undefined)[] = ['aws', 'gcp', 'azure', undefined]

/** An acyclic graph: each unit depends on some before it, of its phase or an earlier one. */
const graphs: fc.Arbitrary<Mutable[]> = fc.array(
  fc.record({
    step: fc.nat(1),
    cloud: fc.constantFrom(...clouds),
    picks: fc.array(fc.nat(30), { maxLength: 3 })
  }),
  { minLength: 1, maxLength: 30 }
).map((seeds) => {
  let phase = 1
  return seeds.map(({ step, cloud, picks }, index): Mutable => {
    phase = Math.min(8, phase + step)
    return {
      id: `u${index}`,
      phase,
      cloud,
      dependsOn: [...new Set(picks.filter((pick) => pick < index).map((pick) => `u${pick}`))],
      status: 'waiting',
      retryAt: null
    }
  })
})
const limitsOf: fc.Arbitrary<ScheduleLimits> = fc.record({
  deployment: fc.integer({ min: 1, max: 5 }),
  perCloud: fc.integer({ min: 1, max: 3 })
})
const ends: fc.Arbitrary<UnitStatus[]> = fc.infiniteStream(
  fc.constantFrom<UnitStatus>('succeeded', 'succeeded', 'succeeded', 'failed', 'waiting')
).map((stream) => [...stream.take(400)])

/**
 * Plays a whole run: units end in the order in which they started, by the given results. Checks
 * every decision.
 */
function play (
  units: Mutable[],
  limits: ScheduleLimits,
  results: UnitStatus[],
  phases?: readonly number[]
): string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const running: Mutable[] = []
  const order: string[] = []
  for (let turn = 0; turn < 2000; turn++) {
    const { start, skip, done } = schedule({ units, ...(phases && { phases }), limits, now: 0 })
    for (const { unit, reason } of skip) {
      const skipped = byId.get(unit)
      assert.equal(skipped?.status, 'waiting')
      assert.match(reason, /^u\d+,? (on which it depends, )?(failed|was canceled)( \(through u\d+\))?$/)
      const root = byId.get(/^u\d+/.exec(reason)?.[0] ?? '')
      assert.equal(root?.status, 'failed')
      assert.ok(standsOn(unit, root.id, byId))
    }
    for (const { unit } of skip) {
      const skipped = byId.get(unit)
      if (skipped) skipped.status = 'skipped'
    }
    for (const id of start) {
      const unit = byId.get(id)
      assert.ok(
        unit?.status === 'waiting' &&
          unit.dependsOn.every((other) =>
            byId.get(other)?.status === 'succeeded' ||
            (phases && !phases.includes(byId.get(other)?.phase ?? 0) &&
              byId.get(other)?.status === 'succeeded')
          )
      )
      unit.status = 'running'
      running.push(unit)
      order.push(id)
    }
    assert.ok(running.length <= limits.deployment)
    for (const cloud of clouds) {
      if (cloud) assert.ok(running.filter((unit) => unit.cloud === cloud).length <= limits.perCloud)
    }
    if (done) {
      assert.equal(running.length, 0)
      return order
    }
    const next = running.shift()
    if (next) next.status = results.shift() ?? 'succeeded'
    else assert.ok(skip.length > 0 || start.length > 0, 'it waits for nothing')
  }
  throw new Error('the run never ended')
}

function standsOn (unit: string, root: string, byId: ReadonlyMap<string, SchedulableUnit>): boolean {
  const dependsOn = byId.get(unit)?.dependsOn ?? []
  return dependsOn.includes(root) || dependsOn.some((other) => standsOn(other, root, byId))
}

suite('schedule', () => {
  test(
    'every run ends with all units settled: in order, within the limits, and skipped exactly where ' +
      'something they stand on failed',
    () => {
      fc.assert(fc.property(graphs, limitsOf, ends, (units, limits, results) => {
        play(units, limits, results)
        const byId = new Map(units.map((unit) => [unit.id, unit]))
        assert.ok(units.every((unit) => isSettled(unit.status)))
        for (const unit of units) {
          assert.equal(
            unit.status === 'skipped',
            unit.dependsOn.some((other) => ['failed', 'skipped'].includes(byId.get(other)?.status ?? ''))
          )
        }
      }))
    }
  )

  test('phase by phase, no unit of another phase is touched', () => {
    fc.assert(fc.property(graphs, limitsOf, (units, limits) => {
      for (const phase of [...new Set(units.map((unit) => unit.phase))].sort((a, b) => a - b)) {
        const order = play(units, limits, [], [phase])
        assert.ok(order.every((id) => units.find((unit) => unit.id === id)?.phase === phase))
        assert.ok(
          units.every((unit) => unit.phase > phase ? unit.status === 'waiting' : unit.status === 'succeeded')
        )
      }
    }))
  })

  test('with room for all, whatever could start starts at once', () => {
    fc.assert(fc.property(graphs, (units) => {
      const { start } = schedule({
        units,
        limits: { deployment: Infinity, perCloud: Infinity },
        now: 0
      })
      assert.deepEqual(start, units.filter((unit) => unit.dependsOn.length === 0).map((unit) => unit.id))
    }))
  })

  test('a retry waits until it is due and says when to look again', () => {
    const unit: SchedulableUnit = { id: 'a', phase: 1, dependsOn: [], status: 'waiting', retryAt: 500 }
    const limits = { deployment: 1, perCloud: 1 }
    assert.deepEqual(schedule({ units: [unit], limits, now: 499 }), {
      start: [],
      skip: [],
      wakeAt: 500,
      done: false
    })
    assert.deepEqual(schedule({ units: [unit], limits, now: 500 }), { start: ['a'], skip: [], done: false })
  })

  test('a reason names the unit at the root and the way to it', () => {
    const unit = (id: string, status: UnitStatus, ...dependsOn: string[]): SchedulableUnit => ({
      id,
      phase: 1,
      dependsOn,
      status,
      retryAt: null
    })
    const { skip } = schedule({
      units: [
        unit('a', 'failed'),
        unit('b', 'waiting', 'a'),
        unit('c', 'waiting', 'b'),
        unit('d', 'waiting', 'c')
      ],
      limits: { deployment: 1, perCloud: 1 },
      now: 0
    })
    assert.deepEqual(skip, [{ unit: 'b', reason: 'a, on which it depends, failed' }, {
      unit: 'c',
      reason: 'a failed (through b)'
    }, { unit: 'd', reason: 'a failed (through b)' }])
  })

  test('a phase succeeded only when all of its units did', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<UnitStatus>('succeeded', 'failed', 'skipped', 'canceled'), { minLength: 1 }),
        fc.boolean(),
        (statuses, canceling) => {
          const result = phaseResult(statuses, canceling)
          assert.equal(
            result,
            statuses.some((status) => status !== 'succeeded')
              ? (canceling ? 'canceled' : 'failed')
              : 'succeeded'
          )
        }
      )
    )
  })
})
