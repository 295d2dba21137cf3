// Edits of written states: what depends on what, other URNs, and resources that are gone.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  dependentsOf,
  withRenamed,
  withUrns,
  writtenDependencies
} from '../../../rehearsal/engine/state/edit.ts'
import { withoutGone } from '../../../rehearsal/engine/state/gone.ts'
import { type ResourceV3 } from '../../../rehearsal/store.ts'

const type = 'sim:index:Thing'
const urnOf = (name: string, types = type): string => `urn:pulumi:dev::test::${types}::${name}`
const resource = (name: string, more: Partial<ResourceV3> = {}): ResourceV3 => ({
  urn: urnOf(name),
  custom: true,
  type,
  ...more
})
const provider = {
  ...resource('p'),
  urn: urnOf('p', 'pulumi:providers:sim'),
  type: 'pulumi:providers:sim',
  id: '1'
}
const by = `${provider.urn}::1`
/** A resource that names others in every way there is. */
const full = resource('all', {
  provider: by,
  parent: urnOf('parent'),
  dependencies: [urnOf('a')],
  propertyDependencies: { v: [urnOf('b')], w: [] },
  deletedWith: urnOf('c'),
  replaceWith: [urnOf('d')]
})

suite('an edit of a state', () => {
  test('knows everything that a resource names', () => {
    assert.deepEqual(writtenDependencies(full), [
      provider.urn,
      ...['parent', 'a', 'b', 'c', 'd'].map((name) => urnOf(name))
    ])
    assert.deepEqual(writtenDependencies(resource('alone')), [])
  })

  test('finds what depends on a resource, however far', () => {
    const [a, b, c, other] = [
      resource('a', { provider: by }),
      resource('b', { dependencies: [urnOf('a')] }),
      resource('c', { parent: urnOf('b') }),
      resource('other')
    ]
    const all = [provider, a, b, c, other]
    assert.deepEqual(dependentsOf(all, a), [b, c])
    assert.deepEqual(dependentsOf(all, provider), [a, b, c])
    assert.deepEqual(dependentsOf(all, c), [])
    const waits = resource('a', { delete: true })
    assert.deepEqual(dependentsOf([waits, ...all], waits), [], 'another one has the URN and stays')
  })

  test('changes every URN, and leaves out lists that are empty', () => {
    const changed = withUrns(full, (urn) => urn.replace('dev', 'prod'))
    const prod = (name: string, types = type): string => urnOf(name, types).replace('dev', 'prod')
    assert.deepEqual(changed, {
      urn: full.urn,
      custom: true,
      type,
      provider: `${prod('p', 'pulumi:providers:sim')}::1`,
      parent: prod('parent'),
      dependencies: [prod('a')],
      propertyDependencies: { v: [prod('b')] },
      deletedWith: prod('c'),
      replaceWith: [prod('d')]
    })
  })

  test('renames a resource wherever it is named', () => {
    const group = 'test:index:Group'
    const before = [
      resource('g', { urn: urnOf('g', group), type: group, custom: false }),
      resource('child', { urn: urnOf('child', `${group}$${type}`), parent: urnOf('g', group) }),
      resource('user', { dependencies: [urnOf('g', group)] })
    ]
    const after = withRenamed(before, urnOf('g', group), urnOf('h', group))
    assert.deepEqual(after.map(({ urn, parent, dependencies }) => [urn, parent ?? dependencies]), [
      [urnOf('h', group), undefined],
      [urnOf('child', `${group}$${type}`), urnOf('h', group)],
      [urnOf('user'), [urnOf('h', group)]]
    ])
  })
})

test('resources that name what is gone no longer do, and move up to the parent that is left', () => {
  const kept = withoutGone([
    resource('root'),
    // `gone` was under `root`, and is not there.
    resource('a', { parent: urnOf('root'), dependencies: [urnOf('gone'), urnOf('root')] }),
    resource('b', { parent: urnOf('a'), propertyDependencies: { v: [urnOf('gone')], w: [urnOf('a')] } }),
    resource('c', {
      deletedWith: urnOf('gone'),
      replaceWith: [urnOf('gone')],
      dependencies: [urnOf('gone')]
    }),
    resource('d', { parent: urnOf('gone') }),
    resource('e', { dependencies: [], propertyDependencies: { v: [] } })
  ])
  assert.deepEqual(kept, [
    resource('root'),
    resource('a', { parent: urnOf('root'), dependencies: [urnOf('root')] }),
    resource('b', { parent: urnOf('a'), propertyDependencies: { w: [urnOf('a')] } }),
    resource('c'),
    resource('d'),
    resource('e', { dependencies: [], propertyDependencies: { v: [] } })
  ])
})
