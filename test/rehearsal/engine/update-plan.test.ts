// Update plans against what `deploy/plan.go` of Pulumi allows: a table of property changes, the
// options of a resource, operations in their order, and the file.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { type Goal } from '../../../rehearsal/engine/plan/goal.ts'
import { makeState } from '../../../rehearsal/engine/state/resource-state.ts'
import { type Step, type StepOp } from '../../../rehearsal/engine/steps/step.ts'
import { checkDifference } from '../../../rehearsal/engine/update-plan/difference-check.ts'
import { checkGoal, goalPlan } from '../../../rehearsal/engine/update-plan/goal-plan.ts'
import { readPlan, writePlan } from '../../../rehearsal/engine/update-plan/plan-file.ts'
import { noChanges, planDifference } from '../../../rehearsal/engine/update-plan/property-difference.ts'
import { type UpdatePlan, UpdatePlans } from '../../../rehearsal/engine/update-plan/update-plan.ts'
import { makeSecret } from '../../../rehearsal/engine/values/wire-values.ts'
import { type WireObject, unknownValue } from '../../../rehearsal/wire.ts'

const urn = 'urn:pulumi:dev::test::sim:index:Thing::a'
const goal = (options: Partial<Goal> = {}): Goal => ({
  type: 'sim:index:Thing',
  name: 'a',
  custom: true,
  properties: {},
  parent: '',
  protect: undefined,
  dependencies: [],
  provider: '',
  propertyDependencies: {},
  deleteBeforeReplace: undefined,
  ignoreChanges: [],
  additionalSecretOutputs: [],
  aliases: [],
  id: '',
  customTimeouts: {},
  replaceOnChanges: [],
  replacementTrigger: undefined,
  retainOnDelete: undefined,
  deletedWith: '',
  replaceWith: [],
  hideDiff: [],
  hooks: {},
  sourcePosition: '',
  stackTrace: [],
  ...options
})
const step = (op: StepOp, of = urn): Step => ({ op, urn: of }) as Step
const registered = (plans: UpdatePlans, olds: WireObject | undefined, inputs: WireObject): void =>
  plans.registered({
    urn,
    goal: goal(),
    old: olds && makeState({ type: 'sim:index:Thing', urn, custom: true, inputs: olds }),
    inputs,
    seed: new Uint8Array([1, 2, 3]),
    fresh: olds === undefined
  })

/** The plan that a preview of one resource makes. */
function planOf (olds: WireObject | undefined, inputs: WireObject, ...ops: StepOp[]): UpdatePlan {
  const plans = new UpdatePlans({ make: true })
  registered(plans, olds, inputs)
  plans.steps(ops.map((op) => step(op)), (own) => own)
  assert.ok(plans.made)
  return plans.made
}

