import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { PlanError, type PlanErrorCode } from '../../../automation/plan/errors.ts'
import { buildPlan, type Plan, type PlanRequest, type PlanUnit } from '../../../automation/plan/plan.ts'
import { unitsInMemory } from '../../../automation/unit-memory.ts'
import { clouds, operations, orderings } from '../../../contract/words.ts'
import { type Federation, type Phase } from '../../../programs/types.ts'
import { clusters, durations, kind, nautilus, phase, small, whole } from './fixtures.ts'

const names = nautilus.clusters.map((cluster) => cluster.name)
const operation = fc.constantFrom(...operations)
const ordering = fc.constantFrom(...orderings)
const range = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).map(([a, b]) => ({
  from: Math.min(a, b),
  to: Math.max(a, b)
}))
const some = fc.subarray(names, { minLength: 1 })
const limit = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined })
const request: fc.Arbitrary<PlanRequest> = fc.record({
  federation: fc.constant(nautilus),
  operation,
  ordering,
  phases: range,
  clusters: some,
  parallelism: limit,
  perCloud: limit,
  catalog: fc.constant(small),
  durations: fc.constant(durations)
})

/** The plan, or undefined when the request selects nothing. */
function planned (request: PlanRequest): Plan | undefined {
  try {
    return buildPlan(request)
  } catch (error) {
    if (error instanceof PlanError && error.code === 'PLAN_EMPTY') return undefined
    throw error
  }
}
const byId = (plan: Plan) => new Map(plan.units.map((unit) => [unit.id, unit]))
const refuses = (request: Partial<PlanRequest>, code: PlanErrorCode, message: RegExp) =>
  assert.throws(
    () => buildPlan({ federation: nautilus, operation: 'up', catalog: small, durations, ...request }),
    (error) => {
      assert.ok(error instanceof PlanError)
      assert.equal(error.code, code)
      assert.match(error.message, message)
      return true
    }
  )
const up = (request: Partial<PlanRequest> = {}) =>
  buildPlan({ federation: nautilus, operation: 'up', catalog: small, durations, ...request })

describe('a plan', () => {
  test('lists every unit after those it depends on, and starts it after they end', () => {
    fc.assert(fc.property(request, (request) => {
      const plan = planned(request)
      const units = plan ? byId(plan) : new Map<string, PlanUnit>()
      const order = [...units.keys()]
      for (const unit of units.values()) {
        for (const id of unit.dependsOn) {
          assert.ok(order.indexOf(id) !== -1 && order.indexOf(id) < order.indexOf(unit.id))
          assert.ok((units.get(id)?.predicted.end ?? Infinity) <= unit.predicted.start)
        }
        assert.equal(unit.predicted.end - unit.predicted.start, unit.predicted.seconds)
      }
    }))
  })

  test('selects exactly the units of the phases all of whose clusters are asked for', () => {
    fc.assert(fc.property(request, (request) => {
      const selected = planned(request)?.units ?? []
      const asked = new Set(request.clusters)
      const expected = small.filter((phase) =>
        phase.number >= (request.phases?.from ?? 1) && phase.number <= (request.phases?.to ?? 3)
      )
        .flatMap((phase) =>
          phase.units.flatMap((kind) =>
            kind.scopes(nautilus).filter((scope) => scope.clusters.every((name) => asked.has(name))).map((
              scope
            ) => `${phase.name}.${scope.name}`)
          )
        )
      assert.deepEqual(selected.map((unit) => unit.id).sort(), expected.sort())
    }))
  })

  test('never predicts more units at once than it may run, in all and of one cloud', () => {
    fc.assert(fc.property(request, (request) => {
      const units = planned(request)?.units ?? []
      for (const { predicted } of units) {
        const running = units.filter((other) =>
          other.predicted.start <= predicted.start && predicted.start < other.predicted.end
        )
        assert.ok(running.length <= (request.parallelism ?? Infinity))
        for (const cloud of clouds) {
          assert.ok(running.filter((unit) => unit.cloud === cloud).length <= (request.perCloud ?? Infinity))
        }
      }
    }))
  })

  test(
    'has a critical path that follows what units wait for and is never longer than the whole, and the ' +
      'whole without limits',
    () => {
      fc.assert(fc.property(request, (request) => {
        const plan = planned(request)
        if (!plan) return
        const units = byId(plan)
        const path = plan.criticalPath.map((id) => units.get(id))
        for (const [index, unit] of path.entries()) {
          assert.ok(unit)
          const previous = path[index - 1]
          if (previous) {
            assert.ok(
              unit.dependsOn.includes(previous.id) ||
                (plan.ordering === 'phased' && unit.phase !== previous.phase)
            )
          }
        }
        const length = path.reduce((sum, unit) => sum + (unit?.predicted.seconds ?? 0), 0)
        assert.ok(length <= plan.makespanSeconds + 1e-6)
        const free = buildPlan({ ...request, parallelism: undefined, perCloud: undefined })
        assert.deepEqual(free.criticalPath, plan.criticalPath)
        assert.ok(Math.abs(free.makespanSeconds - length) < 1e-6)
      }))
    }
  )

  test('is the same for the same request', () => {
    fc.assert(fc.property(request, (request) => {
      assert.deepEqual(planned(request), planned(request))
    }))
  })

  test('destroys in the mirror of the order in which it deploys', () => {
    fc.assert(fc.property(request, (request) => {
      const [deploy, destroy] = [
        planned({ ...request, operation: 'up' }),
        planned({ ...request, operation: 'destroy' })
      ]
      assert.deepEqual(
        destroy?.units.map((unit) => unit.id).sort(),
        deploy?.units.map((unit) => unit.id).sort()
      )
      const edges = (plan: Plan | undefined, turn: boolean) =>
        (plan?.units ?? []).flatMap((unit) =>
          unit.dependsOn.map((id) => turn ? `${id} > ${unit.id}` : `${unit.id} > ${id}`)
        ).sort()
      assert.deepEqual(edges(destroy, true), edges(deploy, false))
    }))
  })

  test('starts no phase before the one before it has ended, unless pipelined', () => {
    fc.assert(fc.property(request, (request) => {
      const plan = planned({ ...request, ordering: 'phased' })
      // A drift check only looks.
      if (request.operation === 'drift-check') {
        return assert.ok(
          plan?.units.every(({ dependsOn, requires }) => dependsOn.length + requires.length === 0) ?? true
        )
      }
      for (const unit of plan?.units ?? []) {
        for (const other of plan?.units ?? []) {
          const before = request.operation === 'destroy' ? other.phase > unit.phase : other.phase < unit.phase
          if (before) assert.ok(other.predicted.end <= unit.predicted.start + 1e-6)
        }
      }
    }))
    assert.ok(up({ ordering: 'pipelined' }).makespanSeconds <= up({ ordering: 'phased' }).makespanSeconds)
  })

  test('keeps ids, stacks and dependencies of all others when a cluster is added', () => {
    const [first] = nautilus.clusters
    assert.ok(first)
    const more: Federation = { ...nautilus, clusters: [...nautilus.clusters, { ...first, name: 'another' }] }
    const [before, after] = [byId(up()), byId(up({ federation: more }))]
    for (const [id, unit] of before) {
      assert.equal(after.get(id)?.stack, unit.stack)
      if (unit.scopeKind !== 'federation') assert.deepEqual(after.get(id)?.dependsOn, unit.dependsOn)
    }
    assert.deepEqual([...after.keys()].filter((id) => !before.has(id)), [
      'prerequisites.another',
      'networking.another'
    ])
  })
})

