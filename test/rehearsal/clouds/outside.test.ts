import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Fault } from '../../../rehearsal/clouds/faults.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import { stepsOf, withProperty } from '../../../rehearsal/clouds/outside.ts'
import { secret } from '../../../rehearsal/clouds/wire-values.ts'
import { type WireObject } from '../../../rehearsal/wire.ts'
import { make, provider, subject, vpcType, world } from './world.ts'

const read = async (
  store: MemoryCloudStore,
  made: { id: string, properties: WireObject, inputs: WireObject },
  faults: Fault[] = []
) => {
  const aws = await provider(world({ store, faults }).clouds, 'aws', { region: 'us-east-1' })
  return await aws.read({
    ...subject(vpcType, 'v'),
    id: made.id,
    properties: made.properties,
    inputs: made.inputs
  })
}

test('a change in the cloud itself is read from then on, until the resource is deleted there', async () => {
  const store = new MemoryCloudStore()
  const aws = await provider(world({ store }).clouds, 'aws', { region: 'us-east-1' })
  const made = await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16', tags: { team: 'a' } })
  const changed: Fault = { kind: 'changed', type: vpcType, property: 'tags.owner', value: 'somebody' }
  assert.deepEqual((await read(store, made)).inputs?.['tags'], { team: 'a' })
  assert.deepEqual((await read(store, made, [{ ...changed, name: 'other' }])).inputs?.['tags'], { team: 'a' })
  assert.deepEqual((await read(store, made, [changed])).inputs?.['tags'], { team: 'a', owner: 'somebody' })
  assert.deepEqual((await read(store, made)).inputs?.['tags'], { team: 'a', owner: 'somebody' })
  assert.equal((await read(store, made, [{ kind: 'missing', type: vpcType }])).id, '')
  assert.equal((await read(store, made)).id, '')
})

test('calls that change something themselves meet no change from outside', async () => {
  const aws = await provider(
    world({ faults: [{ kind: 'missing' }, { kind: 'changed', property: 'tags.a', value: 1 }] }).clouds,
    'aws',
    { region: 'us-east-1' }
  )
  assert.ok((await make(aws, vpcType, 'v', { cidrBlock: '10.0.0.0/16' })).id)
})

test('a property is set where its path says, also in lists and secrets', () => {
  const before: WireObject = { a: { b: [1, { c: 2 }] }, key: secret({ value: 'x' }) }
  assert.deepEqual(withProperty(before, 'a.b[1].c', 3), { ...before, a: { b: [1, { c: 3 }] } })
  assert.deepEqual(withProperty(before, 'a.b[2]', 3), { ...before, a: { b: [1, { c: 2 }, 3] } })
  assert.deepEqual(withProperty(before, 'a.b[9]', 3), before)
  assert.deepEqual(withProperty(before, 'key.value', 'y'), { ...before, key: secret({ value: 'y' }) })
  assert.deepEqual(withProperty({}, 'labels["a.b/c"]', 'x'), { labels: { 'a.b/c': 'x' } })
  for (const path of ['', 'a..b', '.a', 'a.', 'a[', 'a[x]', 'a["b]']) {
    assert.equal(stepsOf(path), undefined, path)
  }
})

test('what was set is what is read there', () => {
  const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,5}$/).filter((one) => one !== '__proto__')
  fc.assert(
    fc.property(
      fc.array(fc.oneof(name, fc.constant(0)), { minLength: 1, maxLength: 5 }),
      fc.jsonValue({ maxDepth: 1 }),
      (steps, value) => {
        const path = ['root', ...steps].map((step, index) =>
          typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`
        ).join('')
        assert.deepEqual(stepsOf(path), ['root', ...steps])
        let found: unknown = withProperty({}, path, value as WireObject)
        for (const step of ['root', ...steps]) found = (found as Record<string | number, unknown>)[step]
        assert.deepEqual(found, value)
      }
    )
  )
})
