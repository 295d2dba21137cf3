import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifyProviderError } from '../../../automation/stacks/provider-errors.ts'
import { type Fault } from '../../../rehearsal/clouds/faults.ts'
import { MemoryCloudStore } from '../../../rehearsal/clouds/memory-cloud-store.ts'
import { eksCluster, kubeconfig, make, provider, vpcType, world } from './world.ts'

const vpc = { cidrBlock: '10.0.0.0/16' }
const awsWith = async (faults: Fault[], options = {}) =>
  provider(world({ faults, ...options }).clouds, 'aws', { region: 'us-east-1' })
const message = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => assert.fail('it succeeded'),
    (error: unknown) => error instanceof Error ? error.message : String(error)
  )

test('a fault fails the first n times, then lets pass, also across processes', async () => {
  const store = new MemoryCloudStore()
  const faults: Fault[] = [{
    type: vpcType,
    kind: 'fail',
    operation: 'create',
    times: 2,
    message: 'the AZ burns'
  }]
  const again = () => awsWith(faults, { store, deployment: 'd1' })
  assert.match(
    await message(make(await again(), vpcType, 'v', vpc)),
    /creating EC2 VPC.*StatusCode: 400, RequestID: [0-9a-f-]{36}, api error InvalidParameterValue: the AZ burns/
  )
  assert.match(await message(make(await again(), vpcType, 'v', vpc)), /the AZ burns/)
  await make(await again(), vpcType, 'v', vpc)
  assert.match(
    await message(make(await awsWith(faults, { store, deployment: 'd2' }), vpcType, 'v', vpc)),
    /the AZ burns/
  )
})

test('a fault hits only what it names: cloud, region, type, name, operation, cluster', async () => {
  const misses: Fault[] = [
    { cloud: 'gcp', kind: 'fail' },
    { region: 'eu-west-1', kind: 'fail' },
    { type: 'aws:ec2/subnet:*', kind: 'fail' },
    { name: 'other*', kind: 'fail' },
    { operation: 'delete', kind: 'fail' },
    { cluster: 'hub', kind: 'fail' }
  ]
  await make(await awsWith(misses, { cluster: 'primary' }), vpcType, 'v', vpc)
  const hits: Fault[] = [
    { cloud: 'aws', kind: 'fail' },
    { region: 'us-east-1', kind: 'fail' },
    { type: 'aws:ec2/*', kind: 'fail' },
    { name: 'v*', kind: 'fail' },
    { operation: 'create', kind: 'fail' },
    { cluster: 'hub', kind: 'fail' }
  ]
  for (const fault of hits) {
    await message(make(await awsWith([fault], { clusters: ['primary', 'hub'] }), vpcType, 'v', vpc))
  }
})

test('a preview meets no fault', async () => {
  const aws = await awsWith([{ kind: 'fail' }])
  await aws.create({
    urn: 'urn:pulumi:t::p::aws:ec2/vpc:Vpc::v',
    name: 'v',
    type: vpcType,
    properties: vpc,
    timeout: 0,
    preview: true
  })
})

test('each kind of fault is classified as what it is, in every cloud', async () => {
  const said: Record<string, string> = {}
  for (const kind of ['fail', 'throttle', 'quota'] as const) {
    const { clouds, store } = world({ faults: [{ kind, name: 'hit' }] })
    const aws = await provider(clouds, 'aws', { region: 'us-east-1' })
    const { cluster } = await eksCluster(aws)
    const gcp = await provider(clouds, 'gcp', { project: 'p', region: 'europe-west1' })
    const azure = await provider(clouds, 'azure-native', { location: 'japaneast' })
    const kubernetes = await provider(clouds, 'kubernetes', {
      kubeconfig: kubeconfig(cluster.properties.endpoint)
    })
    const before = await store.count({})
    said[`aws ${kind}`] = await message(make(aws, vpcType, 'hit', vpc))
    said[`gcp ${kind}`] = await message(make(gcp, 'gcp:compute/network:Network', 'hit', {}))
    said[`azure ${kind}`] = await message(make(azure, 'azure-native:resources:ResourceGroup', 'hit', {}))
    said[`kubernetes ${kind}`] = await message(
      make(kubernetes, 'kubernetes:core/v1:Namespace', 'hit', { apiVersion: 'v1', kind: 'Namespace' })
    )
    assert.equal(await store.count({}), before, 'a fault leaves nothing behind')
  }
  const kinds = { fail: 'invalid', throttle: 'throttle', quota: 'quota' }
  for (const [what, text] of Object.entries(said)) {
    const [cloud = '', kind = 'fail'] = what.split(' ')
    assert.deepEqual(classifyProviderError(text), {
      cloud,
      kind: kinds[kind as keyof typeof kinds],
      retryable: kind === 'throttle'
    }, text)
  }
  assert.match(said['gcp quota'] ?? '', /googleapi: Error 403: QUOTA_EXCEEDED/)
  assert.match(said['azure throttle'] ?? '', /Code="TooManyRequests"/)
})

test('a slow operation takes longer and succeeds', async () => {
  const aws = await awsWith([{ kind: 'slow', times: 1 }])
  const started = performance.now()
  await make(aws, vpcType, 'v', vpc)
  // A lower bound: 50 ms at time scale 0, and timers may fire a millisecond early.
  assert.ok(performance.now() - started >= 49)
})