describe('what lies outside of the selection', () => {
  test('is required by what reads its outputs', () => {
    const plan = up({ phases: { from: 2, to: 2 } })
    const [link] = nautilus.links
    assert.ok(link)
    const unit = byId(plan).get(`infrastructure.${link.from}.${link.to}`)
    assert.deepEqual(unit?.dependsOn, [])
    assert.deepEqual(unit?.requires, [`prerequisites.${link.from}`, `prerequisites.${link.to}`])
  })

  test('is required too when its clusters are not asked for', () => {
    const [name] = names
    assert.ok(name)
    const unit = byId(up({ clusters: [name] })).get(`networking.${name}`)
    assert.deepEqual([unit?.dependsOn, unit?.requires], [[`prerequisites.${name}`], [
      'infrastructure.global'
    ]])
  })

  test('together with what is selected it is all that a unit depends on', () => {
    fc.assert(fc.property(request, (request) => {
      const full = byId(buildPlan({ ...request, operation: 'up', phases: undefined, clusters: undefined }))
      for (const unit of planned({ ...request, operation: 'up' })?.units ?? []) {
        assert.deepEqual(
          [...unit.dependsOn, ...unit.requires].sort(),
          [...full.get(unit.id)?.dependsOn ?? []].sort()
        )
      }
    }))
  })

  test('stands in the way of a destroy, and nothing is required by one', () => {
    const plan = up({ operation: 'destroy', phases: { from: 1, to: 1 } })
    const [name] = names
    const unit = byId(plan).get(`prerequisites.${name}`)
    assert.deepEqual(unit?.requires, [])
    assert.ok(
      unit?.dependents.includes('infrastructure.global') && unit.dependents.includes(`networking.${name}`)
    )
    assert.ok(up({ operation: 'destroy' }).units.every((unit) => unit.dependents.length === 0))
  })
})

