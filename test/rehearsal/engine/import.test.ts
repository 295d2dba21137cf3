// `Stack.import`: resources that exist come into the state as their provider reads them. The file
// that names them is judged before anything is done; what the CLI says of each mistake is
// `parseImportFile` of pulumi's `cmd/pulumi/operations/import.go`.
import assert from 'node:assert/strict'
import { type TestContext, suite, test } from 'node:test'
import {
  type ImportSpec,
  importedResources
} from '../../../rehearsal/engine/operations/import/import-file.ts'
import { World } from './random/world.ts'

const type = 'model:index:T0'
const urnOf = (name: string, of = type): string => `urn:pulumi:dev::test::${of}::${name}`

/** A world with an empty stack, and a thing in its cloud for each id. */
async function withThings (t: TestContext, ...ids: string[]): Promise<World> {
  const world = new World()
  t.after(() => world.close())
  await world.open()
  for (const id of ids) {
    world.cloud.things.set(id, { id, urn: '', name: id, account: '', inputs: { v: 1, fixed: 0 } })
  }
  return world
}

suite('an import', () => {
  test('makes the stack and the provider, and protects what it takes in', async (t) => {
    const world = await withThings(t, 'x-1')
    const ended = await world.import({ resources: [{ type, name: 'x', id: 'x-1' }] })
    assert.equal(ended.how, 'succeeded', ended.text)
    assert.deepEqual([ended.calls, ended.changes], [[], { create: 1, import: 1 }])
    const [root, provider, imported] = await world.resources()
    assert.deepEqual([root?.type, provider?.urn], [
      'pulumi:pulumi:Stack',
      urnOf('default', 'pulumi:providers:model')
    ])
    assert.ok(imported?.created && imported.modified)
    const { created: _, modified: __, ...kept } = imported
    assert.deepEqual(kept, {
      urn: urnOf('x'),
      custom: true,
      id: 'x-1',
      type,
      inputs: { fixed: 0, v: 1 },
      outputs: { fixed: 0, id: 'x-1', out: 'x-1/1', v: 1 },
      parent: root?.urn,
      protect: true,
      provider: `${provider?.urn}::${provider?.id}`
    })
  })

  test('adds to what is there, under components and with providers that the file names', async (t) => {
    const world = await withThings(t, 'x-1', 'y-1')
    await world.import({ resources: [{ type, name: 'x', id: 'x-1' }] }, '--protect=false')
    const file = {
      nameTable: { first: urnOf('x') },
      resources: [
        { type, name: 'y', id: 'y-1', parent: 'group', provider: 'own', version: '1.0.0' },
        { type: 'test:index:Group', name: 'group', component: true, parent: 'first' },
        { type: 'pulumi:providers:model', name: 'own' }
      ]
    }
    const ended = await world.import(file, '--protect=false')
    assert.equal(ended.how, 'succeeded', ended.text)
    assert.deepEqual(ended.changes, { create: 1, import: 2, same: 2 })
    const resources = await world.resources()
    const provider = resources.find(({ urn }) => urn === urnOf('own', 'pulumi:providers:model'))
    const group = urnOf('group', `${type}$test:index:Group`)
    assert.deepEqual(
      resources.filter((resource) => resource.custom && resource.type === type || resource.urn === group)
        .map(({ urn, parent, protect, provider: by }) => ({ urn, parent, protect, by })),
      [
        {
          urn: urnOf('x'),
          parent: urnOf('test-dev', 'pulumi:pulumi:Stack'),
          protect: undefined,
          by: resources.find(({ urn }) => urn === urnOf('x'))?.provider
        },
        { urn: group, parent: urnOf('x'), protect: undefined, by: undefined },
        {
          urn: urnOf('y', `${type}$test:index:Group$${type}`),
          parent: group,
          protect: undefined,
          by: `${provider?.urn}::${provider?.id}`
        }
      ]
    )
    const again = await world.import({ resources: [{ type, name: 'x', id: 'x-1' }] })
    assert.deepEqual([again.how, again.changes['import']], ['succeeded', undefined], 'nothing is left to do')
  })

  test('fails for what does not exist, and for a name that another has', async (t) => {
    const world = await withThings(t, 'x-1', 'z-1')
    const missing = await world.import({ resources: [{ type, name: 'x', id: 'nowhere' }] })
    assert.equal(missing.how, 'failed')
    assert.match(missing.text, /resource 'nowhere' does not exist/)
    assert.equal((await world.import({ resources: [{ type, name: 'x', id: 'x-1' }] })).how, 'succeeded')
    const taken = await world.import({ resources: [{ type, name: 'x', id: 'z-1' }] })
    assert.equal(taken.how, 'failed')
    assert.match(taken.text, /resource 'urn:pulumi:dev::test::model:index:T0::x' already exists/)
    const managed = (await world.resources()).filter((resource) => resource.type === type)
    assert.deepEqual(managed.map(({ id }) => id), ['x-1'])
  })

  test('refuses by name what it cannot do', async (t) => {
    const world = await withThings(t, 'x-1')
    const cases: [flags: string[], file: object, said: RegExp][] = [
      [['--generate-code=true'], {}, /RHE_UNSUPPORTED: code for imported resources/],
      [['--from', 'terraform'], {}, /RHE_UNSUPPORTED: --from of import/],
      [
        [],
        { resources: [{ type, name: 'x', id: 'x-1', inputs: {} }] },
        /RHE_UNSUPPORTED: 'inputs' in a file/
      ],
      [[], { providerInputs: {} }, /RHE_UNSUPPORTED: 'providerInputs' in a file/],
      [['--parent', urnOf('y')], {}, /may not be specified in conjunction with an import file/]
    ]
    for (const [flags, file, said] of cases) {
      const ended = await world.import(file, ...flags)
      assert.equal(ended.how, 'failed')
      assert.match(ended.text, said)
    }
    assert.deepEqual(await world.resources(), [])
  })
})

