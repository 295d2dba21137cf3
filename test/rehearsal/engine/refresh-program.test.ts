// Refreshes that run the program (`--run-program`): what is registered is read as it is registered,
// the rest afterwards, and nothing in the cloud is made, changed or deleted for it.
import assert from 'node:assert/strict'
import { type TestContext, suite, test } from 'node:test'
import { type Program, type Spec } from './random/random-program.ts'
import { World } from './random/world.ts'

const thing = (name: string, more: Partial<Spec> = {}): Spec => ({
  name,
  kind: 'custom',
  type: 0,
  v: 1,
  fixed: 0,
  refs: [],
  dependsOn: [],
  protect: false,
  deleteBeforeReplace: false,
  retain: false,
  ignores: false,
  replaces: false,
  aliases: [],
  imported: false,
  ...more
})
const user = thing('b', { refs: [{ key: 'from', to: 'a', of: 'out' }] })
const program: Program = [thing('a'), user, thing('c', { dependsOn: ['a', 'b'] })]

async function deployed (t: TestContext): Promise<World> {
  const world = new World()
  t.after(() => world.close())
  await world.open()
  const made = await world.run('up', program)
  assert.equal(made.how, 'succeeded', made.text)
  return world
}

/** Sets an input of a thing behind the engine's back. */
function drift (world: World, id: string, v: number): void {
  const there = world.cloud.things.get(id)
  assert.ok(there)
  world.cloud.things.set(id, { ...there, inputs: { ...there.inputs, v } })
}

const shown = (world: World): Promise<string[]> =>
  world.resources().then((resources) =>
    resources.filter(({ type }) => type.startsWith('model:')).map(({ id, inputs, dependencies }) =>
      `${id} v=${String(inputs?.['v'])}${dependencies ? ` needs ${dependencies.length}` : ''}`
    ).sort()
  )

suite('a refresh that runs the program', () => {
  test('takes over what was read, of registered resources and of others', async (t) => {
    const world = await deployed(t)
    drift(world, 'a-1', 7)
    drift(world, 'c-3', 8)
    const ended = await world.run('refresh', [thing('a'), user, thing('new')], '--run-program')
    assert.equal(ended.how, 'succeeded', ended.text)
    assert.deepEqual(ended.calls, [], 'nothing is made, changed or deleted')
    assert.deepEqual(await shown(world), ['a-1 v=7', 'b-2 v=1 needs 1', 'c-3 v=8 needs 2'])
    assert.deepEqual(ended.changes, { same: 3, update: 2 })
  })

  test('forgets what is gone, and everything that named it', async (t) => {
    const world = await deployed(t)
    world.cloud.things.delete('a-1')
    const ended = await world.run('refresh', program, '--run-program')
    assert.equal(ended.how, 'succeeded', ended.text)
    assert.deepEqual(await shown(world), ['b-2 v=1', 'c-3 v=1 needs 1'])
    const again = await world.run('up', program)
    assert.deepEqual(
      [again.how, again.calls.map(({ operation, name }) => `${operation} ${name}`)],
      ['succeeded', ['create a', 'update b']],
      again.text
    )
  })

  test('is about its targets only', async (t) => {
    const world = await deployed(t)
    drift(world, 'a-1', 7)
    drift(world, 'c-3', 8)
    const ended = await world.run(
      'refresh',
      [thing('a')],
      '--run-program',
      '--target',
      'urn:pulumi:dev::test::model:index:T0::c'
    )
    assert.equal(ended.how, 'succeeded', ended.text)
    assert.deepEqual(await shown(world), ['a-1 v=1', 'b-2 v=1 needs 1', 'c-3 v=8 needs 2'])
  })

  test('keeps the state of what cannot be read, and fails', async (t) => {
    const world = await deployed(t)
    drift(world, 'c-3', 8)
    world.cloud.unreadable.add('a-1')
    const ended = await world.run('refresh', program, '--run-program')
    assert.equal(ended.how, 'failed')
    assert.match(ended.text, /a-1 cannot be read/)
    assert.deepEqual(await shown(world), ['a-1 v=1', 'b-2 v=1 needs 1', 'c-3 v=1 needs 2'])
  })
})

suite('an update that refreshes with its program', () => {
  test('puts back what drifted and makes again what is gone, in one run', async (t) => {
    const world = await deployed(t)
    drift(world, 'c-3', 8)
    world.cloud.things.delete('a-1')
    const ended = await world.run('up', program, '--refresh', '--run-program')
    assert.deepEqual(
      [ended.how, ended.calls.map(({ operation, name }) => `${operation} ${name}`).sort()],
      ['succeeded', ['create a', 'update b', 'update c']],
      ended.text
    )
    assert.deepEqual(await shown(world), ['a-4 v=1', 'b-2 v=1 needs 1', 'c-3 v=1 needs 2'])
  })

  test('deletes what it replaced after what depends on it', async (t) => {
    const world = await deployed(t)
    const replaced = program.map((spec) => ({ ...spec, fixed: 1 }))
    const ended = await world.run('up', replaced, '--refresh', '--run-program', '--parallel=4')
    assert.equal(ended.how, 'succeeded', ended.text)
    const deleted = ended.calls.filter(({ operation }) => operation === 'delete').map(({ id }) => id)
    assert.equal(deleted.at(-1), 'a-1', `deleted in the order ${deleted.join(', ')}`)
    assert.equal(deleted.length, 3)
    assert.deepEqual([...world.cloud.things.keys()].sort(), ['a-4', 'b-5', 'c-6'])
    const again = await world.run('up', replaced)
    assert.deepEqual([again.how, again.calls], ['succeeded', []])
  })

  test('replaces before it deletes, or after, as it is told', async (t) => {
    const world = await deployed(t)
    const replaced = program.map((spec) => ({ ...spec, fixed: 1, deleteBeforeReplace: true }))
    const ended = await world.run('up', replaced, '--refresh', '--run-program')
    assert.equal(ended.how, 'succeeded', ended.text)
    assert.deepEqual(world.cloud.wrong, [])
    assert.equal(world.cloud.things.size, program.length)
    const gone = await world.run('destroy', replaced, '--run-program')
    assert.deepEqual([gone.how, await world.resources()], ['succeeded', []], gone.text)
  })
})