suite('an update plan', () => {
  test('allows the changes of properties that were planned, and no others', () => {
    const cases: [olds: WireObject, planned: WireObject, news: WireObject, violation: string | undefined][] =
      [
        [{}, { v: 1 }, { v: 1 }, undefined],
        [{}, { v: 1 }, { v: 2 }, '++v[{1}!={2}]'],
        [{}, { v: 1 }, {}, '+-v[{1}]'],
        [{}, {}, { v: 1 }, '=+v[{1}]'],
        [{}, { v: unknownValue }, { v: 7 }, undefined],
        [{}, { v: unknownValue }, {}, undefined],
        [{ v: 1 }, { v: 2 }, { v: 2 }, undefined],
        [{ v: 1 }, { v: 2 }, { v: 3 }, '~~v[{2}!={3}]'],
        [{ v: 1 }, { v: 2 }, { v: 1 }, '~=v[{2}!={1}]'],
        // Found twice, as a change and as what is missing; the real engine says so twice too.
        [{ v: 1 }, { v: 2 }, {}, '~-v[{2}], ~-v[{2}]'],
        [{ v: 1 }, { v: unknownValue }, {}, undefined],
        [{ v: 1 }, {}, {}, undefined],
        // A deletion that does not happen is missed only beside a change: the real engine's rule.
        [{ v: 1 }, {}, { v: 1 }, undefined],
        [{ v: 1, w: 1 }, { w: 2 }, { v: 1, w: 2 }, '-=v[{1}]'],
        [{ v: 1 }, {}, { v: 2 }, '-~v[{2}], -~v[{2}]'],
        [{ v: 1 }, { v: 1 }, {}, '=-v'],
        [{ v: 1 }, { v: 1 }, { v: 2 }, '=~v[{2}]'],
        [{ o: { a: 1 } }, { o: { a: unknownValue } }, { o: { a: 5 } }, undefined],
        [{ o: { a: 1 } }, { o: { a: 2, b: unknownValue } }, { o: { a: 2 } }, undefined],
        [{ l: [1] }, { l: [1, 2] }, { l: [1, 3] }, '~~l[{[{1} {2}]}!={[{1} {3}]}]'],
        [{}, { v: makeSecret('a') }, { v: makeSecret('a') }, undefined],
        [{}, { v: makeSecret('a') }, { v: makeSecret('b') }, '++v[{[secret]}!={[secret]}]']
      ]
    for (const [olds, planned, news, violation] of cases) {
      assert.equal(
        checkDifference(olds, news, planDifference(olds, planned)),
        violation && `properties changed: ${violation}`,
        JSON.stringify([olds, planned, news])
      )
    }
  })

  test('takes a value that somebody has set already for one that is added', () => {
    assert.equal(checkDifference({ v: 9 }, { v: 1 }, planDifference({}, { v: 1 })), undefined)
    assert.equal(checkDifference({ v: 1 }, { v: 1 }, planDifference({}, { v: 1 })), undefined)
  })

  test('names the option of a resource that is not as planned', () => {
    const provider = (id: string): string => `urn:pulumi:dev::test::pulumi:providers:sim::default::${id}`
    const cases: [planned: Partial<Goal>, actual: Partial<Goal>, violation: string | undefined][] = [
      [{}, {}, undefined],
      [{ custom: true }, { custom: false }, 'resource kind changed (expected custom)'],
      [{ provider: provider(unknownValue) }, { provider: provider('1') }, undefined],
      [
        { provider: provider('1') },
        { provider: provider('2') },
        `provider changed (expected ${provider('1')})`
      ],
      [{ parent: 'p' }, {}, 'parent changed (expected p)'],
      [{ protect: false }, {}, undefined],
      [{ protect: true }, {}, 'protect changed (expected true)'],
      [{}, { deleteBeforeReplace: true }, 'deleteBeforeReplace changed (expected no value)'],
      [{ id: 'x' }, {}, 'importID changed (expected x)'],
      [{ customTimeouts: { create: 5 } }, {}, 'create timeout changed (expected 5)'],
      [{ ignoreChanges: ['a'] }, { ignoreChanges: ['b', 'a'] }, 'ignoreChanges changed: added b'],
      [{ dependencies: ['x', 'y'] }, { dependencies: ['y'] }, 'dependencies changed: deleted x'],
      [{ dependencies: ['x', 'y'] }, { dependencies: ['y', 'x'] }, undefined],
      [{ aliases: [{ urn: 'x' }] }, {}, 'aliases changed: deleted {x      false}'],
      [
        { propertyDependencies: { v: ['x'] } },
        { propertyDependencies: { v: ['y'] } },
        'dependencies for v changed: added y; deleted x'
      ],
      [{ propertyDependencies: { v: ['x'] } }, { propertyDependencies: {} }, undefined]
    ]
    for (const [planned, actual, violation] of cases) {
      assert.equal(checkGoal(goalPlan(goal(planned), noChanges), goal(actual), {}, {}), violation)
    }
    assert.equal(checkGoal(undefined, goal(), {}, {}), 'resource unexpectedly not deleted')
  })

  test('lets a resource that it does not name stay as it is', () => {
    const plans = new UpdatePlans({ expected: new Map(), make: false })
    registered(plans, { v: 1 }, { v: 1 })
    plans.steps([step('same')], (own) => own)
    assert.throws(() => registered(plans, { v: 1 }, { v: 2 }), {
      message: `resource ${urn} violates plan: properties changed: =~v[{2}]`
    })
    registered(plans, undefined, { v: 1 })
    assert.throws(() => plans.steps([step('create')], (own) => own), {
      message: 'create is not allowed by the plan: no steps were expected for this resource'
    })
  })

  test('allows operations in their order, and those that do less', () => {
    const follow = (planned: StepOp[], ops: StepOp[]) => () => {
      const plans = new UpdatePlans({ expected: planOf({ v: 1 }, { v: 2 }, ...planned), make: false })
      plans.steps(ops.map((op) => step(op)), (own) => own)
      return plans.unseen(new Set([urn]))
    }
    assert.deepEqual(follow(['create'], ['create'])(), [])
    assert.deepEqual(follow(['create'], ['same'])(), [])
    assert.deepEqual(follow(['update'], ['same'])(), [])
    assert.deepEqual(follow(['replace'], ['update'])(), [])
    assert.throws(follow(['update'], ['replace']), {
      message: 'replace is not allowed by the plan: this resource is constrained to update'
    })
    assert.throws(follow(['create'], ['create', 'delete']), {
      message: 'delete is not allowed by the plan: no more steps were expected for this resource'
    })
    assert.deepEqual(follow(['create-replacement', 'replace'], ['create-replacement'])(), [urn])
    assert.deepEqual(follow(['update'], [])(), [urn])
  })

  test('does not ask for the deletion of what is gone', () => {
    const made = new UpdatePlans({ make: true })
    made.steps([step('delete')], (own) => own)
    const plans = new UpdatePlans({ expected: made.made, make: false })
    assert.deepEqual(plans.unseen(new Set()), [])
    assert.deepEqual(plans.unseen(new Set([urn])), [urn])
  })

  test('holds what the Stack and components register', () => {
    const preview = new UpdatePlans({ make: true })
    registered(preview, {}, {})
    preview.registeredOutputs(urn, { out: 1 }, { out: 2 })
    const plans = new UpdatePlans({ expected: preview.made, make: false })
    plans.registeredOutputs(urn, { out: 1 }, { out: 2 })
    assert.throws(() => plans.registeredOutputs(urn, { out: 1 }, { out: 3 }), {
      message: 'resource violates plan: properties changed: ~~out[{2}!={3}]'
    })
  })

  test('survives its file, secrets encrypted', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'windlass-plan-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'plan.json')
    const plan = planOf({ old: 1 }, { v: 1, password: makeSecret('hunter2') }, 'update')
    plan.set('gone', { goal: undefined, ops: ['delete'], outputs: undefined, seed: undefined })
    const reverse = (text: string): string => [...text].reverse().join('')
    await writePlan(file, plan, { version: '3.0.0', config: {}, encrypt: reverse })
    const read = await readPlan(file, reverse)
    assert.deepEqual([...read.get(urn)?.seed ?? []], [1, 2, 3])
    const comparable = (given: UpdatePlan): unknown =>
      [...given].map(([key, value]) => [key, { ...value, seed: undefined }]).sort()
    assert.deepEqual(comparable(read), comparable(plan))
    await writeFile(file, 'no plan')
    await assert.rejects(readPlan(file, reverse), /is not an update plan/)
    await assert.rejects(readPlan(join(folder, 'none'), reverse), /no such file/)
  })
})