test('a file of resources to import says what is wrong with it, all at once', () => {
  const thing: ImportSpec = { type, name: 'a', id: '1' }
  const what = `resource 'a' of type '${type}'`
  const cases: [specs: ImportSpec[], said: string | undefined, nameTable?: Record<string, string>][] = [
    [[thing], undefined],
    [[{ ...thing, type: '' }], "error: resource 'a' has no type"],
    [[{ type, id: '1' }], `error: resource '1' of type '${type}' has no name`],
    [[{ type, name: 'a' }], `error: ${what} has no ID`],
    [[{ ...thing, component: true }], `error: ${what} has an ID, but is marked as a component`],
    [[{ ...thing, remote: true }], `error: ${what} is marked as remote, but not as a component`],
    [
      [{ type: 'pulumi:providers:model', name: 'p', id: '1' }],
      "error: resource 'p' of type 'pulumi:providers:model' has an ID, but is a provider, which is " +
      'created rather than read'
    ],
    [[thing, thing], `error: ${what} has an ambiguous URN, set name (or logical name) to be unique`],
    [[thing, { ...thing, logicalName: 'b' }], undefined],
    [[{ ...thing, parent: 'up' }], `error: the parent 'up' for ${what} has no entry in 'nameTable'`],
    [[{ ...thing, parent: 'up' }], undefined, { up: urnOf('up') }],
    [
      [{ ...thing, provider: 'by' }],
      `error: the provider 'by' for ${what} has no entry in 'nameTable' or 'resources'`
    ],
    [
      [{ ...thing, provider: 'by' }],
      `error: the provider 'by' for ${what} is not a provider`,
      { by: urnOf('by') }
    ],
    [
      [{ type, name: 'a' }, { name: 'b', id: '2' }],
      `error: 2 errors occurred:\n    1) ${what} has no ID\n    2) resource 'b' has no type`
    ],
    [
      [{ ...thing, name: 'b', parent: 'a' }, { ...thing, parent: 'b' }],
      `error: 2 errors occurred:\n    1) resource 'b' of type '${type}' is among its own parents\n` +
      `    2) ${what} is among its own parents`
    ]
  ]
  for (const [resources, said, nameTable = {}] of cases) {
    const read = (): unknown =>
      importedResources({ resources, nameTable }, { project: 'test', stack: 'dev' }, true)
    if (said === undefined) read()
    else assert.throws(read, { stderr: said })
  }
})
