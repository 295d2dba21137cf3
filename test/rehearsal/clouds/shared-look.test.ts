import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import { joined, SharedLook } from '../../../rehearsal/clouds/shared-look.ts'
import { type CloudRecord } from '../../../rehearsal/store.ts'

const record = (type: string, id: string): CloudRecord => ({
  id,
  pkg: 'kubernetes',
  type,
  account: 'a',
  region: '',
  name: id,
  token: id,
  incarnation: '1',
  created: '2026-11-21T12:00:00Z',
  inputs: {},
  outputs: {}
})
const policies = [{ pkg: 'kubernetes', type: 'policy' }]
const ids = async (found: Promise<CloudRecord[]>): Promise<string[]> => (await found).map(({ id }) => id)

test('a look is taken once, and again after the unit wrote something that it is about', async () => {
  const world = new MemoryCloudStore()
  const look = new SharedLook(world)
  await look.store.put(record('policy', 'first'))
  const first = await look.find(policies)
  await look.store.put(record('job', 'other'))
  assert.equal(await look.find(policies), first)
  await look.store.put(record('job', 'another'), record('policy', 'second'))
  assert.deepEqual(await ids(look.find(policies)), ['first', 'second'])
  await look.store.delete(record('policy', 'first'))
  assert.deepEqual(await ids(look.find(policies)), ['second'])
})

test('a look that failed is taken again', async () => {
  const world = new MemoryCloudStore()
  await world.put(record('policy', 'first'))
  let down = true
  const look = new SharedLook({
    unions: true,
    find: (query) => down ? Promise.reject(new Error('down')) : world.find(query),
    count: (query) => world.count(query),
    put: (...records) => world.put(...records),
    delete: (key) => world.delete(key),
    countFault: (key) => world.countFault(key)
  })
  await assert.rejects(look.find(policies), /down/)
  down = false
  assert.deepEqual(await ids(look.find(policies)), ['first'])
})

test('what two finds bring is there once', () => {
  const [a, b] = [record('policy', 'a'), record('policy', 'b')]
  assert.deepEqual(joined([a], [a, b]).map(({ id }) => id), ['a', 'b'])
})
