import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringAt, plain, valueAt } from '../../../rehearsal/clouds/wire-values.ts'
import { unknownValue, type WireObject } from '../../../rehearsal/wire.ts'
import { make, provider, subject, subnetType, world } from './world.ts'

const gkeType = 'gcp:container/cluster:Cluster'

test('a preview makes nothing and computes nothing', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const { id, properties } = await aws.create({
    ...subject(subnetType, 's'),
    properties: { vpcId: unknownValue, cidrBlock: '10.0.0.0/20' },
    timeout: 0,
    preview: true
  })
  assert.equal(id, '')
  assert.equal(properties.arn, unknownValue)
  assert.equal(properties.vpcId, unknownValue)
  assert.equal(properties.cidrBlock, '10.0.0.0/20')
  assert.equal(await store.count({}), 0)
})

test('previews keep filled-in values at updates, and leave them unknown at creations', async () => {
  const { clouds } = world()
  const gcp = await provider(clouds, 'gcp', { region: 'europe-west1', project: 'p' })
  const inputs = {
    name: 'c',
    location: 'europe-west1',
    initialNodeCount: 1,
    deletionProtection: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } }
  }
  const made = await make(gcp, gkeType, 'c', inputs)
  const authority = (properties: WireObject): string | undefined =>
    stringAt(plain(properties), 'masterAuth.clusterCaCertificate')
  assert.match(authority(made.properties) ?? '', /^LS0t/)
  const change = {
    ...subject(gkeType, 'c'),
    id: made.id,
    olds: made.properties,
    oldInputs: made.inputs,
    timeout: 0,
    ignoreChanges: [],
    preview: true
  }
  const updated = await gcp.update({ ...change, news: { ...made.inputs, description: 'x' } })
  assert.equal(authority(updated.properties), authority(made.properties))
  const fresh = await gcp.create({
    ...subject(gkeType, 'c'),
    properties: made.inputs,
    timeout: 0,
    preview: true
  })
  assert.equal(authority(fresh.properties), unknownValue)
  // What the program no longer asks for is gone.
  const { properties } = await gcp.update({ ...change, news: { ...made.inputs, masterAuth: {} } })
  assert.equal(valueAt(plain(properties), 'masterAuth.clientCertificateConfig'), undefined)
})
