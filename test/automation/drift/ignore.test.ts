import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DriftDraft } from '../../../automation/drift/draft.ts'
import { withIgnored } from '../../../automation/drift/ignore.ts'
import { type DriftProperty } from '../../../contract/drift.ts'
import { type DriftRule } from '../../../programs/types/operation.ts'

const reason = 'the autoscaler owns it'
const group: DriftDraft = {
  urn: 'urn:pulumi:s::windlass::aws:autoscaling/group:Group::g',
  resource: { type: 'aws:autoscaling/group:Group', name: 'g' },
  kind: 'changed',
  properties: [{ path: 'desiredCapacity', kind: 'changed', expected: 3, actual: 5 }, {
    path: 'tags.owner',
    kind: 'changed'
  }, { path: 'status', kind: 'output' }]
}
const missing: DriftDraft = { ...group, kind: 'missing', properties: [] }
const rule = (change: Partial<DriftRule> = {}): DriftRule => ({
  type: 'aws:autoscaling/group:Group',
  reason,
  ...change
})

test('a rule for a type ignores the whole resource, also when it is missing', () => {
  for (const found of [group, missing]) {
    assert.equal(withIgnored(found, [rule({ type: 'aws:autoscaling/*' })], []).ignored, reason)
  }
  assert.deepEqual(withIgnored(group, [rule({ type: 'aws:autoscaling' })], []), group)
})

test('a rule for a property ignores that and what is inside it; the rest decides', () => {
  const one = withIgnored(group, [rule({ property: 'desiredCapacity' })], [])
  assert.deepEqual([one.ignored, one.kind, one.properties.map(({ ignored }) => ignored)], [
    undefined,
    'changed',
    [reason, undefined, undefined]
  ])
  const inputs = withIgnored(group, [rule({ property: 'desiredCapacity' }), rule({ property: 'tags' })], [])
  assert.deepEqual([inputs.ignored, inputs.kind], [undefined, 'output'])
  const all = withIgnored(group, [
    rule({ property: 'desiredCapacity' }),
    rule({ property: 'ta*.o*' }),
    rule({ property: 'status' })
  ], [])
  assert.deepEqual([all.ignored, all.kind], [reason, 'changed'])
  assert.deepEqual(withIgnored(missing, [rule({ property: 'tags' })], []), missing)
})

test('a rule for a cluster is about the units that concern it', () => {
  const rules = [rule({ cluster: 'hub' })]
  assert.equal(withIgnored(group, rules, ['primary']).ignored, undefined)
  assert.equal(withIgnored(group, rules, ['primary', 'hub']).ignored, reason)
})

test('what was cut off the list is ignored by no rule for properties', () => {
  const cut = { ...group, properties: group.properties.slice(0, 1), propertiesCut: 1 }
  assert.equal(withIgnored(cut, [rule({ property: 'desiredCapacity' })], []).ignored, undefined)
})

test('more rules never ignore less, and no rule invents a difference', () => {
  const path = fc.constantFrom('a', 'a.b', 'a.b.c', 'b[0]', 'b[0].x', 'c')
  const properties = fc.uniqueArray(
    fc.record<DriftProperty>({ path, kind: fc.constantFrom('changed', 'output') }),
    { selector: (one) => one.path, minLength: 1, maxLength: 5 }
  )
  const rules = fc.array(
    fc.record({
      type: fc.constantFrom('aws:*', 'gcp:*', group.resource.type),
      property: fc.option(fc.constantFrom('a', 'a.*', 'b', '*'), { nil: undefined }),
      reason: fc.constant(reason)
    }).map(({ property, ...one }): DriftRule => ({ ...one, ...(property !== undefined && { property }) })),
    { maxLength: 4 }
  )
  fc.assert(fc.property(properties, rules, rules, (list, some, more) => {
    const kind = list.some((one) => one.kind === 'changed') ? 'changed' as const : 'output' as const
    const found = { ...group, kind, properties: list }
    const few = withIgnored(found, some, [])
    const many = withIgnored(found, [...some, ...more], [])
    if (few.ignored !== undefined) assert.notEqual(many.ignored, undefined)
    assert.deepEqual(many.properties.map((one) => one.path), list.map((one) => one.path))
    if (found.kind === 'output') assert.equal(many.kind, 'output')
  }))
})
