import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMemory } from '../../../rehearsal/clouds/kept-names.ts'
import { make, provider, remove, world } from './world.ts'

const day = 24 * 60 * 60 * 1000

/** A provider in a world whose time is set by hand. */
async function timed (pkg: string, config: Record<string, string>) {
  const clock = { now: Date.parse('2026-11-21T12:00:00Z') }
  const { store, clouds } = world({ now: () => new Date(clock.now) })
  return { clock, store, on: await provider(clouds, pkg, config) }
}

test('the id of a deleted role is recovered for a week, and taken for a month after it', async () => {
  const { clock, on } = await timed('gcp', { project: 'one' })
  const type = 'gcp:projects/iAMCustomRole:IAMCustomRole'
  const inputs = { roleId: 'deployer', title: 'deployer', permissions: ['dns.changes.get'] }
  const first = await make(on, type, 'role', inputs)
  await remove(on, type, 'role', first)
  clock.now += 6 * day
  const second = await make(on, type, 'role', inputs)
  await remove(on, type, 'role', second)
  clock.now += 8 * day
  await assert.rejects(
    make(on, type, 'role', inputs),
    /role_id \(deployer\) which has been marked for deletion/
  )
  clock.now += 29 * day
  await make(on, type, 'role', inputs)
})

test('a pool keeps its id for 30 days, a key ring its name for ever', async () => {
  const { clock, on } = await timed('gcp', { project: 'one' })
  const pool = 'gcp:iam/workloadIdentityPool:WorkloadIdentityPool'
  const ring = 'gcp:kms/keyRing:KeyRing'
  const poolInputs = { workloadIdentityPoolId: 'ci-pool' }
  const ringInputs = { name: 'ring', location: 'europe-west1' }
  await remove(on, pool, 'pool', await make(on, pool, 'pool', poolInputs))
  await remove(on, ring, 'ring', await make(on, ring, 'ring', ringInputs))
  await assert.rejects(make(on, pool, 'other', poolInputs), /Error 409: Requested entity already exists/)
  clock.now += 30 * day
  await make(on, pool, 'pool', poolInputs)
  clock.now += 3650 * day
  await assert.rejects(
    make(on, ring, 'ring', ringInputs),
    /Error 409: KeyRing projects\/one\/locations\/europe-west1\/keyRings\/ring already exists\., alreadyExists/
  )
  await make(on, ring, 'ring', { ...ringInputs, location: 'europe-west4' })
})

test('a vault that went with its group keeps its name for its own days', async () => {
  const { clock, store, on } = await timed('azure-native', {
    subscriptionId: '00000000-0000-0000-0000-000000000001'
  })
  const group = 'azure-native:resources:ResourceGroup'
  const vault = 'azure-native:keyvault:Vault'
  const groupInputs = { resourceGroupName: 'one', location: 'westeurope' }
  const inputs = {
    resourceGroupName: 'one',
    vaultName: 'kv-one',
    location: 'westeurope',
    properties: { tenantId: 't', sku: { family: 'A', name: 'premium' }, softDeleteRetentionInDays: 7 }
  }
  const made = await make(on, group, 'group', groupInputs)
  await make(on, vault, 'vault', inputs)
  await remove(on, group, 'group', made)
  assert.deepEqual((await store.find({})).filter((record) => !isMemory(record)), [])
  await make(on, group, 'group', groupInputs)
  await assert.rejects(make(on, vault, 'vault', inputs), /already exists in deleted state/)
  clock.now += 7 * day
  await make(on, vault, 'vault', inputs)
})

test('a made-up name is never that of what the cloud keeps', async () => {
  const { on } = await timed('gcp', { project: 'one' })
  const ring = await make(on, 'gcp:kms/keyRing:KeyRing', 'ring', { name: 'ring', location: 'europe-west1' })
  const key = 'gcp:kms/cryptoKey:CryptoKey'
  const first = await make(on, key, 'key', { keyRing: ring.id })
  await remove(on, key, 'key', first)
  const second = await make(on, key, 'key', { keyRing: ring.id })
  assert.notEqual(first.id, second.id)
})

test('what is random is something else once it was deleted', async () => {
  const { on } = await timed('random', {})
  const type = 'random:index/randomId:RandomId'
  const first = await make(on, type, 'end', { byteLength: 4 })
  assert.equal((await make(on, type, 'end', { byteLength: 4 })).id, first.id)
  await remove(on, type, 'end', first)
  assert.notEqual((await make(on, type, 'end', { byteLength: 4 })).id, first.id)
})
