import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringAt, plain, valueAt } from '../../../rehearsal/clouds/wire-values.ts'
import { UNKNOWN, type WireObject } from '../../../rehearsal/wire.ts'
import { make, provider, subject, SUBNET, world } from './world.ts'

const GKE = 'gcp:container/cluster:Cluster'

test('a preview makes nothing and computes nothing', async () => {
  const { clouds, store } = world()
  const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
  const { id, properties } = await aws.create({
    ...subject(SUBNET, 's'),
    properties: { vpcId: UNKNOWN, cidrBlock: '10.0.0.0/20' },
    timeout: 0,
    preview: true
  })
  assert.equal(id, '')
  assert.equal(properties.arn, UNKNOWN)
  assert.equal(properties.vpcId, UNKNOWN)
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
  const made = await make(gcp, GKE, 'c', inputs)
  const authority = (properties: WireObject): string | undefined =>
    stringAt(plain(properties), 'masterAuth.clusterCaCertificate')
  assert.match(authority(made.properties) ?? '', /^LS0t/)
  const change = {
    ...subject(GKE, 'c'),
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
    ...subject(GKE, 'c'),
    properties: made.inputs,
    timeout: 0,
    preview: true
  })
  assert.equal(authority(fresh.properties), UNKNOWN)
  // What the program no longer asks for is gone.
  const { properties } = await gcp.update({ ...change, news: { ...made.inputs, masterAuth: {} } })
  assert.equal(valueAt(plain(properties), 'masterAuth.clientCertificateConfig'), undefined)
})