describe('a plan is refused', () => {
  test('for clusters that are not there', () => {
    refuses(
      { clusters: ['nowhere', names[0] ?? ''] },
      'PLAN_UNKNOWN_CLUSTER',
      /nowhere.*it has nautilus-primary-us-east/
    )
  })
  test('for a phase that is not there', () => {
    refuses(
      { phases: { from: 0 } },
      'PLAN_PHASE_RANGE',
      /phases\.from is 0; right is a whole number from 1 to 3/
    )
  })
  test('for a phase that is no whole number', () => {
    refuses({ phases: { to: 1.5 } }, 'PLAN_PHASE_RANGE', /phases\.to is 1\.5/)
  })
  test('for phases in the wrong order', () => {
    refuses({ phases: { from: 3, to: 2 } }, 'PLAN_PHASE_RANGE', /at most phases\.to, 2/)
  })
  test('for no clusters', () => {
    refuses({ clusters: [] }, 'PLAN_EMPTY', /nothing is selected/)
  })
  test('for phases that have no unit of the clusters alone', () => {
    refuses({ clusters: names.slice(0, 1), phases: { from: 2, to: 2 } }, 'PLAN_EMPTY', /phase 2/)
  })
  test('for a parallelism below one', () => {
    refuses({ parallelism: 0 }, 'PLAN_PARALLELISM', /parallelism is 0/)
    refuses({ perCloud: 2.5 }, 'PLAN_PARALLELISM', /perCloud is 2\.5/)
  })

  test('when a duration of the table is below 0 or none', () => {
    for (const create of [-60, Number.NaN]) {
      const slow = { create, update: 1, delete: 1, source: 'made up for tests' }
      refuses(
        { durations: { ...durations, types: { ...durations.types, 'test:index:T60': slow } } },
        'PLAN_DURATION',
        /is predicted to take (-57|NaN) s/
      )
    }
  })

  const broken = (...phases: Phase[]) => ({ catalog: phases })
  test('when units depend on each other in a circle, which is named', () => {
    const [a, b] = names
    refuses(
      broken(phase(
        1,
        kind('cluster', clusters, (scope) =>
          scope.name === a
            ? [{ phase: 'prerequisites', scope: b ?? '' }]
            : scope.name === b
            ? [{ phase: 'prerequisites', scope: a ?? '' }]
            : [])
      )),
      'PLAN_CYCLE',
      new RegExp(`prerequisites\\.${a} -> prerequisites\\.${b} -> prerequisites\\.${a}`)
    )
  })
  test('when a unit depends on one that nothing makes', () => {
    refuses(
      broken(phase(1, kind('federation', whole, () => [{ phase: 'mesh', scope: 'global' }]))),
      'PLAN_UNKNOWN_DEPENDENCY',
      /prerequisites\.global depends on mesh\.global/
    )
  })
  test('when a unit depends on one of a later phase', () => {
    refuses(
      broken(
        phase(1, kind('federation', whole, () => [{ phase: 'infrastructure', scope: 'global' }])),
        phase(2, kind('federation', whole, () => []))
      ),
      'PLAN_PHASE_ORDER',
      /later phase/
    )
  })
  test('when two units have one id', () => {
    refuses(
      broken(phase(1, kind('federation', whole, () => []), kind('cluster', whole, () => []))),
      'PLAN_DUPLICATE_UNIT',
      /prerequisites\.global/
    )
  })
})

describe('Nautilus', () => {
  test('is up within its target with the limit of a service with 16 GiB, pipelined', async () => {
    const table = await loadDurations()
    const parallelism = unitsInMemory(16 * 1024 ** 3)
    assert.equal(parallelism, 25)
    const plan = buildPlan({
      federation: nautilus,
      operation: 'up',
      ordering: 'pipelined',
      parallelism,
      durations: table
    })
    assert.ok(plan.units.length >= 80 && plan.units.length <= 120, String(plan.units.length))
    assert.deepEqual([...new Set(plan.units.map((unit) => unit.phase))], [1, 2, 3, 4, 5, 6, 7, 8])
    assert.deepEqual([plan.targetSeconds, plan.meetsTarget], [1800, true])
    assert.ok(plan.criticalPath.includes('infrastructure.nautilus-primary-asia-northeast'))
    assert.ok(plan.makespanSeconds < 30 * 60)
    assert.ok(plan.units.every((unit) => unit.stack === `nautilus.${unit.id}`))
  })

  test('meets a target that is late enough, and has none when it is destroyed', async () => {
    const table = await loadDurations()
    assert.equal(
      buildPlan({ federation: { ...nautilus, targetMinutes: 600 }, operation: 'up', durations: table })
        .meetsTarget,
      true
    )
    const destroy = buildPlan({ federation: nautilus, operation: 'destroy', durations: table })
    assert.deepEqual([destroy.targetSeconds, destroy.meetsTarget], [undefined, undefined])
  })

  test(
    'in its real phases needs no output of a later one, and every unit but those of the first phases needs ' +
      'some',
    () => {
      const plan = buildPlan({ federation: nautilus, operation: 'up', durations })
      const units = byId(plan)
      for (const unit of plan.units) {
        for (const id of unit.dependsOn) assert.ok((units.get(id)?.phase ?? 9) <= unit.phase)
      }
      assert.ok(plan.units.filter((unit) => unit.phase >= 5).every((unit) => unit.dependsOn.length > 0))
    }
  )
})
